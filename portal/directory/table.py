"""What a row of the table says, from plain values: no query per row, no model object of a customer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from customers.search_rows import phone_forms
from customers.search_text import words
from portal.directory import columns
from portal.directory.columns import Column
from portal.directory.found import Part, marked, words_in
from portal.directory.people import People, people_of
from portal.role_cards import gap_words
from portal.templatetags.look import phone_readable

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Match:
    """What was found, when it was not the name or the town: `contact: anna@oudevaart.example`."""

    label: str
    text: Sequence[Part]
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    column: Column
    text: Sequence[Part]

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def css(self) -> str:
        return self.column.css

    @property
    def is_small(self) -> bool:
        """Whether it stands under the company on a narrow screen."""
        return not self.column.on_phones and bool(self.text)


@dataclass(frozen=True, kw_only=True)
class Row:
    number: str
    name: Sequence[Part]
    town: Sequence[Part]
    """What stands under the name; empty where the town has a column."""
    cells: Sequence[Cell]
    """Those of the columns beside the company."""
    gap: str
    """What is wrong with the roles, in a few words; empty where nothing is."""
    is_ended: bool
    matches: Sequence[Match] = ()

    @property
    def vat(self) -> Sequence[Part]:
        """What follows the town on a narrow screen."""
        return next((cell.text for cell in self.cells if cell.key == "vat"), ())

    @property
    def small(self) -> list[Cell]:
        """What stands below both there."""
        return [cell for cell in self.cells if cell.is_small and cell.key != "vat"]


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
    people = people_of(unexplained, with_others=True)
    return [
        _row(row, show, searched, people.get(row["customer_id"], People()))
        for row, show in zip(values, shows, strict=True)
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


def _row(values: Values, shown: _Shown, searched: Sequence[str], people: People) -> Row:
    return Row(
        number=values["number"],
        name=marked(shown.name, searched),
        town=marked(shown.town, searched),
        cells=[Cell(column=column, text=_marked(column, text, searched)) for column, text in shown.cells.items()],
        gap=gap_words(values["gap"]),
        is_ended=values["status"] == "ended",
        matches=_matches(values, people, shown.leaves(searched)),
    )


def _marked(column: Column, text: str, searched: Sequence[str]) -> Sequence[Part]:
    if column.is_searched:
        return marked(text, searched, squeezed=column.is_number)
    return (Part(text),) if text else ()


def _matches(values: Values, people: People, unexplained: Sequence[str]) -> list[Match]:
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


def _places(values: Values, people: People) -> Iterator[tuple[str, str, str, bool]]:
    """What a customer is found by beside what its row shows: label, text, text to look in, blanks squeezed."""
    number = columns.company_number(values)
    yield _("VAT number") if values["vat_number"] else _("national number"), number, number, True
    yield _("town"), values["city"], values["city"], False
    yield _("legal name"), values["legal_name"], values["legal_name"], False
    yield _("postcode"), values["postcode"], values["postcode"], True
    yield _("number"), values["number"], values["number"], False
    for contact in people.all:
        yield _("contact"), contact.full_name, contact.full_name, False
        yield _("contact"), contact.email, contact.email, False
    yield _phone(_("phone"), values["phone"])
    for contact in people.all:
        yield _phone(_("contact"), contact.phone)


def _phone(label: str, number: str) -> tuple[str, str, str, bool]:
    """People type the national form or the international one; both are looked in, the readable one is shown."""
    return label, phone_readable(number), phone_forms(number) if number else "", True
