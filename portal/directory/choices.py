"""What one may choose from in each filter: only what occurs in what the user may see, counted where that is cheap."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils.translation import gettext as _
from django_countries import countries

from customers.models import CustomerSearch, Industry, Partner
from customers.search_text import fold, words
from portal.directory.filters import COMPLETE, FILTERS, INCOMPLETE, MINE, Kind
from portal.directory.listing import Listing

COUNTED = 5_000
"""Customers that are read to count values; among more of them nothing is counted."""
FEW = 12
"""Choices that one overlooks without looking for them."""
MOST_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Option:
    value: str
    label: str
    is_chosen: bool = False
    count: int | None = None
    """How many customers there would be; None where nobody counted."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    options: tuple[Option, ...]
    sought: str = ""
    is_searched: bool = False
    """Whether there is a field to look for choices in."""
    has_more: bool = False


def fixed_choices(listing: Listing, key: str) -> Choices | None:
    """The choices that stand in the code; None where the database has to be asked."""
    found = FILTERS.get(key)
    return Choices(options=_marked(listing, key, _fixed(key))) if found and found.fixed else None


def counts_within(listing: Listing, user: Any, key: str) -> bool:
    """Whether the values of a filter may be counted: within one partner, whose customers are few."""
    return bool(FILTERS[key].column) and listing.partner_for(user) is not None


def choices(user: Any, listing: Listing, key: str, sought: str = "") -> Choices:
    """The choices of a filter, those first that are in force; two queries at most."""
    counts = _counts(user, listing, key)
    if FILTERS[key].fixed:
        return Choices(options=_marked(listing, key, _fixed(key), counts))
    every = list(_stored(user, listing, key))
    if counts and key == "industry":
        # The list is long, and the same for everybody: what would find nothing only makes it longer.
        every = [(value, label) for value, label in every if counts[value]]
    chosen = [(choice.value, choice.label) for choice in listing.chosen.get(key, ())]
    wanted = words(sought)
    fitting = [(value, label) for value, label in every if _fits(fold(label), wanted)]
    first = ([] if FILTERS[key].kind is Kind.CHOICES else [("", _("Any"))]) + chosen
    offered = list(dict.fromkeys([*first, *fitting[: MOST_SHOWN + len(chosen)]]))
    return Choices(
        options=_marked(listing, key, offered, counts),
        sought=sought,
        is_searched=len(every) > FEW,
        has_more=len(fitting) > MOST_SHOWN + len(chosen),
    )


def _fits(text: str, wanted: Sequence[str]) -> bool:
    return all(f" {word}" in f" {text}" or (len(word) > 2 and word in text) for word in wanted)


def _marked(
    listing: Listing, key: str, offered: Iterable[tuple[str, str]], counts: Counter[str] | None = None
) -> tuple[Option, ...]:
    found = FILTERS[key]
    chosen = listing.filters.get(key) or ((found.default,) if found.kind is not Kind.CHOICES else ())
    return tuple(
        Option(
            value=value,
            label=label,
            is_chosen=value in chosen,
            count=None if counts is None or value in ("", "any") else counts[value],
        )
        for value, label in offered
    )


def _fixed(key: str) -> list[tuple[str, str]]:
    found = FILTERS[key]
    any_of_them = [] if found.default else [("", _("Any"))]
    return any_of_them + [(value, _(label)) for value, label in found.fixed.items()]


def _counts(user: Any, listing: Listing, key: str) -> Counter[str] | None:
    """How many customers there would be with each value, all else as it is; None beyond what is cheap."""
    if not counts_within(listing, user, key):
        return None
    column = "industry__code" if key == "industry" else FILTERS[key].column
    found = listing.selection(user, without=key).queryset().order_by()
    values = list(found.values_list(column, flat=True)[: COUNTED + 1])
    if len(values) > COUNTED:
        return None
    if key == "roles":
        return Counter(INCOMPLETE if gap else COMPLETE for gap in values)
    return Counter(values)


def _stored(user: Any, listing: Listing, key: str) -> Iterable[tuple[str, str]]:
    match key:
        case "country":
            codes = _countries_of(user, listing)
            return sorted(((code, countries.name(code) or code) for code in codes), key=lambda pair: fold(pair[1]))
        case "industry":
            return Industry.objects.values_list("code", "name")
        case "partner":
            return [(str(key), name) for key, name in Partner.objects.values_list("pk", "name").order_by("name")]
        case _:
            return _csms(user)


def _csms(user: Any) -> list[tuple[str, str]]:
    """Who looks after a partner."""
    of_partners = Partner.objects.filter(csm__isnull=False).order_by().values("csm")
    people = get_user_model().objects.filter(pk__in=of_partners).order_by("first_name", "last_name", "pk")
    found = [(str(person.pk), person.get_full_name() or person.email) for person in people]
    mine = [(MINE, _("You"))] if any(value == str(user.pk) for value, _label in found) else []
    return mine + found


def _countries_of(user: Any, listing: Listing) -> list[str]:
    """The countries of the customers in view: within a partner those of its customers, else those of all."""
    selection = listing.selection(user, without="country")
    if selection.partner is None and not selection.visible:
        return _every_country()
    return list(CustomerSearch.objects.filter(selection.scope).order_by().values_list("country", flat=True).distinct())


def _every_country() -> list[str]:
    """One probe of the index for each country there is, as `DISTINCT` reads all rows."""
    table = connection.ops.quote_name(CustomerSearch._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE occurring (country) AS (
                SELECT MIN(country) FROM {table}
                UNION ALL
                SELECT (SELECT MIN(country) FROM {table} WHERE country > occurring.country)
                FROM occurring WHERE occurring.country IS NOT NULL
            )
            SELECT country FROM occurring WHERE country IS NOT NULL
            """  # noqa: S608  (the table's own name)
        )
        return [country for (country,) in cursor.fetchall()]
