"""Holds and first approvals on the pages: who is on what, what one may press, and what is told where one may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from approvals import holding
from approvals.decisions import decide
from approvals.models import Decision, RegistrationRequest
from approvals.workflow import Move
from customers.models import Event, Partner
from portal.models import User
from tests.portal.reading import companies_in, links_of, text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest) -> str:
    return f"{QUEUE}{request.reference}/change/"


def post(client: Client, request: RegistrationRequest, act: str, **data: Any) -> Any:
    return client.post(f"{QUEUE}{request.reference}/{act}/", data)


def holder_of(request: RegistrationRequest) -> User | None:
    return RegistrationRequest.objects.get(pk=request.pk).holder()


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV", submitted_at=days_ago(2))


@pytest.fixture
def liable(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Liable NV", submitted_at=days_ago(1), liability="We are liable.")


class TestQueue:
    def test_everybody_sees_who_is_on_what(
        self,
        staff: Client,
        sent: RegistrationRequest,
        liable: RegistrationRequest,
        partner: Partner,
        onboarder: User,
        approver: User,
        second_approver: User,
        csm: User,
        signed_in: SignIn,
    ) -> None:
        make_request(partner, onboarder, name="Free NV")
        holding.take(actor=approver, request=sent)
        holding.take(actor=second_approver, request=liable)

        words = text_of(staff.get(QUEUE))
        assert words.index("All clear You") < words.index("All clear Karim Benali") < words.index("All clear Nobody")
        assert "Karim Benali" in text_of(signed_in(csm).get(QUEUE))

    def test_what_one_holds_and_what_waits_for_a_second_approver_are_found_at_once(
        self,
        staff: Client,
        sent: RegistrationRequest,
        liable: RegistrationRequest,
        partner: Partner,
        onboarder: User,
        approver: User,
        second_approver: User,
    ) -> None:
        lapsed = make_request(partner, onboarder, name="Lapsed NV")
        holding.take(actor=approver, request=lapsed)
        RegistrationRequest.objects.filter(pk=lapsed.pk).update(held_at=timezone.now() - timedelta(minutes=30))
        holding.take(actor=approver, request=sent)
        decide(actor=second_approver, request=liable, move=Move.APPROVE, version=1)

        page = staff.get(QUEUE)
        mine = staff.get(f"{QUEUE}?only=mine")
        second = staff.get(f"{QUEUE}?only=second")

        assert "Held by you 1 For a second approver 1" in text_of(page)
        assert (companies_in(mine), companies_in(second)) == (["Kempenvaart Logistiek NV"], ["Liable NV"])
        assert "Approved by Karim Benali: needs a second approver" in text_of(second)

    @pytest.mark.parametrize("only", ["nonsense", "", "%00", "mine' OR 1=1"])
    def test_a_narrowing_that_is_none_shows_all(self, only: str, staff: Client, sent: RegistrationRequest) -> None:
        assert companies_in(staff.get(f"{QUEUE}?only={only}")) == ["Kempenvaart Logistiek NV"]

    def test_an_empty_narrowing_says_what_would_stand_there(self, staff: Client, sent: RegistrationRequest) -> None:
        assert "You hold no request." in text_of(staff.get(f"{QUEUE}?only=mine"))

    def test_whoever_may_only_look_finds_no_boxes_and_no_buttons(
        self, sent: RegistrationRequest, csm: User, signed_in: SignIn
    ) -> None:
        page = signed_in(csm).get(QUEUE).content.decode()
        assert "take-oldest" not in page
        assert 'name="chosen"' not in page


class TestTakingTheOldest:
    def test_takes_and_opens_it(self, staff: Client, sent: RegistrationRequest, approver: User) -> None:
        response = staff.post(f"{QUEUE}take-oldest/")
        assert (response["Location"], holder_of(sent)) == (page_of(sent), approver)

    def test_says_so_where_nothing_is_free(
        self, staff: Client, sent: RegistrationRequest, second_approver: User
    ) -> None:
        holding.take(actor=second_approver, request=sent)
        response = staff.post(f"{QUEUE}take-oldest/", follow=True)
        assert "Nothing is free: colleagues hold what waits" in text_of(response)

    def test_a_get_takes_nothing(self, staff: Client, sent: RegistrationRequest) -> None:
        assert (staff.get(f"{QUEUE}take-oldest/")["Location"], holder_of(sent)) == (QUEUE, None)


class TestDecisionPage:
    def test_taking_and_giving_back_are_buttons(self, staff: Client, sent: RegistrationRequest, approver: User) -> None:
        assert "Nobody holds it Take T" in text_of(staff.get(page_of(sent)))

        assert post(staff, sent, "take")["Location"] == page_of(sent)
        assert holder_of(sent) == approver
        assert "Held by you Give back G" in text_of(staff.get(page_of(sent)))

        response = staff.post(f"{QUEUE}{sent.reference}/give-back/", follow=True)
        assert f"Kempenvaart Logistiek NV ({sent.reference}) is free again." in text_of(response)
        assert holder_of(sent) is None

    def test_whoever_does_not_hold_it_reads_who_does_and_may_take_over(
        self, staff: Client, sent: RegistrationRequest, second_approver: User, approver: User
    ) -> None:
        holding.take(actor=second_approver, request=sent)
        page = staff.get(page_of(sent))
        assert "Karim Benali holds this request since" in text_of(page)
        assert "/decide/" not in page.content.decode()
        assert f"{QUEUE}{sent.reference}/take-over/" in links_of(page)

        asked = staff.get(f"{QUEUE}{sent.reference}/take-over/")
        assert "Take over from Karim Benali?" in text_of(asked)
        assert holder_of(sent) == second_approver

        response = post(staff, sent, "take-over", holder=second_approver.pk)
        assert (response["Location"], holder_of(sent)) == (page_of(sent), approver)
        assert Event.objects.get(action="request.taken_over").facts == {"from": "Karim Benali"}

    @pytest.mark.parametrize("holder", ["", "x", "0", "99999999999999999999", "\x00"])
    def test_taking_over_without_naming_the_holder_is_refused_and_names_them(
        self, holder: str, staff: Client, sent: RegistrationRequest, second_approver: User
    ) -> None:
        holding.take(actor=second_approver, request=sent)
        response = post(staff, sent, "take-over", holder=holder)
        assert response.status_code == 409
        assert "Karim Benali holds this request since" in text_of(response)
        assert holder_of(sent) == second_approver

    def test_there_is_nothing_to_take_over_where_nobody_holds_it(
        self, staff: Client, sent: RegistrationRequest
    ) -> None:
        assert staff.get(f"{QUEUE}{sent.reference}/take-over/")["Location"] == page_of(sent)

    @pytest.mark.parametrize("act", ["take", "give-back", "decide/reject"])
    def test_what_somebody_else_took_meanwhile_is_told_and_nothing_written_is_lost(
        self, act: str, staff: Client, sent: RegistrationRequest, second_approver: User
    ) -> None:
        holding.take(actor=second_approver, request=sent)
        response = post(staff, sent, act, version="1", reason="Which Ines?")

        words = text_of(response)
        assert response.status_code == 409
        assert "Karim Benali holds this request since" in words
        assert ("Your reason was not sent: Which Ines?" in words) is act.startswith("decide")
        assert (holder_of(sent), Decision.objects.count()) == (second_approver, 0)

    @pytest.mark.parametrize("act", ["take", "give-back", "take-over"])
    @pytest.mark.parametrize("persona", ["csm", "onboarder", "stranger"])
    def test_nobody_else_has_these_addresses(
        self, act: str, persona: str, sent: RegistrationRequest, signed_in: SignIn, request: pytest.FixtureRequest
    ) -> None:
        response = post(signed_in(request.getfixturevalue(persona)), sent, act)
        assert response.status_code in (302, 403)
        assert holder_of(sent) is None

    @pytest.mark.parametrize("act", ["take", "give-back", "take-over"])
    def test_what_does_not_exist_is_a_404(self, act: str, staff: Client) -> None:
        assert staff.post(f"{QUEUE}REQ-0000-0000/{act}/").status_code == 404


def test_after_a_decision_comes_what_one_could_decide_on(
    staff: Client, partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    first, held, own, mine = (
        make_request(partner, onboarder, submitted_at=days_ago(9 - number)) for number in range(4)
    )
    holding.take(actor=second_approver, request=held)
    own.submissions.update(submitted_by=approver)
    holding.take(actor=approver, request=mine)

    assert post(staff, first, "decide/approve", version="1")["Location"] == page_of(mine)
    assert post(staff, mine, "decide/reject", version="1", reason="Not a company.")["Location"] == QUEUE


def test_shortcuts_are_listed_where_they_apply(staff: Client, sent: RegistrationRequest, approver: User) -> None:
    assert "T Take up the oldest request that nobody holds ? Show or hide this list" in text_of(staff.get(QUEUE))
    free = text_of(staff.get(page_of(sent)))
    holding.take(actor=approver, request=sent)
    mine = text_of(staff.get(page_of(sent)))

    always = "A Approve: Enter then confirms C Ask for changes R Reject Q Back to the queue ? Show or hide this list"
    assert f"T Take this request {always}" in free
    assert f"G Give it back {always}" in mine
