"""Correcting one contact, wherever it fills a role. For staff: the wizard amends the people of its own request."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.db import transaction

from contacts import search_rows
from contacts.appointment import changes, written
from contacts.models import Contact, RoleAssignment
from contacts.nominees import nominee_from
from contacts.policy import EvidenceKind, Role
from contacts.refusals import EmailTaken, PolicyBroken
from contacts.roster import PersonDetails
from contacts.search_people import Crowd
from contacts.violations import Circumstances, Severity, Violation, violations
from customers.history import change, record
from customers.models import Customer
from customers.models.customer import LIVING
from customers.prepared import Prepared, Slot
from customers.relationships import Relationship
from customers.search_rows import hold


def broken_roles(contact: Contact, person: PersonDetails) -> list[tuple[Customer, Violation]]:
    """The roles that this contact fills and could no longer fill as amended, each with its customer.

    Only what the person brings is judged; documents and declarations are not the contact's own. Customers that were
    rejected or withdrawn bind nobody any more.
    """
    roles = contact.assignments.select_related("customer").order_by("customer__name", "pk")
    return _broken(((assignment.customer, Role(assignment.role)) for assignment in roles), person)


def namesake(contact: Contact, email: str) -> Contact | None:
    """Another contact of the same organisation with this address, in any case."""
    colleagues = Contact.objects.filter(partner=contact.partner_id, customer=contact.customer_id)
    return colleagues.filter(email__iexact=email).exclude(pk=contact.pk).first()


@transaction.atomic
def amend(*, actor: Any, contact: Contact, person: PersonDetails) -> Contact:
    """Write a contact's corrected details, and the search rows of every customer it is found under.

    The partner and the contact are locked first, in the order of an appointment, so that no role is given while it
    changes. Raises PolicyBroken where a role it fills would break, EmailTaken where its organisation has another
    contact with the address.
    """
    (partner,) = hold([contact.partner_id or cast(Customer, contact.customer).partner_id]).values()
    contact = _held(contact)
    customers = _found_under().ask(key=contact.pk)
    crowd = Crowd([customer.pk for customer in customers])
    roles = crowd.roles_of(contact)
    if broken := _broken(((customer, role) for customer in customers for role in roles.get(customer.pk, ())), person):
        raise PolicyBroken([violation for _customer, violation in broken])
    if person.email != contact.email and (taken := namesake(contact, person.email)) is not None:
        raise EmailTaken(contact.number, person.email, taken.full_name)
    changed = changes(contact, person)
    if not changed:
        return contact
    facts = change(written(contact, changed), written(person, changed))
    for name in changed:
        setattr(contact, name, getattr(person, name))
    contact.save(update_fields=changed)
    search_rows.index([contact])
    crowd.amend(contact)
    search_rows.write(customers, partner, crowd)
    record(
        actor=actor,
        action="contact.amended",
        partner=partner,
        customer=next((customer for customer in customers if customer.pk == contact.customer_id), None),
        reference=contact.number,
        name=contact.full_name,
        **facts,
    )
    return contact


def _held(contact: Contact) -> Contact:
    """The contact as it stands now, until the transaction ends. Raises Contact.DoesNotExist."""
    for held in _one_held().ask(key=contact.pk):
        return held
    raise Contact.DoesNotExist


@cache
def _one_held() -> Prepared[Contact]:
    return Prepared(Contact.objects.select_for_update().filter(pk=Slot("key", Contact._meta.pk)).order_by())


@cache
def _found_under() -> Prepared[Customer]:
    """The customer whose contact this is, and those for whom it fills a role; by name.

    A UNION, because PostgreSQL reads the whole table for "this one or one of those".
    """
    key = Slot("key", Contact._meta.pk)
    own = Contact.objects.order_by().filter(pk=key).values("customer")
    served = RoleAssignment.objects.order_by().filter(contact=key).values("customer")
    return Prepared(Customer.objects.filter(pk__in=own.union(served)).order_by("name", "pk"))


def _broken(roles: Iterable[tuple[Customer, Role]], person: PersonDetails) -> list[tuple[Customer, Violation]]:
    found = []
    nominee = nominee_from(person)
    for customer, role in roles:
        if customer.status not in LIVING:
            continue
        case = Circumstances(
            relationship=Relationship(customer.relationship),
            uses_secwise_watch=customer.uses_secwise_watch,
            evidence=frozenset(EvidenceKind),
            signing_authority=True,
            blocked_domains=tuple(settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS),
        )
        found += [(customer, one) for one in violations(role, nominee, case) if one.severity is Severity.BLOCK]
    return found
