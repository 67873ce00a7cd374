"""The verbs of roles: judging a roster, and writing it to a customer."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from contacts import search_rows
from contacts.appointment import Appointment, changes, row_of
from contacts.models import Contact, RoleAssignment
from contacts.nominees import nominee_from, nominee_of
from contacts.policy import ROLE_POLICY, EvidenceKind, Role, Side
from contacts.refusals import PolicyBroken
from contacts.roster import Roster
from contacts.violations import Circumstances, Nominee, Severity, Violation, all_violations, person_violations
from customers.models import Customer, Partner
from customers.models.customer import LIVING


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


def circumstances(
    roster: Roster, evidence: Collection[EvidenceKind], *, approval_exception: bool = False
) -> Circumstances:
    """What the policy judges in, the operator's settings included."""
    return Circumstances(
        relationship=roster.relationship,
        uses_secwise_watch=roster.uses_secwise_watch,
        evidence=frozenset(evidence),
        accepts_liability=roster.accepts_liability,
        signing_authority=roster.signing_authority,
        approval_exception=approval_exception,
        blocked_domains=tuple(settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS),
    )


def _known(partner: Partner, customer: Customer | None, numbers: Iterable[str]) -> dict[str, Contact]:
    """The partner's and this customer's contacts among these numbers, in one query."""
    reach = Q(partner=partner)
    if customer is not None:
        reach |= Q(customer=customer)
    return {contact.number: contact for contact in Contact.objects.filter(reach, number__in=set(numbers))}


def _named(roster: Roster) -> set[str]:
    return roster.keys | {
        person.contact for key, person in roster.people.items() if person.contact and key in roster.keys
    }


def nominees(roster: Roster, known: Mapping[str, Contact]) -> dict[str, Nominee]:
    """Everybody who fills a role, by key, as they would be once written. Raises UnknownContact."""
    found = {}
    for key in roster.keys:
        row = row_of(key, roster, known)
        if key in roster.people:
            found[key] = nominee_from(roster.people[key])
        elif row is not None:
            found[key] = nominee_of(row)
    return found


def _spoilt_elsewhere(
    roster: Roster, known: Mapping[str, Contact], customer: Customer | None, case: Circumstances
) -> list[Violation]:
    """Roles here whose holder is amended so that it would break a rule at another customer of the partner."""
    amended = {
        row.pk: key
        for key in roster.keys
        if key in roster.people
        and (row := row_of(key, roster, known)) is not None
        and row.side is Side.OWN
        and changes(row, roster.people[key])
    }
    if not amended:
        return []
    elsewhere = RoleAssignment.objects.filter(contact__in=amended, customer__status__in=LIVING)
    if customer is not None:
        elsewhere = elsewhere.exclude(customer=customer)
    spoilt = {
        amended[contact]
        for contact, role in elsewhere.values_list("contact", "role").order_by().distinct()
        if person_violations(Role(role), nominee_from(roster.people[amended[contact]]), case)
    }
    return [
        Violation(
            role=role,
            code="spoilt_elsewhere",
            severity=Severity.BLOCK,
            message=_(
                "%(name)s also fills roles for other customers, where the changed details break a rule. "
                "Change them back, or create a new contact."
            ),
            params={"name": roster.people[key].full_name},
        )
        for role, key in roster.holders.items()
        if key in spoilt
    ]


def _judge(
    roster: Roster,
    known: Mapping[str, Contact],
    customer: Customer | None,
    evidence: Collection[EvidenceKind],
    approval_exception: bool,
) -> list[Violation]:
    case = circumstances(roster, evidence, approval_exception=approval_exception)
    people = nominees(roster, known)
    holders = {role: people[key] for role, key in roster.holders.items() if key}
    found = all_violations(holders, case) + _spoilt_elsewhere(roster, known, customer, case)
    order = list(ROLE_POLICY)
    return sorted(found, key=lambda violation: order.index(violation.role))


def judge(
    *,
    partner: Partner,
    customer: Customer | None,
    roster: Roster,
    evidence: Collection[EvidenceKind],
    approval_exception: bool = False,
    known: Mapping[str, Contact] | None = None,
) -> list[Violation]:
    """What the policy says of the whole roster, role after role in its order; BLOCKs and WARNs.

    `customer` is None until the first submission has opened it; `known` are the contacts in reach, by number, where
    the caller has them at hand. Two queries at most. Raises UnknownContact for a key that is neither the partner's, nor
    this customer's, nor one of the roster's people.
    """
    if known is None:
        known = _known(partner, customer, _named(roster))
    return _judge(roster, known, customer, evidence, approval_exception)


@transaction.atomic
def appoint(
    *,
    actor: Any,
    customer: Customer,
    roster: Roster,
    evidence: Collection[EvidenceKind],
    approval_exception: bool = False,
) -> dict[str, Contact]:
    """Write the roster to its customer and return the contact behind each key that fills a role.

    Judges again under the lock; the customer already carries the roster's relationship. Whoever fills a role is
    written (new, amended, or brought back when an own contact with this address had left); roles that nobody fills any
    more are freed; people of a customer that still waits for approval are deleted when the roster no longer names them.

    Locks, in this order: customer, partner (whoever writes own contacts waits here), contacts by id. A caller that
    locks a request does so before. Raises PolicyBroken, UnknownContact, EmailTaken; then nothing is written.
    """
    customer = Customer.objects.select_for_update(of=("self",)).select_related("partner").get(pk=customer.pk)
    if customer.relationship != roster.relationship:
        raise ValueError("Write the relationship to the customer before appointing people by it.")
    partner = Partner.objects.select_for_update(no_key=True).get(pk=customer.partner_id)
    known = _known(partner, customer, _named(roster))
    blocked = [
        found
        for found in _judge(roster, known, customer, evidence, approval_exception)
        if found.severity is Severity.BLOCK
    ]
    if blocked:
        raise PolicyBroken(blocked)

    writing = Appointment(actor=actor, customer=customer, partner=partner)
    chosen = writing.people(roster, known)
    writing.roles(roster, chosen)
    writing.drop_unnamed(chosen)
    search_rows.index(writing.saved)
    search_rows.write(writing.touched_customers(), partner)
    return chosen
