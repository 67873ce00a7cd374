"""Correcting one contact, wherever it fills a role. For staff: the wizard amends the people of its own request."""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from contacts import search_rows
from contacts.appointment import changes, written
from contacts.models import Contact, RoleAssignment
from contacts.nominees import nominee_from
from contacts.policy import EvidenceKind, Role
from contacts.refusals import EmailTaken, PolicyBroken
from contacts.roster import PersonDetails
from contacts.violations import Circumstances, Severity, Violation, violations
from customers.history import change, record
from customers.models import Customer
from customers.models.customer import LIVING
from customers.relationships import Relationship
from customers.search_rows import hold


def broken_roles(contact: Contact, person: PersonDetails) -> list[tuple[Customer, Violation]]:
    """The roles that this contact fills and could no longer fill as amended, each with its customer.

    Only what the person brings is judged; documents and declarations are not the contact's own. Customers that were
    rejected or withdrawn bind nobody any more.
    """
    return _broken(_roles(contact), person)


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
    contact = Contact.objects.select_for_update(of=("self",)).select_related("partner", "customer").get(pk=contact.pk)
    roles = list(_roles(contact))
    if broken := _broken(roles, person):
        raise PolicyBroken([violation for _customer, violation in broken])
    if person.email != contact.email and (taken := namesake(contact, person.email)) is not None:
        raise EmailTaken(contact.number, person.email, taken.full_name)
    changed = changes(contact, person)
    if not changed:
        return contact
    facts = change(written(contact, changed), written(person, changed))
    for name in changed:
        setattr(contact, name, getattr(person, name))
    contact.save()
    search_rows.index([contact])
    found_under = {role.customer.pk: role.customer for role in roles}
    if contact.customer is not None:
        found_under[contact.customer.pk] = contact.customer
    search_rows.write(found_under.values(), partner)
    record(
        actor=actor,
        action="contact.amended",
        partner=partner,
        customer=contact.customer,
        reference=contact.number,
        name=contact.full_name,
        **facts,
    )
    return contact


def _roles(contact: Contact) -> QuerySet[RoleAssignment]:
    return contact.assignments.select_related("customer").order_by("customer__name", "pk")


def _broken(roles: Iterable[RoleAssignment], person: PersonDetails) -> list[tuple[Customer, Violation]]:
    found = []
    for assignment in roles:
        if assignment.customer.status not in LIVING:
            continue
        case = Circumstances(
            relationship=Relationship(assignment.customer.relationship),
            uses_secwise_watch=assignment.customer.uses_secwise_watch,
            evidence=frozenset(EvidenceKind),
            signing_authority=True,
            blocked_domains=tuple(settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS),
        )
        judged = violations(Role(assignment.role), nominee_from(person), case)
        found += [(assignment.customer, one) for one in judged if one.severity is Severity.BLOCK]
    return found
