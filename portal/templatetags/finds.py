"""Customers as a search found them: what was found is marked. The rows of the table are put together here, and not by
a template, which takes longer for fifty of them than the database does to find them.

Every text is escaped where it is put between tags, by `escape`: Django's own first looks for what only lazy texts have.
"""

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
MATCH = ' <span class="{}">{} {}: <span{}>{}</span></span>'
COMPLETE = '<span class="muted">{}</span>'
NUMBER = format_html('{}class="num"', " ")
NOTHING = SafeString("")

Said = dict[tuple[str, str, bool], SafeString]
"""What the cells say whose words a page has more than once."""


@register.simple_tag
def marked(parts: Sequence[Part]) -> SafeString:
    """The parts of a text one after the other, what was found in `<mark>`: `{% marked row.name %}`."""
    return SafeString("".join([f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in parts]))


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
                *(number := SafeString(escape(row.number)), before, number, after),
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
        _vat_below(row) if row.vat else NOTHING,
        _matches(row.matches, is_first=not row.town) if row.matches else NOTHING,
        _small(below) if (below := row.below) else NOTHING,
    )


def _vat_below(row: Row) -> SafeString:
    """The number behind the town, where its column has no room."""
    dot = " · " if row.town else ""
    return SafeString(f'<span class="phone-only">{dot}<span class="num">{marked(row.vat)}</span></span>')


def _small(below: Sequence[Cell]) -> SafeString:
    """The line of a narrow screen for the columns that it has no room for."""
    texts = [f'<span class="{cell.column.keeps_together}">{escape(cell.text)}</span>' for cell in below]
    return SafeString(f'<span class="sub phone-only">{" · ".join(texts)}</span>')


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
