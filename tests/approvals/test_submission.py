"""Sending a request: everything is written once and together, or nothing is."""

import pytest

from approvals.models import Mailing, RegistrationRequest, Submission
from approvals.refusals import (
    DeclarationsMissing,
    DuplicateNumber,
    NotAllowed,
    RequestGone,
    StaleDraft,
    WrongState,
)
from approvals.submission import submit
from approvals.workflow import State
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind, Role, Side
from contacts.refusals import PolicyBroken, UnknownContact
from customers.models import Customer, CustomerStatus, Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.request_builders import make_evidence, make_request

pytestmark = pytest.mark.django_db


def test_sending_a_draft_opens_the_customer_with_its_people_and_roles(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)

    submission = filled.confirm(onboarder, request)

    request.refresh_from_db()
    customer = Customer.objects.get()
    contact = Contact.objects.get()
    assert (request.state, request.customer, request.submitted_by) == (State.SUBMITTED, customer, onboarder)
    assert request.submitted_at is not None
    assert (request.company_name, request.vat_number) == ("Kempenvaart Logistiek NV", filled.VAT)
    assert (customer.partner, customer.status, customer.vat_number) == (partner, CustomerStatus.PENDING, filled.VAT)
    assert (contact.customer, contact.email) == (customer, "ines@kempenvaart.example")
    assert {(held.role, held.contact) for held in RoleAssignment.objects.all()} == {
        (role.value, contact) for role in Role
    }
    assert (submission.version, submission.submitted_by) == (1, onboarder)
    assert submission.declarations == filled.DECLARATIONS


def test_the_submission_keeps_what_was_sent_word_for_word(partner: Partner, onboarder: User) -> None:
    submission = filled.confirm(onboarder, filled.started(partner, onboarder))

    contact = Contact.objects.get()
    holder = {
        "contact": contact.number,
        "name": "Ines Vermeulen",
        "kind": "person",
        "side": "customer",
        "email": "ines@kempenvaart.example",
        "phone": "+32470550117",
        "phone_readable": "+32 470 55 01 17",
        "phone_extension": "",
    }
    submission.refresh_from_db()
    assert submission.snapshot == {
        "vat": {
            "number": filled.VAT,
            "readable": _readable(filled.VAT),
            "country": "BE",
            "national_number": "",
            "no_vat_reason": "",
        },
        "register": {
            "state": "not_asked",
            "cause": "",
            "name": "",
            "address": "",
            "identifier": "",
            "asked_at": "",
            "reason": "",
        },
        "details": {
            "name": "Kempenvaart Logistiek NV",
            "legal_name": "",
            "phone": "+3214550142",
            "phone_readable": "+32 14 55 01 42",
            "phone_extension": "",
            "street": "Kanaalkade 14",
            "postcode": "2300",
            "city": "Turnhout",
            "country": "BE",
            "country_name": "Belgium",
            "industry_code": "H",
            "industry": Customer.objects.get().industry.name,
            "language": "en",
        },
        "relationship": "reseller",
        "uses_secwise_watch": True,
        "roles": [
            {"role": role, "holder": holder}
            for role in ("technical", "commercial", "dpo", "watch_list", "security_incident")
        ],
        "signing_authority": True,
        "liability": "",
        "evidence": [],
        "warnings": [],
    }


def _readable(canonical: str) -> str:
    return f"BE {canonical[2:6]}.{canonical[6:9]}.{canonical[9:]}"


def test_what_happened_is_on_record_and_on_its_way_to_the_sender(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    filled.confirm(onboarder, request)

    event = Event.objects.get(action="request.submitted")
    assert (event.actor, event.actor_name, event.reference) == (onboarder, "Lotte Verlinden", request.reference)
    assert (event.customer, event.facts) == (Customer.objects.get(), {"version": 1})
    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.recipient, mailing.version) == ("submitted", onboarder, 1)


