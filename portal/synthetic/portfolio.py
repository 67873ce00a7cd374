"""How many customers each synthetic partner has, and the rows of one partner: plain values, table by table."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contacts.policy import ContactKind, Role
from customers import numbers, search_rows
from customers.models import CustomerStatus
from customers.relationships import Relationship
from portal.synthetic import cast, companies
from portal.synthetic.cast import Flaw
from portal.synthetic.companies import Company, Domain, Person
from portal.synthetic.words import LANDS, LAST_NAMES, TRADES

CUSTOMERS_A_PARTNER = 1_615
"""So that a million customers have some 620 partners."""
LARGEST = 0.05
"""The share of the largest partner: 50,000 of a million."""
COLLEAGUES = 8
PEOPLE = 3
"""Contacts that a customer of a Reseller has itself."""
EPOCH = datetime(2020, 11, 1)
DAYS = 1_826
"""Customers were approved in the five years from then."""
ENDED = 0.03
VALUE_ADD = 0.15
WATCH = 0.6

Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One partner: which serials its customers have, and from where its rows are numbered."""

    partner: int
    """Its primary key."""
    place: int
    """Its place among the synthetic partners, from 0."""
    first: int
    """Serial of its first customer."""
    count: int
    seed: int
    base: "Base"


@dataclass(frozen=True, kw_only=True)
class Base:
    """The first primary keys that are free."""

    customer: int
    contact: int
    assignment: int
    industries: tuple[int, ...]


@dataclass(kw_only=True)
class Rows:
    customers: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    search: list[Row] = field(default_factory=list)
    contact_search: list[Row] = field(default_factory=list)


def sizes(customers: int, partners: int, seed: int) -> list[int]:
    """How many customers each partner has, the largest first: one with a twentieth of all, the others 1 to 20."""
    if partners == 1:
        return [customers]
    chance = random.Random(seed)  # noqa: S311
    largest = max(round(customers * LARGEST), customers // partners)
    weights = [chance.lognormvariate(0, 0.8) for _ in range(partners - 1)]
    weights = [min(max(weight, 0.18), 3.5) for weight in weights]
    rest, total = customers - largest, sum(weights)
    shares = [int(rest * weight / total) for weight in weights]
    for place in range(rest - sum(shares)):
        shares[place % len(shares)] += 1
    return sorted([largest, *shares], reverse=True)


def partner_name(place: int, seed: int) -> str:
    """The name of the partner at this place; no two share one."""
    chance = random.Random(f"{seed} partner {place}")  # noqa: S311
    return f"{chance.choice(LAST_NAMES)} {chance.choice(TRADES)} IT {place + 1:04d}"


def portfolio(plan: Plan) -> Rows:
    """The rows of one partner, the same every time."""
    chance = random.Random(f"{plan.seed} portfolio {plan.place}")  # noqa: S311
    rows = Rows()
    staff = [_colleague(plan, place, chance) for place in range(COLLEAGUES)]
    for key, someone in staff:
        _add_contact(rows, plan, key, someone, partner=plan.partner)
    folded = {key: someone.folded for key, someone in staff}
    partner_sort = search_rows.partner_sort(partner_name(plan.place, plan.seed))
    for serial in range(plan.first, plan.first + plan.count):
        _add(rows, plan, serial, staff, folded, partner_sort, chance)
    return rows


def _add(
    rows: Rows,
    plan: Plan,
    serial: int,
    staff: list[tuple[int, Person]],
    folded: dict[int, str],
    partner_sort: str,
    chance: random.Random,
) -> None:
    company = companies.company(serial, seed=plan.seed, chance=chance)
    key = plan.base.customer + serial
    value_add = chance.random() < VALUE_ADD
    watch = chance.random() < WATCH
    status = CustomerStatus.ENDED if chance.random() < ENDED else CustomerStatus.ACTIVE
    approved = f"{EPOCH + timedelta(minutes=chance.randrange(60 * 24 * DAYS))}"
    people = [] if value_add else [_person(plan, serial, place, company, chance) for place in range(PEOPLE)]
    flaw = cast.flaw_of(people, chance)
    if flaw is Flaw.NO_PHONE:
        people = cast.without_phone(people)
    left = people[0][0] if flaw is Flaw.HAS_LEFT else None
    for person_key, someone in people:
        removed = approved if person_key == left else None
        _add_contact(rows, plan, person_key, someone, customer=key, removed=removed)
    holders = cast.holders_of(people, staff, watch=watch, flaw=flaw, chance=chance)
    first = plan.base.assignment + serial * len(Role)
    rows.assignments += [
        (first + place, key, role.value, holder, int(role is Role.COMMERCIAL), approved)
        for place, (role, holder) in enumerate(holders.items())
    ]
    relationship = Relationship.VALUE_ADD_PARTNER if value_add else Relationship.RESELLER
    industry = chance.choice(plan.base.industries)
    gap = cast.gap_of(holders, people, relationship=relationship, watch=watch, left=left) if flaw else ""
    rows.customers.append(
        (
            key, company.number, plan.partner, status.value, relationship.value, int(watch), company.vat_number,
            company.name, company.phone, company.street, company.postcode, company.city, company.country,
            industry, company.language, approved, approved,
        )
    )  # fmt: skip
    found_by = {person_key: someone.folded for person_key, someone in people}
    found_by |= {holder: folded[holder] for holder in holders.values() if holder in folded}
    colleagues = [someone for colleague, someone in staff if colleague in found_by]
    # Everybody at one organisation has its domain.
    domains = {f"@{someone.domain.folded}" for someone in (*(one for _key, one in people[:1]), *colleagues[:1])}
    text = f" {' '.join([*(found_by[contact] for contact in sorted(found_by)), *sorted(domains)])} "
    rows.search.append(
        (
            key, plan.partner, status.value, company.name_folded, companies.fold(company.city),
            partner_sort, approved, relationship.value, company.country, industry, gap, company.vat_number, text,
            company.folded + text,
        )
    )  # fmt: skip


def _colleague(plan: Plan, place: int, chance: random.Random) -> tuple[int, Person]:
    land = LANDS[0][1]
    key = plan.base.contact + plan.place * COLLEAGUES + place
    domain = Domain(name=f"partner-{plan.place + 1}.example", folded=f"partner{plan.place + 1}example")
    return key, companies.person(land, domain, place, chance)


def _person(plan: Plan, serial: int, place: int, company: Company, chance: random.Random) -> tuple[int, Person]:
    # Beyond all colleagues of all partners, so that no key is given twice.
    key = plan.base.contact + 1_000_000 + serial * PEOPLE + place
    return key, companies.person(company.land, company.domain, place, chance)


def _add_contact(
    rows: Rows,
    plan: Plan,
    key: int,
    someone: Person,
    *,
    partner: int | None = None,
    customer: int | None = None,
    removed: str | None = None,
) -> None:
    """The row of a contact, and the one it is found by: as `contacts.search_rows` writes it."""
    number = companies.public_number(numbers.CONTACT, key - plan.base.contact, plan.seed)
    rows.contacts.append(
        (
            key, number, partner, customer, ContactKind.PERSON.value, someone.first_name, someone.last_name,
            someone.email, someone.phone, str(EPOCH), removed,
        )
    )  # fmt: skip
    text = f" {someone.folded} @{someone.domain.folded} {companies.folded_number(number)} "
    rows.contact_search.append((key, partner, someone.name_folded, text))
