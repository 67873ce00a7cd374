"""The button that starts a rejected or withdrawn request again, and what the draft says of it."""

from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from contacts.policy import EvidenceKind
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import Walk
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request, typed_answers

# The verb commits by itself.
pytestmark = pytest.mark.django_db(transaction=True)

BUTTON = "Start again with these answers"


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def page_of(client: Client, request: RegistrationRequest) -> str:
    return text_of(client.get(f"/requests/{request.reference}/"))


def press(client: Client, request: RegistrationRequest) -> str:
    response = client.post(f"/requests/{request.reference}/start-again/")
    assert response.status_code == 302
    return str(response["Location"])


def test_a_rejected_request_is_started_again_where_its_answers_need_it(partner: Partner, client: Client) -> None:
    walked = Walk(client)
    walked.to_review(builders.make_contact(partner))
    walked.confirm()
    closed = walked.draft
    closed.customer.status = "rejected"
    closed.customer.save()
    RegistrationRequest.objects.filter(pk=closed.pk).update(state="rejected", reason="It has stopped.", due_at=None)

    address = press(client, closed)

    draft = closed.copies.get()
    assert address == f"/onboarding/{draft.reference}/review/"
    review = client.get(address)
    assert "It has stopped." in text_of(review)
    assert f"/requests/{closed.reference}/" in links_of(review)
    assert "Kempenvaart Logistiek NV" in text_of(review)
    assert walked.confirm()["Location"] == f"/requests/{draft.reference}/sent/"
    draft.refresh_from_db()
    assert (draft.state, draft.customer != closed.customer) == (State.SUBMITTED, True)


@pytest.mark.parametrize("step", ["vat", "details"])
def test_the_old_reason_stands_on_top_of_every_step_and_of_the_drafts_page(
    step: str, partner: Partner, onboarder: User, client: Client
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED, reason="The number is of <b>another</b> company.")
    press(client, closed)
    draft = closed.copies.get()

    for address in (f"/onboarding/{draft.reference}/{step}/", f"/requests/{draft.reference}/"):
        page = client.get(address)
        assert "The number is of <b>another</b> company." in text_of(page)
        assert b"<b>another</b>" not in page.content
        assert closed.reference in text_of(page)


def test_a_withdrawn_request_says_where_the_answers_are_from(partner: Partner, onboarder: User, client: Client) -> None:
    closed = make_request(partner, onboarder, State.WITHDRAWN)
    press(client, closed)

    text = page_of(client, closed.copies.get())
    assert (f"This began with the answers of {closed.reference}" in text, "which was withdrawn" in text) == (True, True)


def test_the_old_request_leads_to_the_new_one(partner: Partner, onboarder: User, client: Client) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    assert BUTTON in page_of(client, closed)

    press(client, closed)

    draft = closed.copies.get()
    assert f"Started again as {draft.reference}" in page_of(client, closed)
    assert press(client, closed) == f"/onboarding/{draft.reference}/details/"
    assert RegistrationRequest.objects.count() == 2


def test_staff_learn_nothing_of_the_draft_until_it_is_sent(
    partner: Partner, onboarder: User, csm: User, client: Client, signed_in: SignIn
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    # The page tells how long ago things happened.
    with time_machine.travel(timezone.now(), tick=False):
        before = signed_in(csm).get(f"/requests/{closed.reference}/")

        press(client, closed)

        after = signed_in(csm).get(f"/requests/{closed.reference}/")
    assert text_of(after) == text_of(before)


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.APPROVED])
def test_other_requests_have_no_such_button_and_say_why_they_are_not_started_again(
    state: State, partner: Partner, onboarder: User, client: Client
) -> None:
    request = make_request(partner, onboarder, state)

    assert BUTTON not in page_of(client, request)
    assert press(client, request) == f"/requests/{request.reference}/"
    assert RegistrationRequest.objects.count() == 1


def test_who_may_only_look_sees_no_button_and_is_told(
    partner: Partner, onboarder: User, viewer: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.REJECTED)
    client = signed_in(viewer)

    assert BUTTON not in page_of(client, request)
    answer = client.post(f"/requests/{request.reference}/start-again/", follow=True)
    assert "Your account may not do this." in text_of(answer)
    assert RegistrationRequest.objects.count() == 1


def test_a_number_requested_meanwhile_is_told_with_its_reference(
    partner: Partner, onboarder: User, client: Client
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    other = make_request(partner, onboarder, State.SUBMITTED, vat_number=closed.vat_number)

    answer = client.post(f"/requests/{closed.reference}/start-again/", follow=True)

    assert f"You have already requested a customer with this number: {other.reference}." in text_of(answer)


def test_a_damaged_document_is_named_in_the_wizard(partner: Partner, onboarder: User, client: Client) -> None:
    closed = make_request(
        partner,
        onboarder,
        State.REJECTED,
        evidence=EvidenceKind.LIABILITY_AGREEMENT,
        answers=typed_answers("Kempenvaart NV", builders.belgian_vat(9_900_001)),
    )
    Path(closed.evidence.get().file.path).write_bytes(b"Altered")

    answer = client.post(f"/requests/{closed.reference}/start-again/", follow=True)

    assert "We could not take “agreement.pdf” along" in text_of(answer)
    assert Contact.objects.filter(partner=partner).count() == 0
