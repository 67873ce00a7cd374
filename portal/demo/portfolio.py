"""One company of the demonstration, from what was typed to wherever its life has come."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from approvals import decisions, drafts, evidence, submission, withdrawal
from approvals.changes.asking import Asked
from approvals.clock import due_at_of
from approvals.models import Decision, Evidence, Notification, RegistrationRequest, Submission
from approvals.workflow import Move, State
from contacts import assignment
from contacts.forms.contacts import LIABILITY_SENTENCE
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind, Role, Side
from contacts.roster import PersonDetails, Roster, as_entry
from contacts.search_rows import refresh
from customers import lifecycle, search_rows, vat_checks
from customers.history import told_of
from customers.models import Customer, Event, Partner, VatCheck
from customers.relationships import Relationship
from customers.vies import Outcome
from portal.demo.companies import DemoCompany, person
from portal.models import User
from portal.onboarding.forms import DECLARATIONS

STILL_UNREAD = timedelta(days=3)
"""What somebody was told longer ago has been read."""

DOCUMENT = """%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
  /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length {length} >> stream
{text}
endstream endobj
trailer << /Root 1 0 R >>
startxref
0
%%EOF
"""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who acts for one partner in the demonstration, and whom it can name."""

    partner: Partner
    reseller: User
    approver: User
    colleagues: list[Contact]
    """Own contacts; the last one is the distribution list of the service desk."""


def roster_for(company: DemoCompany, cast: Cast, chance: random.Random, *, relationship: Relationship) -> Roster:
    """A choice that the role policy accepts; own people throughout for a Value Add Partner."""
    technical, second, service_desk = cast.colleagues[0], chance.choice(cast.colleagues[1:-1]), cast.colleagues[-1]
    secwise = chance.random() < 0.5
    if relationship is Relationship.VALUE_ADD_PARTNER:
        holders = {
            Role.TECHNICAL: technical.number,
            Role.COMMERCIAL: second.number,
            Role.DPO: second.number,
            Role.WATCH_LIST: service_desk.number,
        }
        if secwise:
            holders[Role.SECURITY_INCIDENT] = technical.number
        return Roster(relationship=relationship, uses_secwise_watch=secwise, holders=holders, signing_authority=True)
    boss, clerk = (
        person(chance, side=Side.CUSTOMER, domain=company.domain, country=company.details.country, phone=with_phone)
        for with_phone in (True, chance.random() < 0.6)
    )
    people: dict[str, PersonDetails] = {"new-1": boss}
    if clerk.email != boss.email:
        people["new-2"] = clerk
    clerk_key = "new-2" if "new-2" in people else "new-1"
    holders = {
        Role.TECHNICAL: technical.number if chance.random() < 0.7 else "new-1",
        Role.COMMERCIAL: "new-1",
        Role.DPO: clerk_key,
        Role.WATCH_LIST: service_desk.number,
    }
    if secwise:
        holders[Role.SECURITY_INCIDENT] = clerk_key
    return Roster(
        relationship=relationship,
        uses_secwise_watch=secwise,
        people=people,
        holders=holders,
        signing_authority=True,
    )


@transaction.atomic
def customer_of_old(company: DemoCompany, cast: Cast, roster: Roster, *, approved: datetime) -> Customer:
    """A customer that was there before the portal: no request, active."""
    with told_of(approved):
        customer = lifecycle.open_customer(
            actor=cast.reseller,
            partner=cast.partner,
            details=company.details,
            relationship=roster.relationship,
            uses_secwise_watch=roster.uses_secwise_watch,
        )
        assignment.appoint(
            actor=cast.reseller, customer=customer, roster=roster, evidence={EvidenceKind.CUSTOMER_APPROVAL}
        )
        customer = lifecycle.activate(actor=cast.approver, customer=customer)
    Customer.objects.filter(pk=customer.pk).update(approved_at=approved, created_at=approved - timedelta(days=1))
    customer.refresh_from_db()
    search_rows.refresh(customer)
    return customer


def vacate(customer: Customer, role: Role) -> None:
    """Leave a role to nobody, as records that were taken over from another system sometimes do."""
    RoleAssignment.objects.filter(customer=customer, role=role).delete()
    refresh([customer])


def draft(company: DemoCompany, cast: Cast, roster: Roster, *, steps: int, started: datetime) -> RegistrationRequest:
    """A request of which this many steps (1 to 3) are filled in."""
    with told_of(started):
        return _filled_in(company, cast, roster, steps)


