"""What the table of customers can be narrowed by: the one table, and how its values are read off an address.

Every condition is on the columns of the search row, by values or subqueries: a join would cost its indexes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as translated
from django_countries import countries

from contacts.models import Contact, RoleAssignment
from customers import numbers
from customers.models import CustomerStatus, Industry, Partner
from customers.relationships import RELATIONSHIPS

MINE = "mine"
INCOMPLETE, COMPLETE = "incomplete", "complete"
ANY = "any"
LONGEST = 40
"""Characters of a value: longer ones are no value of ours."""
MOST_VALUES = 50
KEY_DIGITS = 9
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9000, 12, 31)
"""Days that have their moment in every time zone."""


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Kind(StrEnum):
    CHOICE = "choice"
    """One of a few."""
    CHOICES = "choices"
    """Any of several."""
    PERSON = "person"
    """One of the many people or organisations there are."""
    DATE = "date"


@dataclass(frozen=True)
class Choice:
    """A value in force: as it stands in the address, in words, and what the search row or the subquery holds."""

    value: str
    label: str
    key: Any = None


@dataclass(frozen=True, kw_only=True)
class Filter:
    key: str
    """The parameter of the address."""
    label: str
    kind: Kind
    known: Callable[[Any, Sequence[str]], list[Choice]]
    """Those of the values that exist for this user, in one order whatever order they came in."""
    condition: Callable[[Sequence[Choice]], Q]
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Every value there is with its word, where they stand in the code."""
    column: str = ""
    """The column of the search row by which its values can be counted; "" where they cannot."""
    staff_only: bool = False
    default: str = ""
    """The value in force where the address names none; "" where that means all."""
    has_choices: bool = True
    """Whether its values are chosen from a list; else they are typed, or come with a link."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    chosen: Mapping[str, Sequence[Choice]]
    """By filter, those with a value that is not the default only."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """What cannot be understood of what somebody typed, by filter, in words; it counts for nothing."""


def may_use(user: Any, found: Filter) -> bool:
    """Partners and their CSMs are known to staff who see the customers of all."""
    return not found.staff_only or (user.is_staff and user.has_perm("customers.view_customer"))


def read(user: Any, params: QueryDict) -> Reading:
    """The filters in force, as this user may use them. What is unknown, or not theirs to know of, is not there."""
    chosen: dict[str, Sequence[Choice]] = {}
    mistakes: dict[str, str] = {}
    for found in FILTERS.values():
        if not may_use(user, found):
            continue
        values = [value.strip() for value in params.getlist(found.key)[:MOST_VALUES] if value.strip()]
        short = list(dict.fromkeys(value for value in values if len(value) <= LONGEST))
        choices = found.known(user, short) if short else []
        if found.kind is not Kind.CHOICES:
            choices = choices[:1]
        if choices and choices[0].value != found.default:
            chosen[found.key] = tuple(choices)
        if found.kind is Kind.DATE and values and not choices:
            mistakes[found.key] = translated("Write the day as 2026-03-31 or 31/03/2026.")
    return _in_order(chosen, mistakes)


def _in_order(chosen: dict[str, Sequence[Choice]], mistakes: dict[str, str]) -> Reading:
    """Two days the wrong way round would find nothing: neither counts, and the second field says so."""
    first, last = chosen.get("approved_from"), chosen.get("approved_to")
    if first and last and first[0].key > last[0].key:
        mistakes["approved_to"] = translated("This day comes before the first one. Change one of the two.")
        chosen = {key: value for key, value in chosen.items() if key not in ("approved_from", "approved_to")}
    return Reading(chosen=chosen, mistakes=mistakes)


def narrowed(chosen: Mapping[str, Sequence[Choice]]) -> Q:
    """The condition of all filters in force, the defaults of the others included."""
    condition = Q()
    for found in FILTERS.values():
        choices = chosen.get(found.key, [Choice(found.default, "")] if found.default else [])
        if choices:
            condition &= found.condition(choices)
    return condition


def _fixed(
    key: str, label: str, fixed: Mapping[str, str], condition: Callable[[Sequence[Choice]], Q], **fields: Any
) -> Filter:
    """A filter whose values stand in the code."""

    def known(_user: Any, values: Sequence[str]) -> list[Choice]:
        return [Choice(value, translated(word), value) for value, word in fixed.items() if value in values]

    return Filter(key=key, label=label, kind=Kind.CHOICE, known=known, fixed=fixed, condition=condition, **fields)


def _countries(_user: Any, values: Sequence[str]) -> list[Choice]:
    codes = sorted({value.upper() for value in values})
    return [Choice(code, countries.name(code), code) for code in codes if code in countries]


def _industries(_user: Any, values: Sequence[str]) -> list[Choice]:
    found = Industry.objects.filter(code__in=values).order_by("code")
    return [Choice(industry.code, industry.name, industry.pk) for industry in found]


def _keys(values: Sequence[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= KEY_DIGITS]


def _partners(_user: Any, values: Sequence[str]) -> list[Choice]:
    found = Partner.objects.filter(pk__in=_keys(values)).order_by("pk")[:1]
    return [Choice(str(partner.pk), partner.name, partner.pk) for partner in found]


def _csms(user: Any, values: Sequence[str]) -> list[Choice]:
    if MINE in values:
        return [Choice(MINE, translated("You"), user.pk)]
    found = get_user_model().objects.filter(pk__in=_keys(values), is_staff=True).order_by("pk")[:1]
    return [Choice(str(csm.pk), csm.get_full_name() or csm.email, csm.pk) for csm in found]


def _holders(user: Any, values: Sequence[str]) -> list[Choice]:
    try:
        number = numbers.parse(values[0], numbers.CONTACT)
    except numbers.NotANumber:
        return []
    found = Contact.objects.visible_to(user).filter(number=number)
    return [Choice(contact.number, contact.full_name, contact.pk) for contact in found]


def _days(_user: Any, values: Sequence[str]) -> list[Choice]:
    day = read_day(values[0])
    return [Choice(day.isoformat(), date_format(day, "j M Y"), day)] if day else []


def read_day(text: str) -> date | None:
    """A day as browsers send it, `2026-03-31`, or as people write it, `31/03/2026`; None for anything else."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        return day if FIRST_DAY <= day <= LAST_DAY else None
    return None


