"""The chips above the table: what it can be narrowed by, what is in force, and how to take it away again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as translated

from portal.directory.choices import Choices, counts_within, fixed_choices
from portal.directory.filters import ANY, FILTERS, MINE, Filter, Kind, may_use
from portal.directory.listing import Listing


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


APPROVED = "approved"
_OF_TWO_DAYS = {"approved_from": APPROVED, "approved_to": APPROVED}
_LABELS = {APPROVED: _("Approved")}
_DAYS = {"approved_from": _("From"), "approved_to": _("Until, that day included")}


@dataclass(frozen=True, kw_only=True)
class Day:
    """A field for a day."""

    key: str
    label: str
    value: str
    mistake: str = ""


@dataclass(frozen=True, kw_only=True)
class Fields:
    """What one chooses with, or where one types."""

    key: str
    """Of their chip."""
    label: str
    input: str
    """The kind of button that a choice is."""
    choices: Choices | None = None
    days: tuple[Day, ...] = ()
    is_common: bool = False
    """Whether they are the same for everybody who chose the same: nothing was looked up, counted or typed for them."""


@dataclass(frozen=True, kw_only=True)
class Chip:
    key: str
    label: str
    words: str
    """What is in force, in words; empty where nothing is."""
    without: str
    """The query string without it."""
    kept: Sequence[tuple[str, str]]
    """What a form that chooses anew has to carry along."""
    fields: Fields | None
    """None where the database has to be asked for the choices."""
    page: str
    """Where its choices stand on a page of their own."""
    is_asked_for: bool = False
    """Whether its panel is filled, or filled better, when it is opened."""
    is_set: bool = False
    """Whether somebody chose it; the default is in force without."""
    is_open: bool = False
    """Whether something in it has to be mended."""

    @property
    def has_panel(self) -> bool:
        """Whether one chooses here; who fills a role is chosen where that person is looked at."""
        return self.key != "holder"

    @property
    def sentence(self) -> str:
        return translated("%(label)s: %(words)s") % {"label": self.label, "words": self.words}


def key_of(found: Filter) -> str:
    """The chip that a filter belongs to."""
    return _OF_TWO_DAYS.get(found.key, found.key)


def filters_of(key: str) -> list[Filter]:
    """The filters on one chip; none for a chip there is not."""
    return [found for found in FILTERS.values() if key_of(found) == key]


def chips(listing: Listing, user: Any, typed: Mapping[str, str]) -> list[Chip]:
    """The chips for whoever the listing was read for, in one order whatever is in force; no query.

    `typed`: the parameters as they came, so that what cannot be understood stands in its field still.
    """
    offered = [found for found in FILTERS.values() if may_use(user, found)]
    found = [chip(listing, user, key, typed) for key in dict.fromkeys(map(key_of, offered))]
    return [one for one in found if one.has_panel or one.words]


def chip(listing: Listing, user: Any, key: str, typed: Mapping[str, str], choices: Choices | None = None) -> Chip:
    """One chip; its choices where they are at hand, else those known without asking the database."""
    own = filters_of(key)
    label = translated(_LABELS.get(key, own[0].label))
    fields = _fields(listing, key, label, own, typed, choices)
    return Chip(
        key=key,
        label=label,
        words=_words(listing, key, own),
        without=listing.address(**{one.key: ANY if one.default else None for one in own}),
        kept=listing.pairs(**{one.key: None for one in own}),
        fields=fields,
        page=f"{reverse('customer-filter', args=[key])}?{listing.address()}",
        is_asked_for=key != APPROVED and (fields is None or counts_within(listing, user, key)),
        is_set=any(one.key in listing.filters for one in own),
        is_open=any(one.key in listing.mistakes for one in own),
    )


def mistakes(listing: Listing) -> dict[str, str]:
    """What is to be mended, by field, each with the name of its filter: the summary stands far from the chips."""
    return {key: f"{translated(_LABELS[_OF_TWO_DAYS[key]])}: {words}" for key, words in listing.mistakes.items()}


def _fields(
    listing: Listing, key: str, label: str, own: Sequence[Filter], typed: Mapping[str, str], asked: Choices | None
) -> Fields | None:
    """`asked`: the choices, where the database was asked for them."""
    choices = asked or fixed_choices(listing, key)
    days = tuple(_day(listing, one, typed) for one in own if one.kind is Kind.DATE)
    if choices is None and not days:
        return None
    return Fields(
        key=key,
        label=label,
        input="checkbox" if own[0].kind is Kind.CHOICES else "radio",
        choices=choices,
        days=days,
        is_common=asked is None and not any(day.value or day.mistake for day in days),
    )


def _day(listing: Listing, found: Filter, typed: Mapping[str, str]) -> Day:
    day = listing.filters.get(found.key)
    return Day(
        key=found.key,
        label=translated(_DAYS[found.key]),
        value=day[0] if day else typed.get(found.key, ""),
        mistake=listing.mistakes.get(found.key, ""),
    )


def _words(listing: Listing, key: str, own: Sequence[Filter]) -> str:
    chosen = {one.key: listing.chosen[one.key] for one in own if one.key in listing.chosen}
    if key == APPROVED:
        return _period(chosen)
    if key == "status":
        return _status(chosen)
    return ", ".join(choice.label for choices in chosen.values() for choice in choices)


def _status(chosen: Any) -> str:
    """The default is in force like any other choice, and taken away like it; all of them is no filter."""
    if "status" not in chosen:
        return translated("Active")
    return "" if chosen["status"][0].value == ANY else chosen["status"][0].label


def _period(chosen: Any) -> str:
    first, last = (chosen[key][0].label if key in chosen else "" for key in ("approved_from", "approved_to"))
    match (first, last):
        case ("", ""):
            return ""
        case (first, ""):
            return translated("from %(day)s") % {"day": first}
        case ("", last):
            return translated("until %(day)s") % {"day": last}
    return translated("%(first)s to %(last)s") % {"first": first, "last": last}


def mine(listing: Listing, user: Any) -> str | None:
    """The query string that shows the customers of one's own partners; None for whoever looks after none.

    Where they are shown already it is the chip of the CSM that says so.
    """
    if not (listing.is_staff and getattr(user, "has_partners", False)) or "csm" in listing.filters:
        return None
    return listing.address(csm=MINE)
