"""Customers as a search found them: what was found is marked. The rows of the table are put together here, and not by
a template, which takes longer for fifty of them than the database does to find them."""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.directory.found import Part
from portal.directory.table import Cell, Match, Row
from portal.templatetags.look import fact

register = template.Library()

COMPANY = """<tr><td><a class="row-link" id="{}" href="{}{}/?{}">{}</a>{}
<span class="sub">{}{}{}</span>
{}</td>"""
ENDED = ' <span class="side-of">{}</span>'
VAT = '<span class="phone-only">{}<span class="num">{}</span></span>'
MATCH = ' <span class="{}">{} {}: <span{}>{}</span></span>'
BELOW = '<span class="sub phone-only">{}</span>'
COMPLETE = '<span class="muted">{}</span>'
NUMBER = format_html('{}class="num"', " ")
NOTHING = format_html("{}", "")
DOT = format_html("{}", " · ")
MARK, UNMARK = format_html("<{}>", "mark"), format_html("</{}>", "mark")

Said = dict[tuple[str, str, bool], SafeString]
"""What the cells say whose words a page has more than once."""


@register.simple_tag
def marked(parts: Sequence[Part]) -> SafeString:
    """The parts of a text one after the other, what was found in `<mark>`: `{% marked row.name %}`."""
    said = NOTHING
    for part in parts:
        said += MARK + _escaped(part.text) + UNMARK if part.hit else _escaped(part.text)
    return said


def _escaped(text: str) -> SafeString:
    """As `conditional_escape` has it, without looking for what only a lazy or an escaped text is."""
    return SafeString(escape(text))


@register.simple_tag
def carried(pairs: Sequence[tuple[str, str]]) -> SafeString:
    """Parameters of the address that a form carries along."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)


@register.simple_tag
def table_rows(rows: Sequence[Row], here: str, trail: str) -> SafeString | str:
    """The rows of the table; each leads to its customer below `here`, and carries the list along as `trail`. Its id is
    the number of the customer."""
    if not rows:
        return ""
    form = "".join([COMPANY, *(f'<td class="{cell.column.css}">{{}}</td>' for cell in rows[0].cells), "</tr>\n"])
    # What all have in common is escaped once.
    before, after = conditional_escape(here), conditional_escape(trail)
    said: Said = {}
    return format_html_join(
        "",
        form,
        (
            (
                *(number := _escaped(row.number), before, number, after),
                *_company(row),
                *(_words(cell, row, said) for cell in row.cells),
            )
            for row in rows
        ),
    )


def _company(row: Row) -> tuple[SafeString, ...]:
    """What stands in the first column."""
    return (
        marked(row.name),
        format_html(ENDED, _("Ended")) if row.is_ended else NOTHING,
        marked(row.town),
        format_html(VAT, DOT if row.town else NOTHING, marked(row.vat)) if row.vat else NOTHING,
        _matches(row.matches, is_first=not row.town) if row.matches else NOTHING,
        format_html(BELOW, small) if (small := row.small) else NOTHING,
    )


def _matches(matches: Sequence[Match], *, is_first: bool) -> SafeString:
    """`is_first`: whether nothing stands before them."""
    return format_html_join(
        "",
        MATCH,
        (
            (
                "matched is-first" if is_first and not place else "matched",
                _("matched:"),
                match.label,
                NUMBER if match.is_number else "",
                marked(match.text),
            )
            for place, match in enumerate(matches)
        ),
    )


def _words(cell: Cell, row: Row, said: Said) -> SafeString:
    """What stands in a cell."""
    if not cell.column.follows:
        return marked(cell.parts)
    key = cell.column.key, cell.text, row.has_gap
    if key not in said:
        said[key] = _roles(cell.text, has_gap=row.has_gap) if cell.column.key == "roles" else marked(cell.parts)
    return said[key]


def _roles(words: str, *, has_gap: bool) -> SafeString:
    return fact("warn", words) if has_gap else format_html(COMPLETE, words)