def start_of(day: date) -> datetime:
    """The moment a day begins for Arxus, whatever the reader's own clock says."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())


def _among(column: str) -> Callable[[Sequence[Choice]], Q]:
    def condition(choices: Sequence[Choice]) -> Q:
        # One value is asked for as such: its index then gives the rows in the order of the table.
        keys = [choice.key for choice in choices]
        return Q(**{column: keys[0]}) if len(keys) == 1 else Q(**{f"{column}__in": keys})

    return condition


def _of_csm(choices: Sequence[Choice]) -> Q:
    return Q(partner__in=Partner.objects.filter(csm=choices[0].key).order_by().values("pk"))


def _held_by(choices: Sequence[Choice]) -> Q:
    return Q(pk__in=RoleAssignment.objects.filter(contact=choices[0].key).values("customer"))


def _of_status(choices: Sequence[Choice]) -> Q:
    """Whatever was asked for: customers that were never approved are in no table."""
    shown = (CustomerStatus.ACTIVE.value, CustomerStatus.ENDED.value)
    value = choices[0].value
    return Q(status=value) if value in shown else Q(status__in=shown)


def _with_roles(choices: Sequence[Choice]) -> Q:
    return Q(gap="") if choices[0].value == COMPLETE else ~Q(gap="")


_ALL = (
    _fixed(
        "status",
        _("Status"),
        {CustomerStatus.ACTIVE.value: _("Active"), CustomerStatus.ENDED.value: _("Ended"), ANY: _("Any")},
        _of_status,
        column="status",
        default=CustomerStatus.ACTIVE.value,
    ),
    _fixed(
        "relationship",
        _("Relationship"),
        {kind.value: facts.label for kind, facts in RELATIONSHIPS.items()},
        _among("relationship"),
        column="relationship",
    ),
    Filter(
        key="country",
        label=_("Country"),
        kind=Kind.CHOICES,
        known=_countries,
        condition=_among("country"),
        column="country",
    ),
    Filter(
        key="industry",
        label=_("Industry"),
        kind=Kind.CHOICES,
        known=_industries,
        condition=_among("industry"),
        column="industry",
    ),
    Filter(
        key="partner",
        label=_("Partner"),
        kind=Kind.PERSON,
        known=_partners,
        condition=_among("partner"),
        staff_only=True,
    ),
    Filter(key="csm", label=_("CSM"), kind=Kind.PERSON, known=_csms, condition=_of_csm, staff_only=True),
    _fixed("roles", _("Roles"), {COMPLETE: _("Complete"), INCOMPLETE: _("Incomplete")}, _with_roles, column="gap"),
    Filter(
        key="approved_from",
        label=_("Approved from"),
        kind=Kind.DATE,
        known=_days,
        condition=lambda choices: Q(approved_at__gte=start_of(choices[0].key)),
        has_choices=False,
    ),
    Filter(
        key="approved_to",
        label=_("Approved until"),
        kind=Kind.DATE,
        known=_days,
        condition=lambda choices: Q(approved_at__lt=start_of(choices[0].key + timedelta(days=1))),
        has_choices=False,
    ),
    Filter(
        key="holder",
        label=_("Fills a role"),
        kind=Kind.PERSON,
        known=_holders,
        condition=_held_by,
        has_choices=False,
    ),
)
FILTERS: dict[str, Filter] = {found.key: found for found in _ALL}
"""By the parameter of the address, in the order of the chips."""
