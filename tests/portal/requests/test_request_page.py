"""The page of one request, its confirmation, and taking it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from approvals import promise
from approvals.models import Evidence, RegistrationRequest, Submission
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import request_builders
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request

REASON = "Name a person of Kempenvaart who signs.\nGive a phone number."


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def page(client: Client, request: RegistrationRequest, name: str = "") -> Any:
    return client.get(f"/requests/{request.reference}/{name}")


@pytest.mark.parametrize(
    ("state", "words", "staff_words"),
    [
        (State.DRAFT, "Draft", ""),
        (State.SUBMITTED, "Waiting for Arxus", "Waiting for us"),
        (State.CHANGES_REQUESTED, "Waiting for you", "Waiting for the partner"),
        (State.APPROVED, "Approved", "Approved"),
        (State.REJECTED, "Rejected", "Rejected"),
        (State.WITHDRAWN, "Withdrawn", "Withdrawn"),
    ],
)
def test_it_says_where_it_stands_in_the_readers_words(
    state: State, words: str, staff_words: str, partner: Partner, onboarder: User, csm: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, state, name="Kempenvaart NV", vat_number="BE0477472701")

    assert f"Kempenvaart NV {words} {request.reference} BE 0477.472.701" in text_of(page(signed_in(onboarder), request))
    if staff_words:
        staff = text_of(page(signed_in(csm), request))
        assert f"Kempenvaart NV {staff_words} {request.reference} BE 0477.472.701 Brightcloud" in staff


def test_changes_asked_for_stand_on_top_with_the_way_to_make_them(
    partner: Partner, onboarder: User, client: Client
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, reason=REASON)

    response = page(client, request)

    assert "Arxus asks for changes" in text_of(response)
    assert "Name a person of Kempenvaart who signs. Give a phone number. Change and send back" in text_of(response)
    assert f"/requests/{request.reference}/changes/" in links_of(response)


def test_who_may_only_look_reads_the_reason_and_cannot_go_on(
    partner: Partner, onboarder: User, viewer: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, reason=REASON)

    response = page(signed_in(viewer), request)

    assert "Give a phone number." in text_of(response)
    assert "Waiting for your colleagues" in text_of(response)
    assert "Your colleagues make the changes and send it again" in text_of(response)
    assert "Waiting for you " not in text_of(response)
    assert not any(link.startswith(("/onboarding/", "/customers/new/")) for link in links_of(response))
    assert "Actions" not in text_of(response)


def test_a_rejection_tells_why(partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.REJECTED, reason=REASON)

    response = page(client, request)

    assert "Arxus rejected this request" in text_of(response)
    assert "Give a phone number." in text_of(response)
    assert "Start again with these answers" in text_of(response)


def test_an_approval_leads_to_the_customer(partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.APPROVED)
    assert request.customer is not None

    assert f"/customers/{request.customer.number}/" in links_of(page(client, request))


def test_what_was_sent_is_read_from_the_submission(partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED, name="As It Was NV", vat_number="BE0477472701")
    assert request.customer is not None
    request.customer.name = "Changed Since"
    request.customer.save()

    said = text_of(page(client, request))

    assert "Company name As It Was NV" in said
    assert "VAT number BE 0477.472.701" in said
    assert "Address Kanaalkade 14 2300 Turnhout, Belgium" in said
    assert "Secwise Watch Yes" in said
    assert "Relationship Reseller" in said
    assert "Declared by whoever sent it The data are right." in said
    assert "Changed Since" not in said


def test_people_are_shown_with_their_side_and_how_to_reach_them(
    partner: Partner, onboarder: User, client: Client
) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED)
    assert request.customer is not None
    technical = request.customer.assignments.get(role="technical").contact

    assert f"Technical {technical.full_name} This customer · {technical.email} · +32 470 55 01 17" in text_of(
        page(client, request)
    )


def test_staff_read_the_partners_name_where_the_partner_reads_its_own_side(
    partner: Partner, onboarder: User, csm: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, relationship=Relationship.VALUE_ADD_PARTNER)

    assert "Your organisation · els" in text_of(page(signed_in(onboarder), request))
    assert "Brightcloud · els" in text_of(page(signed_in(csm), request))


def test_every_version_stays_readable(partner: Partner, onboarder: User, approver: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, reason=REASON, approver=approver)
    assert request.customer is not None
    request_builders.submit(request, onboarder, request.customer, request_builders.days_ago(0))

    said = text_of(page(client, request))

    assert "What was sent Version 2," in said
    assert "An earlier version Version 1," in said
    assert "What Arxus answered Name a person of Kempenvaart who signs." in said
    assert "You sent the request Version 2" in said


def test_sender_and_time_are_those_of_the_latest_version(
    partner: Partner, onboarder: User, colleague: User, approver: User, client: Client
) -> None:
    request = make_request(
        partner, onboarder, State.CHANGES_REQUESTED, approver=approver, submitted_at=request_builders.days_ago(3)
    )
    assert request.customer is not None
    request_builders.submit(request, colleague, request.customer, request_builders.days_ago(2))

    assert "Sent by Pieter Maes 2 days ago" in text_of(page(client, request))
    assert "Pieter Maes sent the request 2 days ago" in text_of(page(client, request, "sent/"))


def test_the_story_tells_partners_arxus_and_staff_the_name(
    partner: Partner, onboarder: User, approver: User, csm: User, colleague: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, approver=approver)

    theirs, colleagues, ours = (text_of(page(signed_in(user), request)) for user in (onboarder, colleague, csm))

    assert "You started the request" in theirs
    assert "Lotte Verlinden started the request" in colleagues
    assert "Arxus asked for changes" in theirs
    assert "Dhondt" not in theirs + colleagues
    assert "Sofie Dhondt asked for changes" in ours


def test_what_staff_noted_for_themselves_is_not_for_the_partner(
    partner: Partner, onboarder: User, approver: User, csm: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    request_builders.record(request, approver, "request.exception_granted", reason="An internal matter")

    theirs = text_of(page(signed_in(onboarder), request))

    assert "Arxus lets the request go without the customer’s written approval" in theirs
    assert "An internal matter" not in theirs


def test_the_approver_is_led_to_the_decision(
    partner: Partner, onboarder: User, approver: User, csm: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED)
    address = f"/admin/approvals/registrationrequest/{request.reference}/change/"

    assert address in links_of(page(signed_in(approver), request))
    assert address not in links_of(page(signed_in(csm), request))


@pytest.mark.parametrize("state", State)
def test_the_page_costs_ten_queries_at_most(
    state: State,
    partner: Partner,
    onboarder: User,
    client: Client,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    request = make_request(partner, onboarder, state, evidence=EvidenceKind.LIABILITY_AGREEMENT)

    with django_assert_max_num_queries(10):
        page(client, request)


class TestConfirmation:
    def test_says_reference_what_happens_next_and_whom_to_call(
        self, partner: Partner, onboarder: User, client: Client
    ) -> None:
        request = make_request(partner, onboarder, State.SUBMITTED, name="Kempenvaart NV")

        response = page(client, request, "sent/")
        said = text_of(response)

        assert f"Request sent Kempenvaart NV is with Arxus for approval. Your reference {request.reference}" in said
        assert "You sent the request" in said
        assert f"We answer by {promise.moment(request.due_at)}." in said
        assert "To reseller@brightcloud.example. Nothing is sent to the customer before that." in said
        assert "Hanne Wouters" in said
        assert {
            "/customers/new/",
            f"/requests/{request.reference}/",
            f"/requests/{request.reference}/withdraw/",
        } <= set(links_of(response))

    def test_promises_that_a_value_add_partners_customer_hears_nothing(
        self, partner: Partner, onboarder: User, client: Client
    ) -> None:
        request = make_request(partner, onboarder, relationship=Relationship.VALUE_ADD_PARTNER)

        assert "Nothing is ever sent to the customer." in text_of(page(client, request, "sent/"))

    @pytest.mark.parametrize("state", [State.CHANGES_REQUESTED, State.APPROVED, State.REJECTED, State.WITHDRAWN])
    def test_keeps_its_address_whatever_comes(
        self, state: State, partner: Partner, onboarder: User, client: Client
    ) -> None:
        request = make_request(partner, onboarder, state)

        response = page(client, request, "sent/")

        assert response.status_code == 200
        assert request.reference in text_of(response)
        assert "Arxus checks it" not in text_of(response)

    def test_of_a_draft_is_its_page(self, partner: Partner, onboarder: User, client: Client) -> None:
        request = make_request(partner, onboarder, State.DRAFT)

        assert page(client, request, "sent/")["Location"] == f"/requests/{request.reference}/"


def test_looking_at_requests_writes_nothing(partner: Partner, onboarder: User, client: Client) -> None:
    requests = [make_request(partner, onboarder, state) for state in State]
    counted = [model.objects.count() for model in (Event, RegistrationRequest, Submission, Evidence)]

    for request in requests:
        for name in ("", "sent/", "withdraw/", "discard/"):
            page(client, request, name)

    assert [model.objects.count() for model in (Event, RegistrationRequest, Submission, Evidence)] == counted
