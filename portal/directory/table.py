"""What a row of the table says, from plain values: no query per row, no model object of a customer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from customers.models import CustomerStatus
from customers.search_rows import phone_forms
from customers.search_text import words
from portal.directory import columns
from portal.directory.columns import Column
from portal.directory.found import Part, marked, words_in
from portal.directory.people import Person, people_of
from portal.templatetags import finds
from portal.templatetags.look import fact, phone_readable

Values = Mapping[str, Any]
COMPLETE = '<span class="muted">{}</span>'


@dataclass(frozen=True, kw_only=True)
class Match:
    """What was found, when it was not the name or the town: `contact: anna@oudevaart.example`."""

    label: str
    text: Sequence[Part]
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    css: str
    html: str
    """What stands in it, marked up already: there are hundreds on a page."""


@dataclass(frozen=True, kw_only=True)
class Row:
    number: str
    name: Sequence[Part]
    town: Sequence[Part]
    """What stands under the name; empty where the town has a column."""
    vat: Sequence[Part]
    """What follows the town on a narrow screen; empty where it has no column."""
    small: str
    """What stands below both there: the other columns."""
    cells: Sequence[Cell]
    """Those of the columns beside the company."""
    is_ended: bool
    matches: Sequence[Match] = ()


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What a row shows anyway: the text of each column, and where the words of a search stand in it."""

    name: str
    town: str
    cells: Mapping[Column, str]
    found: set[str]

    def leaves(self, searched: Sequence[str]) -> list[str]:
        """The words that stand somewhere else."""
        return [word for word in searched if word not in self.found]


def rows_of(values: Sequence[Values], shown: Sequence[Column], query: str) -> list[Row]:
    """The rows of a page, in the order given.

    One query where a row was found by what it does not show: its people may say why; else none.
    """
    searched = words(query)
    shows = [_shown(row, shown, searched) for row in values]
    unexplained = [row["customer_id"] for row, show in zip(values, shows, strict=True) if show.leaves(searched)]
    people = people_of(unexplained)
    return [
        _row(row, show, searched, people.get(row["customer_id"], ())) for row, show in zip(values, shows, strict=True)
    ]


def _shown(values: Values, shown: Sequence[Column], searched: Sequence[str]) -> _Shown:
    cells = {column: column.cell(values) for column in shown if not column.always}
    has_town = any(column.key == "town" for column in cells)
    town = "" if has_town else columns.town(values)
    found = words_in(values["name"], searched) | words_in(town, searched)
    for column, text in cells.items():
        if column.is_searched:
            found |= words_in(text, searched, squeezed=column.is_number)
    return _Shown(name=values["name"], town=town, cells=cells, found=found)


def _row(values: Values, shown: _Shown, searched: Sequence[str], people: Sequence[Person]) -> Row:
    parts = {column.key: _marked(column, text, searched) for column, text in shown.cells.items()}
    below = [one for one in shown.cells if not one.on_phones and one.key != "vat" and shown.cells[one]]
    return Row(
        number=values["number"],
        name=marked(shown.name, searched),
        town=marked(shown.town, searched),
        vat=parts.get("vat", ()),
        small=format_html_join(
            " · ", '<span class="{}">{}</span>', ((one.keeps_together, shown.cells[one]) for one in below)
        ),
        cells=[Cell(css=column.css, html=_html(column, parts[column.key], values)) for column in shown.cells],
        is_ended=values["status"] == CustomerStatus.ENDED,
        matches=_matches(values, people, shown.leaves(searched)),
    )


def _marked(column: Column, text: str, searched: Sequence[str]) -> Sequence[Part]:
    if column.is_searched:
        return marked(text, searched, squeezed=column.is_number)
    return (Part(text),)


def _html(column: Column, parts: Sequence[Part], values: Values) -> str:
    if column.key == "roles":
        return fact("warn", parts[0].text) if values["gap"] else format_html(COMPLETE, parts[0].text)
    return finds.marked(parts)


def _matches(values: Values, people: Sequence[Person], unexplained: Sequence[str]) -> list[Match]:
    """Where the words stand that are not in what the row shows anyway: for each word the first place."""
    matches = []
    left = list(unexplained)
    for label, text, folded_as, squeezed in _places(values, people):
        if not left:
            break
        found = words_in(folded_as, left, squeezed=squeezed)
        if found:
            matches.append(Match(label=label, text=marked(text, found, squeezed=squeezed), is_number=squeezed))
            left = [word for word in left if word not in found]
    return matches


def _places(values: Values, people: Sequence[Person]) -> Iterator[tuple[str, str, str, bool]]:
    """What a customer is found by beside what its row shows: label, text, text to look in, blanks squeezed."""
    number = columns.company_number(values)
    yield _("VAT number") if values["vat_number"] else _("national number"), number, number, True
    yield _("town"), values["city"], values["city"], False
    yield _("legal name"), values["legal_name"], values["legal_name"], False
    yield _("postcode"), values["postcode"], values["postcode"], True
    yield _("number"), values["number"], values["number"], False
    for contact in people:
        yield _("contact"), contact.full_name, contact.full_name, False
        yield _("contact"), contact.email, contact.email, False
    yield _phone(_("phone"), values["phone"])
    for contact in people:
        yield _phone(_("contact"), contact.phone)


def _phone(label: str, number: str) -> tuple[str, str, str, bool]:
    """People type the national form or the international one; both are looked in, the readable one is shown."""
    return label, phone_readable(number), phone_forms(number) if number else "", True