def _filled_in(company: DemoCompany, cast: Cast, roster: Roster, steps: int) -> RegistrationRequest:
    details = company.details
    request = drafts.start(
        actor=cast.reseller,
        partner=cast.partner,
        answer={"vat_number": details.vat_number, "country": details.country},
        vat_number=details.vat_number,
    )
    _register_word(company, cast.partner)
    if steps > 1:
        typed = {
            "name": details.name,
            "legal_name": "",
            "phone": details.phone,
            "phone_extension": "",
            "street": details.street,
            "postcode": details.postcode,
            "city": details.city,
            "country": details.country,
            "industry": details.industry_code,
            "language": details.language,
        }
        request = drafts.save_step(
            actor=cast.reseller,
            request=request,
            version=request.version,
            step="details",
            answer=typed,
            done=True,
            company_name=details.name,
        )
    if steps > 2:
        answer = {"relationship": roster.relationship.value} | {
            role.value: roster.holders.get(role, "") for role in Role
        }
        ticks = ("uses_secwise_watch", "signing_authority", "accepts_liability")
        answer |= {name: "on" for name in ticks if getattr(roster, name)}
        request = drafts.save_step(
            actor=cast.reseller,
            request=request,
            version=request.version,
            step="contacts",
            answer=answer,
            done=True,
            people={key: as_entry(entry) for key, entry in roster.people.items()},
        )
    return request


def _register_word(company: DemoCompany, partner: Partner) -> None:
    """What the register of the demonstration answers, where it is on."""
    if vat_checks.is_on():
        details, now = company.details, timezone.now()
        VatCheck.objects.get_or_create(
            partner=partner,
            number=details.vat_number,
            defaults={
                "outcome": Outcome.REGISTERED.value,
                "name": details.name,
                "address": f"{details.street}\n{details.postcode} {details.city}",
                "asked_at": now,
                "tried_at": now,
            },
        )


def _document(company: DemoCompany) -> bytes:
    """An approval of its own for each company: the same file for two customers is what approvers are warned of."""
    text = f"BT /F1 18 Tf 72 760 Td (Invented for the demo: {company.domain} agrees) Tj ET"
    return DOCUMENT.format(length=len(text), text=text).encode("ascii")


def request_in(
    state: State, company: DemoCompany, cast: Cast, roster: Roster, *, sent: datetime, said: Sequence[Asked] | str = ""
) -> RegistrationRequest:
    """A request that was sent and has come to this state; `said` is what Arxus asked for, or its reason."""
    started, decided = _started(sent), _decided(sent)
    request = draft(company, cast, roster, steps=3, started=started)
    if roster.relationship is Relationship.VALUE_ADD_PARTNER:
        upload = SimpleUploadedFile("written-approval.pdf", _document(company), "application/pdf")
        with told_of(started):
            evidence.add(actor=cast.reseller, request=request, kind=EvidenceKind.CUSTOMER_APPROVAL, upload=upload)
    sentence = str(LIABILITY_SENTENCE) % {"partner": cast.partner.name} if roster.accepts_liability else ""
    request.refresh_from_db()
    with told_of(sent):
        version = submission.submit(
            actor=cast.reseller,
            request=request,
            version=request.version,
            details=company.details,
            roster=roster,
            declarations=[str(sentence) for sentence in DECLARATIONS],
            liability_wording=sentence,
        ).version
    moves = {
        State.APPROVED: Move.APPROVE,
        State.CHANGES_REQUESTED: Move.ASK_FOR_CHANGES,
        State.REJECTED: Move.REJECT,
    }
    with told_of(decided):
        if state in moves:
            decisions.decide(
                actor=cast.approver,
                request=request,
                move=moves[state],
                version=version,
                reason=said if isinstance(said, str) else "",
                asked=() if isinstance(said, str) else said,
                access_confirmed=True,
            )
        elif state is State.WITHDRAWN:
            withdrawal.withdraw(actor=cast.reseller, request=request)
    age(request, sent)
    request.refresh_from_db()
    return request


def _started(sent: datetime) -> datetime:
    return sent - timedelta(minutes=9)


def _decided(sent: datetime) -> datetime:
    return min(sent + timedelta(hours=5), timezone.now())


def age(request: RegistrationRequest, sent: datetime) -> None:
    """Set the clock of what just happened back to where the story wants it; what is on record has its time already."""
    started, decided = _started(sent), _decided(sent)
    row = RegistrationRequest.objects.filter(pk=request.pk)
    row.update(created_at=started, updated_at=started)
    row.filter(submitted_at__isnull=False).update(submitted_at=sent)
    row.filter(decided_at__isnull=False).update(decided_at=decided)
    Submission.objects.filter(request=request).update(submitted_at=sent)
    Evidence.objects.filter(request=request).update(uploaded_at=started)
    VatCheck.objects.filter(partner=request.partner, number=request.vat_number).update(
        asked_at=started, tried_at=started
    )
    Decision.objects.filter(submission__request=request).update(decided_at=decided)
    told = Notification.objects.filter(request=request)
    told.update(created_at=Subquery(Event.objects.filter(pk=OuterRef("event_id")).values("at")))
    told.filter(created_at__lt=timezone.now() - STILL_UNREAD).update(read_at=timezone.now())
    row.update(due_at=due_at_of(row.get()))
    customer = RegistrationRequest.objects.get(pk=request.pk).customer
    if customer is not None:
        Customer.objects.filter(pk=customer.pk).update(created_at=sent)
        Customer.objects.filter(pk=customer.pk, approved_at__isnull=False).update(approved_at=decided)
        customer.refresh_from_db()
        search_rows.refresh(customer)
        Contact.objects.filter(customer=customer).update(created_at=sent)
