"""One of everything there is a page for, and who looks at it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals import copies, decisions, holding
from approvals.changes import snippets
from approvals.changes.asking import Asked
from approvals.conversations import conversation
from approvals.models import RegistrationRequest
from approvals.workflow import Move, State
from contacts.acceptance import Accepted, record_acceptance
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from customers.models import Customer, Partner, VatCheck
from customers.permissions import MembershipRole
from customers.vies import Cause, Outcome
from portal.models import Export, User
from tests import builders, request_builders
from tests.approvals import talk
from tests.approvals.posted import announce_sent
from tests.portal.directory.saved_views.views_made import saved
from tests.portal.onboarding.walk import DETAILS, Walk, contacts_of
from tests.portal.onboarding.walk import Page as WizardPage
from tests.request_builders import days_ago, make_request

WARNINGS: list[dict[str, Any]] = [
    {
        "role": "security_incident",
        "code": "phone_advised",
        "message": "%(name)s has no phone number. Secwise can only write, even at night.",
        "params": {"name": "Ines Vermeulen"},
    }
]
ODD = {"postcode": "3700", "city": "Gent", "phone": "+32 440 12 34 56"}
ASKED = [
    Asked(field="vat.number", code="not_in_register"),
    Asked(field="details.address", code="other", text="Is it 14, or 14 bus 2?\n" + "Kanaalkade" * 12),
    Asked(field="relationship", code="another_fits"),
    Asked(field="roles.technical.phone", code="nobody_answers"),
    Asked(field="roles.commercial", code="may_not_sign"),
    Asked(field="evidence.liability_agreement", code="document_missing"),
]
LIABILITY = "We have no such agreement. Brightcloud accepts all legal liability for this customer."
LONG = "Vennootschap voor de Bevordering van het Goederenvervoer over de Kempische Binnenwateren en Aanverwanten NV"


@dataclass(frozen=True, kw_only=True)
class World:
    """Who looks, and what there is to be named in an address."""

    people: dict[str, User | None]
    names: dict[str, str]


def make_world(
    *,
    partner: Partner,
    other_partner: Partner,
    onboarder: User,
    csm: User,
    approver: User,
    customer_user: User,
    customer: Customer,
) -> World:
    """One of everything there is a page for."""
    names = {state.value: make_request(partner, onboarder, state).reference for state in State}
    warned_of = make_request(partner, onboarder, name=LONG, submitted_at=days_ago(9), warnings=WARNINGS)
    builders.make_customer(other_partner, vat_number=warned_of.vat_number)
    announce_sent(RegistrationRequest.objects.get(reference=names[State.SUBMITTED.value]))
    announce_sent(warned_of)
    second = make_request(
        partner, onboarder, State.CHANGES_REQUESTED, name="Second NV", evidence=EvidenceKind.LIABILITY_AGREEMENT
    )
    assert second.customer is not None
    request_builders.submit(second, onboarder, second.customer, days_ago(0))
    excepted = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    decisions.grant_exception(actor=approver, request=excepted, reason="The customer is in receivership.")
    closed = make_request(partner, onboarder, State.REJECTED, reason="The number is of another company.")
    again = copies.start_again(actor=onboarder, request=closed).draft
    accepted = {"last_name": "Janssens", "email": "els@atelier-janssens.example", "phone": "+32470550117"}
    for first_name in ("Elsa", "Els"):
        record_acceptance(
            actor=approver,
            customer=customer,
            accepted=Accepted(first_name=first_name, accepted_on=date(2026, 3, 2), **accepted),
        )
    names |= {
        "again": again.reference,
        "warned_of": warned_of.reference,
        "second": second.reference,
        "excepted": excepted.reference,
        "own": (own := make_request(partner, approver)).reference,
        "complete": customer.number,
        "incomplete": builders.make_customer(partner, name=LONG).number,
        "partner_key": str(partner.pk),
        "user_key": str(onboarder.pk),
        "industry_key": str(customer.industry_id),
        "customer_key": str(customer.pk),
    }
    for reference, outcome in (
        (names["submitted"], Outcome.NO_ANSWER),
        (warned_of.reference, Outcome.NOT_REGISTERED),
        (own.reference, Outcome.REGISTERED),
    ):
        number = RegistrationRequest.objects.get(reference=reference).vat_number
        names["check_key"] = str(_register_says(partner, number, outcome).pk)
    people = request_builders.fill_roles(customer)
    names["contact_key"] = str(people[Role.TECHNICAL].pk)
    return World(
        people={
            "visitor": None,
            "newcomer": builders.make_member(builders.make_partner("Fresh IT"), MembershipRole.ONBOARDER),
            "reseller": onboarder,
            "onboarder": onboarder,
            "csm": csm,
            "customer user": customer_user,
            "approver": approver,
            "administrator": builders.make_user("root@arxus.example", is_staff=True, is_superuser=True),
        },
        names=names
        | _conversations(partner, onboarder, customer_user, approver)
        | _held(partner, onboarder, approver)
        | _views(partner, onboarder)
        | _exports(partner, onboarder)
        | _drafts(partner, onboarder, approver)
        | _told_by_the_register(partner, onboarder),
    )


def _held(partner: Partner, onboarder: User, approver: User) -> dict[str, str]:
    """Requests that are held, or wait for the second of two approvers: each the approver's and a colleague's doing."""
    colleague = builders.make_user(
        "held@arxus.example", is_staff=True, groups=("Approvers",), first_name="Karim", last_name="Benali"
    )
    made = {name: make_request(partner, onboarder, liability=LIABILITY) for name in ("first_by_me", "first_by_another")}
    made |= {name: make_request(partner, onboarder, name=LONG) for name in ("mine", "held")}
    unconfirmed = made["unconfirmed"] = make_request(partner, onboarder, liability=LIABILITY)
    Contact.objects.filter(customer=unconfirmed.customer).update(access_confirmed_at=None, access_confirmed_by=None)
    holding.take(actor=approver, request=made["mine"])
    holding.take(actor=colleague, request=made["held"])
    for name, actor in (("first_by_me", approver), ("first_by_another", colleague)):
        given = {"override_reason": "Seen the letter.\nIt names the signatory."}
        decisions.decide(actor=actor, request=made[name], move=Move.APPROVE, version=1, **given)
    return {name: request.reference for name, request in made.items()}


def _exports(partner: Partner, onboarder: User) -> dict[str, str]:
    """A file that waits, one on its way, one to fetch, one that failed, and one whose worker is gone."""
    now = timezone.now()
    later, before = now + timedelta(hours=1), now - timedelta(hours=1)
    kinds: dict[str, dict[str, Any]] = {
        "file_waits": {"claimed_until": later},
        "file_begun": {"state": "running", "total": 412_300, "written": 118_000, "claimed_until": later},
        "file_left": {"state": "running", "total": 412_300, "written": 118_000, "claimed_until": before},
        "file_ready": {"state": "ready", "file": "x", "written": 9, "finished_at": now, "expires_at": later},
        "file_failed": {"state": "failed", "fault": "interrupted", "finished_at": now},
        "file_gone": {"state": "cancelled", "finished_at": now},
    }
    made = {"owner": onboarder, "partner": partner, "format": "csv", "language": "en", "address": "sort=-name"}
    return {name: Export.objects.create(**made, **state).number for name, state in kinds.items()}


def _views(partner: Partner, onboarder: User) -> dict[str, str]:
    """Views of the table of customers: two of one's own, one with a long name, and one that a colleague shares."""
    colleague = builders.make_member(partner, MembershipRole.ONBOARDER, "views@brightcloud.example")
    saved(colleague, f"{LONG[:56]}…", "country=NL", shared=True)
    own = [saved(onboarder, name, "roles=incomplete&columns=company,town") for name in ("To mend", "Kempen" * 10)]
    return {"view": own[0].number}


