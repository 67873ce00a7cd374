"""Writes a judged roster: the contacts, the roles and their record. Only `contacts.assignment.appoint` calls it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from contacts.models import Contact, RoleAssignment
from contacts.policy import ROLE_POLICY, Side
from contacts.refusals import EmailTaken, UnknownContact
from contacts.roster import FIELDS, PersonDetails, Roster
from customers.history import change, record
from customers.models import Customer, CustomerStatus, Partner


def row_of(key: str, roster: Roster, known: Mapping[str, Contact]) -> Contact | None:
    """The contact behind a key; None for somebody who is still to be written.

    Somebody new whose contact has meanwhile been deleted is new again. Raises UnknownContact.
    """
    person = roster.people.get(key)
    if person is None or key == person.contact:
        row = known.get(key)
        if row is None or (person is not None and row.side is not person.side):
            raise UnknownContact(key)
        return row
    row = known.get(person.contact)
    return row if row is not None and row.side is person.side else None


def changes(row: Contact, person: PersonDetails) -> list[str]:
    """The fields in which a contact would change."""
    return [name for name in FIELDS if getattr(row, name) != getattr(person, name)]


def written(row: Contact | PersonDetails, names: Iterable[str]) -> dict[str, str]:
    """These fields as they go on record."""
    return {name: str(getattr(row, name)) for name in names}


def _filled_by(assignment: RoleAssignment) -> dict[str, Any]:
    return {
        "contact": f"{assignment.contact.full_name} ({assignment.contact.number})",
        "signing_authority": assignment.signing_authority,
    }


class Appointment:
    """One appointment while it is written: who acts, for whom, and which contacts changed on the way."""

    def __init__(self, *, actor: Any, customer: Customer, partner: Partner) -> None:
        self.actor, self.customer, self.partner = actor, customer, partner
        self.amended: list[Contact] = []
        self.saved: list[Contact] = []
        """Whoever is new or amended."""

    def _record(self, action: str, contact: Contact, **facts: Any) -> None:
        record(
            actor=self.actor,
            action=action,
            partner=self.partner,
            customer=self.customer,
            reference=contact.number,
            name=contact.full_name,
            **facts,
        )

    def people(self, roster: Roster, known: Mapping[str, Contact]) -> dict[str, Contact]:
        """Write whoever is new or amended. Raises EmailTaken."""
        written = {key: roster.people[key] for key in sorted(roster.keys & roster.people.keys())}
        namesakes = self._namesakes(written.values())
        chosen = {key: known[key] for key in roster.keys if key not in written}
        for key, person in written.items():
            row = row_of(key, roster, known)
            address = (person.side, person.email.lower())
            taken = namesakes.get(address)
            if taken is not None and (row is None or taken.pk != row.pk):
                if row is not None or taken.removed_at is None:
                    raise EmailTaken(key, person.email, taken.full_name)
                row = taken
            chosen[key] = namesakes[address] = self._write(person, row)
        return chosen

    def _namesakes(self, people: Iterable[PersonDetails]) -> dict[tuple[Side, str], Contact]:
        """The organisations' contacts that have one of these addresses, locked, by side and folded address."""
        rows = (
            Contact.objects.select_for_update(of=("self",))
            .alias(folded=Lower("email"))
            .filter(Q(partner=self.partner) | Q(customer=self.customer))
            .filter(folded__in={person.email.lower() for person in people})
            .order_by("pk")
        )
        return {(row.side, row.email.lower()): row for row in rows}

    def _write(self, person: PersonDetails, row: Contact | None) -> Contact:
        if row is None:
            owner = {"partner": self.partner} if person.side is Side.OWN else {"customer": self.customer}
            row = Contact(**owner, **{name: getattr(person, name) for name in FIELDS})
            row.save()
            self.saved.append(row)
            self._record("contact.created", row, side=person.side.value)
            return row
        changed = changes(row, person)
        if changed or row.removed_at is not None:
            facts = change(written(row, changed), written(person, changed))
            for name in changed:
                setattr(row, name, getattr(person, name))
            row.removed_at = None
            row.save()
            self.amended.append(row)
            self.saved.append(row)
            self._record("contact.amended", row, **facts)
        return row

    def roles(self, roster: Roster, chosen: Mapping[str, Contact]) -> None:
        """Assign, replace and free roles, so that they are what the roster says."""
        standing = {
            assignment.role: assignment
            for assignment in RoleAssignment.objects.filter(customer=self.customer).select_related("contact")
        }
        for role, rule in ROLE_POLICY.items():
            assignment = standing.get(role.value)
            key = roster.holders.get(role)
            if not key:
                if assignment is not None:
                    self._record("role.freed", assignment.contact, role=role.value)
                    assignment.delete()
                continue
            contact = chosen[key]
            authority = rule.signs and roster.signing_authority
            before: dict[str, Any] = {}
            if assignment is None:
                assignment = RoleAssignment(customer=self.customer, role=role.value)
            elif (assignment.contact_id, assignment.signing_authority) == (contact.pk, authority):
                continue
            else:
                before = _filled_by(assignment)
            assignment.contact, assignment.signing_authority = contact, authority
            assignment.save()
            facts = change(before, _filled_by(assignment)) if before else {}
            self._record("role.assigned", contact, role=role.value, **facts)

    def drop_unnamed(self, chosen: Mapping[str, Contact]) -> None:
        """Delete people of a customer that waits for approval whom the roster no longer names: nobody asked to keep
        them, and a Value Add Partner's customer may have none at all."""
        if self.customer.status != CustomerStatus.PENDING:
            return
        unnamed = Contact.objects.of_customer(self.customer).filter(assignments__isnull=True)
        for contact in unnamed.exclude(pk__in=[row.pk for row in chosen.values()]):
            self._record("contact.deleted", contact)
            contact.delete()

    def touched_customers(self) -> list[Customer]:
        """This customer, and every other that an amended own contact fills a role for."""
        others = Customer.objects.filter(assignments__contact__in=self.amended).exclude(pk=self.customer.pk)
        return [self.customer, *others.distinct().order_by("pk")]
