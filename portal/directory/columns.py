"""The columns that the table of customers can have: the one table. What stands in a cell on the page, and in a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Expression
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as translated
from django_countries import countries

from customers import national
from customers.relationships import RELATIONSHIPS, Relationship
from portal.directory import column_exports as exported
from portal.role_cards import gap_words
from portal.templatetags.look import phone_readable, vat_readable

Values = Mapping[str, Any]
"""A row as `customers.search_pages.find` gives it."""


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    key: str
    label: str
    cell: Callable[[Values], str]
    """What a cell says, in words; the page marks in it what was found."""
    export: Callable[[], Expression]
    """The same words as an expression over CustomerSearch, in the language of whoever asks."""
    sort: str = ""
    """The key of SORTS without its direction; "" where the table cannot be sorted by it."""
    first_descending: bool = False
    """Whether the first press on its head puts the highest on top."""
    staff_only: bool = False
    shown_by_default: bool = True
    always: bool = False
    on_phones: bool = False
    """Whether it stands on a narrow screen too, beside the company."""
    is_number: bool = False
    """Kept on one line; blanks in it do not count when it is searched."""
    is_searched: bool = False
    """Whether customers are found by what it says, so that a page marks in it what was found."""
    follows: str = ""
    """The one value that its words follow from, where few differ: a page then puts them once."""

    @property
    def keeps_together(self) -> str:
        """The class of what stands on one line."""
        return "num" if self.is_number else ""

    @cached_property
    def css(self) -> str:
        """The classes of its cells."""
        classes = {"num": self.is_number, "phone-hide": not self.on_phones, self.key: self.key == "roles"}
        return " ".join(name for name, is_meant in classes.items() if is_meant)


def town(values: Values) -> str:
    """The town, with its country where that is not the partner's own."""
    foreign = values["country"] if values["country"] != values["partner_country"] else ""
    return ", ".join(filter(None, [values["city"], foreign]))


def company_number(values: Values) -> str:
    """The number the company goes by, readable."""
    return vat_readable(values["vat_number"]) or national.readable(values["national_number"])


def relationship(values: Values) -> str:
    return translated(RELATIONSHIPS[Relationship(values["relationship"])].label)


def roles(values: Values) -> str:
    return gap_words(values["gap"]) or translated("Complete")


def approved_on(values: Values) -> str:
    moment = values["approved_at"]
    # The day by the clock of Arxus, as the filters read it.
    return _written(localtime(moment, get_default_timezone()).date(), get_language()) if moment else ""


@lru_cache(maxsize=4_096)  # Some years of days: to write fifty of them takes as long as to find the customers.
def _written(day: date, _language: str) -> str:
    return date_format(day, "j M Y")


def csm(values: Values) -> str:
    name = f"{values['csm_first_name'] or ''} {values['csm_last_name'] or ''}".strip()
    return name or values["csm_email"] or ""


_ALL = (
    Column(
        key="company",
        label=_("Company"),
        cell=lambda values: values["name"],
        export=exported.company,
        sort="name",
        always=True,
        on_phones=True,
    ),
    Column(
        key="vat",
        label=_("VAT number"),
        cell=company_number,
        export=exported.company_number,
        is_number=True,
        is_searched=True,
    ),
    Column(
        key="town",
        label=_("Town"),
        cell=town,
        export=exported.town,
        sort="town",
        is_searched=True,
        shown_by_default=False,
    ),
    Column(
        key="country",
        label=_("Country"),
        cell=lambda values: countries.name(values["country"]) or values["country"],
        export=exported.country,
        shown_by_default=False,
        follows="country",
    ),
    Column(
        key="relationship",
        label=_("Relationship"),
        cell=relationship,
        export=exported.relationship,
        follows="relationship",
    ),
    Column(
        key="industry",
        label=_("Industry"),
        cell=lambda values: values["industry_name"],
        export=exported.industry,
        shown_by_default=False,
    ),
    Column(
        key="partner",
        label=_("Partner"),
        cell=lambda values: values["partner_name"],
        export=exported.partner,
        sort="partner",
        staff_only=True,
    ),
    Column(
        key="csm",
        label=_("CSM"),
        cell=csm,
        export=exported.csm,
        staff_only=True,
        shown_by_default=False,
    ),
    Column(key="roles", label=_("Roles"), cell=roles, export=exported.roles, on_phones=True, follows="gap"),
    Column(
        key="approved",
        label=_("Approved on"),
        cell=approved_on,
        export=exported.approved_on,
        sort="approved",
        first_descending=True,
        is_number=True,
    ),
    Column(
        key="phone",
        label=_("Phone"),
        cell=lambda values: phone_readable(values["phone"]),
        export=exported.phone,
        shown_by_default=False,
        is_number=True,
        is_searched=True,
    ),
    Column(
        key="number",
        label=_("Number"),
        cell=lambda values: values["number"],
        export=exported.number,
        shown_by_default=False,
        is_number=True,
        is_searched=True,
    ),
)
COLUMNS: dict[str, Column] = {column.key: column for column in _ALL}
"""By the word for it in addresses, in the order in which they are offered."""


def offered_columns(*, is_staff: bool) -> list[Column]:
    """The columns that somebody may choose from."""
    return [column for column in COLUMNS.values() if is_staff or not column.staff_only]


def default_columns(*, is_staff: bool) -> tuple[str, ...]:
    return tuple(column.key for column in offered_columns(is_staff=is_staff) if column.shown_by_default)


def read_columns(user: Any, given: Sequence[str]) -> tuple[str, ...]:
    """The columns that an address names, in its order: `columns=company,town` or one parameter for each.

    The company comes first whether it is named or not; the defaults where nothing known is named.
    """
    offered = {column.key for column in offered_columns(is_staff=user.is_staff)}
    named = [key for text in given for key in text.split(",") if key in offered]
    if not named:
        return default_columns(is_staff=user.is_staff)
    always = [key for key, column in COLUMNS.items() if column.always]
    return tuple(dict.fromkeys([*always, *named]))