def _conversations(partner: Partner, onboarder: User, customer_user: User, approver: User) -> dict[str, str]:
    """A request that both sides and Arxus alone wrote about, a question that waits, and one that is settled."""
    request = make_request(partner, onboarder, name="Besproken NV")
    talk.write(onboarder, request, f"{'moved' * 40}.\n\nDoes the agreement still do?", files=[talk.pdf()])
    talk.note(approver, request, files=[talk.pdf(f"{'Kempenvaart' * 12}.pdf")])
    talk.write(approver, request, "It does. See https://www.arxus.example/agreement")
    question = talk.ask(onboarder, LONG, about_request=request, page=f"/requests/{request.reference}/").thread
    talk.write(approver, question, "Try again now.")
    talk.note(approver, question)
    talk.write(onboarder, question, "Still not.")
    talk.ask(customer_user, "Who is our DPO contact?")
    settled = talk.ask(onboarder, "May a colleague see invoices?").thread
    conversation.close(actor=approver, thread=settled)
    return {"talked_about": request.reference, "question": question.reference, "settled": settled.reference}


def _told_by_the_register(partner: Partner, onboarder: User) -> dict[str, str]:
    """Drafts that have come to the details, by what the VAT register said of their number."""
    client = Client()
    client.force_login(onboarder)
    drafts = {}
    for name, number, outcome in (
        ("registered", "BE0999124447", Outcome.REGISTERED),
        ("undisclosed", "DE999124015", Outcome.REGISTERED),
        ("unregistered", "BE0999123457", Outcome.NOT_REGISTERED),
        ("silent", "NL999124001B83", Outcome.NO_ANSWER),
        ("by_hand", "GB980780684", Outcome.NOT_APPLICABLE),
    ):
        walked = Walk(client)
        walked.start(number, number[:2])
        drafts[name] = walked.draft.reference
        _register_says(partner, number, outcome, discloses=name != "undisclosed")
    typed = {"no_vat": "on", "national_number": "0123.456.749", "country": "BE", "no_vat_reason": "exempt"}
    WizardPage(client, reverse("add-customer")).press(**typed)
    return drafts | {"numberless": Walk(client).draft.reference}


