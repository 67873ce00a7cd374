"""Who fills the roles of a synthetic customer: as the role policy asks, but for a few where something is wrong."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from contacts.gaps import gap_code, gaps, must_be_mended
from contacts.policy import ContactKind, Role, Side
from contacts.violations import Nominee
from portal.synthetic.companies import Person

FLAWED = 0.06
"""The share of customers with something wrong."""


class Flaw(StrEnum):
    ONE_EMPTY = "one_empty"
    TWO_EMPTY = "two_empty"
    NO_PHONE = "no_phone"
    HAS_LEFT = "has_left"


_FLAWS = (Flaw.ONE_EMPTY, Flaw.ONE_EMPTY, Flaw.ONE_EMPTY, Flaw.TWO_EMPTY, Flaw.NO_PHONE, Flaw.HAS_LEFT)
_FLAWS_OF_ROLES = (Flaw.ONE_EMPTY, Flaw.ONE_EMPTY, Flaw.ONE_EMPTY, Flaw.TWO_EMPTY)

Keyed = tuple[int, Person]
"""Somebody and the primary key of the contact."""


def flaw_of(people: Sequence[Keyed], chance: random.Random) -> Flaw | None:
    """What is wrong with this customer's roles, mostly nothing. Partners' own contacts have no flaws: they fill roles
    of hundreds."""
    if chance.random() >= FLAWED:
        return None
    return chance.choice(_FLAWS if people else _FLAWS_OF_ROLES)


def without_phone(people: Sequence[Keyed]) -> list[Keyed]:
    """The same, but whoever signs has no phone number."""
    (key, signatory), *others = people
    return [(key, replace(signatory, phone="", national="")), *others]


def holders_of(
    people: Sequence[Keyed], staff: Sequence[Keyed], *, watch: bool, flaw: Flaw | None, chance: random.Random
) -> dict[Role, int]:
    """The key of whoever fills each role that is not empty."""
    holders = dict(_chosen([key for key, _ in people], [key for key, _ in staff], watch, chance))
    if flaw in (Flaw.ONE_EMPTY, Flaw.TWO_EMPTY):
        for role in chance.sample(list(holders), 1 if flaw is Flaw.ONE_EMPTY else 2):
            del holders[role]
    return holders


def _chosen(people: list[int], staff: list[int], watch: bool, chance: random.Random) -> Iterator[tuple[Role, int]]:
    """As the policy allows: own people throughout for a Value Add Partner."""
    pool = people or staff
    yield Role.TECHNICAL, chance.choice(staff)
    yield Role.COMMERCIAL, pool[0]
    yield Role.DPO, chance.choice(pool)
    yield Role.WATCH_LIST, chance.choice(staff)
    if watch:
        yield Role.SECURITY_INCIDENT, chance.choice(pool)


def gap_of(
    holders: Mapping[Role, int], people: Sequence[Keyed], *, relationship: str, watch: bool, left: int | None
) -> str:
    """What the role policy says of the holders; `left` is the key of whoever has left."""
    own = dict(people)
    nominees = {role: _nominee(own.get(key), has_left=key == left) for role, key in holders.items()}
    return gap_code(must_be_mended(gaps(nominees, relationship=relationship, uses_secwise_watch=watch)))


def _nominee(someone: Person | None, *, has_left: bool) -> Nominee:
    """Somebody of the customer's, or else a colleague of the partner's, who always has a phone."""
    has_phone = someone is None or bool(someone.phone)
    return Nominee(
        name="",
        side=Side.OWN if someone is None else Side.CUSTOMER,
        kind=ContactKind.PERSON,
        email="" if someone is None else someone.email,
        has_phone=has_phone,
        phone_is_personal=has_phone,
        has_left=has_left,
    )