def test_a_colleague_may_send_a_draft_and_is_then_the_sender(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    request = filled.started(partner, onboarder)
    filled.confirm(colleague, request)
    request.refresh_from_db()
    assert (request.created_by, request.submitted_by) == (onboarder, colleague)


def test_sending_twice_tells_who_sent_it_and_when(partner: Partner, onboarder: User, colleague: User) -> None:
    request = filled.started(partner, onboarder)
    version = request.version
    filled.confirm(onboarder, request)

    with pytest.raises(WrongState) as refusal:
        filled.confirm(colleague, request, version=version)

    assert (refusal.value.state, refusal.value.by) == (State.SUBMITTED, "Lotte Verlinden")
    assert refusal.value.at == Event.objects.get(action="request.submitted").at
    assert Submission.objects.count() == Customer.objects.count() == 1


@pytest.mark.parametrize("persona", ["viewer", "stranger", "approver", "csm", "customer_user"])
def test_only_who_may_onboard_for_the_partner_sends_its_drafts(
    persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
) -> None:
    draft = filled.started(partner, onboarder)
    with pytest.raises(NotAllowed):
        filled.confirm(request.getfixturevalue(persona), draft)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert Submission.objects.count() == 0


def test_a_page_opened_before_a_colleague_saved_does_not_send(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    request = filled.started(partner, onboarder)
    seen = request.version
    RegistrationRequest.objects.update(version=seen + 1, updated_by=colleague)

    with pytest.raises(StaleDraft) as refusal:
        filled.confirm(onboarder, request, version=seen)

    assert refusal.value.request.updated_by == colleague
    assert Customer.objects.count() == 0


def test_a_draft_deleted_meanwhile_is_named(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    RegistrationRequest.objects.all().delete()
    with pytest.raises(RequestGone):
        submit(
            actor=onboarder,
            request=request,
            version=1,
            details=filled.details(),
            roster=filled.roster(),
            declarations=filled.DECLARATIONS,
        )


@pytest.mark.parametrize("declarations", [[], [""], ["  "]])
def test_nothing_is_sent_without_its_declarations(declarations: list[str], partner: Partner, onboarder: User) -> None:
    with pytest.raises(DeclarationsMissing):
        filled.confirm(onboarder, filled.started(partner, onboarder), declarations=declarations)
    assert Submission.objects.count() == 0


def test_a_number_that_became_a_customer_meanwhile_is_refused(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    existing = builders.make_customer(partner, vat_number=filled.VAT)

    with pytest.raises(DuplicateNumber) as refusal:
        filled.confirm(onboarder, request)

    assert (refusal.value.found.kind, refusal.value.found.customer) == ("customer", existing)
    assert Customer.objects.get() == existing


def test_the_same_number_at_another_partner_is_no_obstacle(
    partner: Partner, onboarder: User, other_partner: Partner, stranger: User
) -> None:
    builders.make_customer(other_partner, vat_number=filled.VAT)
    make_request(other_partner, stranger, State.SUBMITTED, vat_number=filled.OTHER_VAT)
    filled.confirm(onboarder, filled.started(partner, onboarder))
    filled.confirm(
        onboarder,
        filled.started(partner, onboarder, filled.OTHER_VAT),
        details=filled.details(vat_number=filled.OTHER_VAT),
    )
    assert Submission.objects.filter(request__partner=partner).count() == 2


def test_the_policy_is_asked_again_and_nothing_is_kept_where_it_refuses(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    banned = filled.roster(people={"new-1": filled.person(email="ines@cronos.be")})

    with pytest.raises(PolicyBroken) as refusal:
        filled.confirm(onboarder, request, roster=banned)

    assert [found.code for found in refusal.value.violations] == ["blocked_domain"]
    assert (Customer.objects.count(), Contact.objects.count(), Mailing.objects.count()) == (0, 0, 0)


def test_a_contact_of_another_partner_is_unknown(partner: Partner, onboarder: User, other_partner: Partner) -> None:
    theirs = builders.make_contact(other_partner)
    tampered = filled.roster(holders=dict.fromkeys(Role, theirs.number))
    with pytest.raises(UnknownContact):
        filled.confirm(onboarder, filled.started(partner, onboarder), roster=tampered)
    assert Customer.objects.count() == 0


OWN_SIGNATORY = {"new-1": filled.person(Side.OWN, email="pieter.maes@brightcloud.example")}
SENTENCE = "Brightcloud assumes the legal liability for this customer."


def test_liability_is_accepted_with_its_sentence_which_is_kept(partner: Partner, onboarder: User) -> None:
    accepting = filled.roster(people=OWN_SIGNATORY, accepts_liability=True)
    submission = filled.confirm(
        onboarder, filled.started(partner, onboarder), roster=accepting, liability_wording=SENTENCE
    )
    assert submission.snapshot["liability"] == SENTENCE
    assert "liability_accepted" in {warning["code"] for warning in submission.snapshot["warnings"]}


@pytest.mark.parametrize(("accepts", "wording"), [(True, ""), (True, " "), (False, SENTENCE)])
def test_liability_needs_both_the_tick_and_the_sentence(
    accepts: bool, wording: str, partner: Partner, onboarder: User
) -> None:
    half = filled.roster(people=OWN_SIGNATORY, accepts_liability=accepts)
    with pytest.raises(PolicyBroken):
        filled.confirm(onboarder, filled.started(partner, onboarder), roster=half, liability_wording=wording)


def test_a_value_add_partner_sends_with_the_customers_written_approval(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    with pytest.raises(PolicyBroken):
        filled.confirm(onboarder, request, roster=filled.value_add_roster())
    document = make_evidence(request, onboarder, EvidenceKind.CUSTOMER_APPROVAL, "approval.pdf")

    submission = filled.confirm(onboarder, request, roster=filled.value_add_roster())

    assert Customer.objects.get().relationship == Relationship.VALUE_ADD_PARTNER
    assert [entry["key"] for entry in submission.snapshot["evidence"]] == [str(document.key)]
    assert submission.snapshot["evidence"][0] == {
        "key": str(document.key),
        "kind": "customer_approval",
        "name": "approval.pdf",
        "size": document.size,
        "sha256": document.sha256,
        "content_type": "application/pdf",
    }


def test_a_document_that_was_taken_away_does_not_count(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    document = make_evidence(request, onboarder, EvidenceKind.CUSTOMER_APPROVAL)
    document.removed_at = document.uploaded_at
    document.save()
    with pytest.raises(PolicyBroken):
        filled.confirm(onboarder, request, roster=filled.value_add_roster())