def _register_says(partner: Partner, number: str, outcome: Outcome, *, discloses: bool = True) -> VatCheck:
    is_told = outcome is Outcome.REGISTERED and discloses
    causes = {Outcome.NO_ANSWER: Cause.COUNTRY_DOWN, Outcome.NOT_APPLICABLE: Cause.OTHER_COUNTRY}
    is_silent = outcome is Outcome.NO_ANSWER
    return VatCheck.objects.create(
        partner=partner,
        number=number,
        outcome=outcome.value,
        cause=causes.get(outcome, ""),
        name=LONG.upper() if is_told else "",
        address="Scheepswerfkaai 1408 bus 12\n3000 Leuven" if is_told else "",
        identifier="WAPIAAAAW1nCIRzs" if is_told else "",
        raw='{"isValid": true, "userError": "VALID", "address": "' + "Kade " * 40 + '"}' if is_told else "",
        asked_at=days_ago(0),
        tried_at=days_ago(0),
        took=1.6,
        tries=3 * is_silent,
        silent_since=days_ago(1) if is_silent else None,
        next_try_at=days_ago(-1) if is_silent else None,
    )


def _drafts(partner: Partner, onboarder: User, approver: User) -> dict[str, str]:
    """The wizard's drafts by the state they are in, each filled in as a person does."""
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens")
    silent = builders.make_contact(partner, first_name="Ines", last_name="Vermeulen", phone="")
    gone = builders.make_contact(partner, first_name="Wout", last_name="Claes")
    client = Client()
    client.force_login(onboarder)
    drafts: dict[str, RegistrationRequest] = {}

    def walk(name: str) -> Walk:
        walked = Walk(client)
        walked.start(builders.belgian_vat(8_000_000 + len(drafts)))
        drafts[name] = walked.draft
        if name != "details":
            walked.open("details").press(**DETAILS | {"name": LONG})
        return walked

    def choose(name: str, button: str, contact: Contact, **choice: Any) -> Walk:
        walked = walk(name)
        walked.open("contacts").press(button, **contacts_of(contact, **choice))
        return walked

    walk("details")
    walk("contacts")
    choose("evidence", "later", els, accepts_liability="", signing_authority="")
    choose("misfits", "later", gone, relationship="value_add_partner")
    choose("warned", "next", els, uses_secwise_watch="on", security_incident=silent.number)
    odd = builders.make_contact(
        partner, first_name="Ria", last_name="Maes", email="ria@gmial.com", phone="+32440123456"
    )
    choose("odd", "next", odd).open("details").press(**DETAILS | {"name": LONG} | ODD)
    choose("broken", "next", els, watch_list=gone.number)
    reopened = choose("reopened", "next", els)
    reopened.confirm()
    decisions.decide(
        actor=approver,
        request=reopened.draft,
        move=Move.ASK_FOR_CHANGES,
        version=1,
        reason="The street number is wrong.\nWhich one is the seat?",
        asked=ASKED,
    )
    snippets.save(actor=approver, title="Called", text="We called three times.", shared=True)
    Contact.objects.filter(pk=gone.pk).update(removed_at=days_ago(1))
    return {name: draft.reference for name, draft in drafts.items()}
