"""What a row of the table says, from plain values: no query per row, no model object of a customer."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as translated

from customers.models import CustomerStatus
from customers.search_rows import phone_forms
from customers.search_text import words
from portal.directory import columns
from portal.directory.columns import Column
from portal.directory.found import Look, Part, look
from portal.directory.people import Person, people_of
from portal.templatetags.look import phone_readable

Values = Mapping[str, Any]


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Match(NamedTuple):
    """What was found, when it was not the name or the town: `contact: anna@oudevaart.example`."""

    label: str
    text: Sequence[Part]
    is_number: bool = False


class Cell(NamedTuple):
    column: Column
    parts: Sequence[Part]

    @property
    def text(self) -> str:
        return self.parts[0].text if len(self.parts) == 1 else "".join(part.text for part in self.parts)


class Row(NamedTuple):
    number: str
    name: Sequence[Part]
    town: Sequence[Part]
    """What stands under the name; empty where the town has a column."""
    cells: Sequence[Cell]
    """Those of the columns beside the company."""
    has_gap: bool
    is_ended: bool
    matches: Sequence[Match] = ()

    @property
    def vat(self) -> Sequence[Part]:
        """What follows the town on a narrow screen; empty where it has no column."""
        return next((cell.parts for cell in self.cells if cell.column.key == "vat"), ())

    @property
    def below(self) -> list[Cell]:
        """What stands below both there, on one line: the other columns."""
        return [cell for cell in self.cells if cell.parts and not cell.column.on_phones and cell.column.key != "vat"]


class _Shown(NamedTuple):
    """What a row shows anyway, and where the words of a search stand in it."""

    name: Look
    town: Look
    cells: Mapping[Column, Look]

    def leaves(self, searched: Sequence[str]) -> list[str]:
        """The words that stand somewhere else."""
        found = {word for shown in (self.name, self.town, *self.cells.values()) for word in shown.found}
        return [word for word in searched if word not in found]


def rows_of(values: Sequence[Values], shown: Sequence[Column], query: str) -> list[Row]:
    """The rows of a page, in the order given.

    One query where a row was found by what it does not show: its people may say why; else none.
    """
    searched = words(query)
    beside = [column for column in shown if not column.always]
    put: dict[tuple[str, Any], Look] = {}
    shows = [_shown(row, beside, searched, put) for row in values]
    left = [show.leaves(searched) for show in shows]
    unexplained = [row["customer_id"] for row, words_left in zip(values, left, strict=True) if words_left]
    people = people_of(unexplained)
    return [
        _row(row, show, words_left, people.get(row["customer_id"], ()))
        for row, show, words_left in zip(values, shows, left, strict=True)
    ]


def _shown(
    values: Values, beside: Sequence[Column], searched: Sequence[str], put: dict[tuple[str, Any], Look]
) -> _Shown:
    """`beside`: the columns beside the company. `put`: what was put into words for the page so far."""
    cells = {column: _cell(column, values, searched, put) for column in beside}
    has_town = columns.COLUMNS["town"] in cells
    return _Shown(
        name=look(values["name"], searched),
        town=look("" if has_town else columns.town(values), searched),
        cells=cells,
    )


def _cell(column: Column, values: Values, searched: Sequence[str], put: dict[tuple[str, Any], Look]) -> Look:
    if not column.follows:
        return look(column.cell(values), searched if column.is_searched else (), squeezed=column.is_number)
    key = column.key, values[column.follows]
    if key not in put:
        put[key] = look(column.cell(values), ())
    return put[key]


def _row(values: Values, shown: _Shown, left: Sequence[str], people: Sequence[Person]) -> Row:
    return Row(
        number=values["number"],
        name=shown.name.parts,
        town=shown.town.parts,
        cells=[Cell(column=column, parts=cell.parts) for column, cell in shown.cells.items()],
        has_gap=bool(values["gap"]),
        is_ended=values["status"] == CustomerStatus.ENDED,
        matches=_matches(values, people, left) if left else (),
    )


def _matches(values: Values, people: Sequence[Person], left: Sequence[str]) -> list[Match]:
    """Where the words stand that are not in what the row shows anyway: for each word the first place."""
    matches = []
    for label, text, folded_as, squeezed in _places(values, people):
        found = look(folded_as, left, squeezed=squeezed).found
        if found:
            text_marked = look(text, found, squeezed=squeezed).parts
            matches.append(Match(label=translated(label), text=text_marked, is_number=squeezed))
            left = [word for word in left if word not in found]
            if not left:
                break
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
