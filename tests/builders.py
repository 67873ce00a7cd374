"""Rows for tests, as small as the rules allow: a builder takes what the test is about and fills in the rest."""

import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from contacts import search_rows
from contacts.models import Contact, RoleAssignment
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Industry, Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User

PASSWORD = "a-long-password-for-tests"

_serial = itertools.count(1)


def belgian_vat(serial: int) -> str:
    """A valid Belgian number, a different one for each serial number."""
    body = 10_000_000 - serial
    return f"BE0{body:07d}{97 - body % 97:02d}"


def make_industry(code: str = "H", **fields: Any) -> Industry:
    return Industry.objects.get_or_create(code=code, defaults={"name": "Transport and storage", "order": 8} | fields)[0]


def make_user(email: str | None = None, *, groups: tuple[str, ...] = (), **fields: Any) -> User:
    email = email or f"user{next(_serial)}@somewhere.example"
    user = User.objects.create_user(email, PASSWORD, **({"first_name": "Robin", "last_name": "Peeters"} | fields))
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_partner(name: str | None = None, **fields: Any) -> Partner:
    return Partner.objects.create(name=name or f"Partner {next(_serial)}", **({"country": "BE"} | fields))


def make_member(
    organisation: Partner | Customer, role: MembershipRole, email: str | None = None, **fields: Any
) -> User:
    user = make_user(email, **fields)
    where = {"partner": organisation} if isinstance(organisation, Partner) else {"customer": organisation}
    membership = Membership.objects.create(user=user, role=role.value, **where)
    Membership.objects.filter(pk=membership.pk).update(created_at=timezone.now() - timedelta(days=365))
    return user


def make_customer(partner: Partner, **fields: Any) -> Customer:
    """An active customer with its search row, unless told otherwise."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "name": f"Customer {serial} NV",
        "vat_number": belgian_vat(serial),
        "status": CustomerStatus.ACTIVE,
        "relationship": Relationship.RESELLER,
        "phone": "+3225550142",
        "street": "Kanaalkade 14",
        "postcode": "2300",
        "city": "Turnhout",
        "country": "BE",
        "language": "nl",
    } | fields
    if values["status"] == CustomerStatus.ACTIVE:
        values.setdefault("approved_at", timezone.now())
    values.setdefault("industry", make_industry())
    customer = Customer.objects.create(partner=partner, **values)
    search_rows.refresh([customer])
    return customer


def make_contact(organisation: Partner | Customer, **fields: Any) -> Contact:
    return make_contacts(organisation, [fields])[0]


def make_contacts(organisation: Partner | Customer, people: Iterable[dict[str, Any]]) -> list[Contact]:
    """A contact for each of the given fields; what is searched is written once for all of them."""
    where = {"partner": organisation} if isinstance(organisation, Partner) else {"customer": organisation}
    contacts = []
    for fields in people:
        serial = next(_serial)
        values = {
            "first_name": "Els",
            "last_name": f"Goossens {serial}",
            "email": f"els{serial}@somewhere.example",
            "phone": "+32470550117",
        } | fields
        contacts.append(Contact(**where, **values))
    bulk_create_with_history(contacts, Contact)
    search_rows.index(contacts)
    if isinstance(organisation, Customer):
        search_rows.refresh([organisation])
    return contacts


def assign(customer: Customer, role: Role, contact: Contact, **fields: Any) -> RoleAssignment:
    assignment = RoleAssignment.objects.create(customer=customer, role=role.value, contact=contact, **fields)
    search_rows.refresh([customer])
    return assignment
