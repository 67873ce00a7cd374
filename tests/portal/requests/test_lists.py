"""Requests by who has the ball."""

from collections.abc import Callable
from typing import Any

import pytest

from approvals import promise
from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import Partner
from portal.models import User
from portal.requests import views
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of
from tests.request_builders import days_ago, make_request, submit

IN_TAB = {
    "you": [State.CHANGES_REQUESTED, State.DRAFT],
    "arxus": [State.SUBMITTED],
    "done": [State.APPROVED, State.REJECTED, State.WITHDRAWN],
}


@pytest.fixture
def requests(partner: Partner, onboarder: User, colleague: User) -> dict[State, RegistrationRequest]:
    return {
        state: make_request(partner, colleague, state, name=f"Company {state.value}", submitted_at=days_ago(2))
        for state in State
    }


@pytest.mark.parametrize("tab", IN_TAB)
def test_each_tab_holds_what_one_side_has_to_act_on(
    tab: str, requests: dict[State, RegistrationRequest], onboarder: User, signed_in: SignIn
) -> None:
    response = signed_in(onboarder).get(f"/requests/?tab={tab}")

    assert sorted(companies_in(response)) == sorted(f"Company {state.value}" for state in IN_TAB[tab])
    assert "Waiting for you 2 At Arxus 1 Done 3" in text_of(response)


def test_partners_start_with_what_waits_for_them_and_staff_with_what_waits_for_arxus(
    requests: dict[State, RegistrationRequest], onboarder: User, csm: User, signed_in: SignIn
) -> None:
    assert companies_in(signed_in(onboarder).get("/requests/")) == ["Company changes_requested", "Company draft"]
    assert companies_in(signed_in(csm).get("/requests/")) == ["Company submitted"]
    assert companies_in(signed_in(onboarder).get("/requests/?tab=junk")) == [
        "Company changes_requested",
        "Company draft",
    ]


def test_nothing_waits_for_who_may_only_look(
    requests: dict[State, RegistrationRequest], viewer: User, signed_in: SignIn
) -> None:
    client = signed_in(viewer)

    assert "Waiting for your colleagues 2 At Arxus 1 Done 3" in text_of(client.get("/requests/"))
    for address in ("/", "/requests/"):
        assert "waiting for you " not in text_of(client.get(address)).lower()


def test_staff_read_whose_request_it_is_and_see_no_drafts(
    requests: dict[State, RegistrationRequest], csm: User, signed_in: SignIn
) -> None:
    response = signed_in(csm).get("/requests/?tab=you")

    assert companies_in(response) == ["Company changes_requested"]
    assert "Waiting for the partner Company changes_requested Brightcloud · The phone number" in text_of(response)


def test_a_draft_says_how_far_it_is_and_leads_on(
    requests: dict[State, RegistrationRequest], onboarder: User, viewer: User, signed_in: SignIn
) -> None:
    draft = requests[State.DRAFT]

    response = signed_in(onboarder).get("/requests/")

    assert "Draft Company draft Step 2 of 4, started by Pieter Maes" in text_of(response)
    assert f"/onboarding/{draft.reference}/details/" in links_of(response)
    assert f"/requests/{draft.reference}/" in links_of(signed_in(viewer).get("/requests/"))


def test_a_draft_without_a_name_shows_its_number(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, vat_number="BE0477472701")
    RegistrationRequest.objects.filter(pk=draft.pk).update(company_name="")

    assert companies_in(signed_in(onboarder).get("/requests/")) == ["BE 0477.472.701"]


def test_a_request_says_since_when_it_waits(
    requests: dict[State, RegistrationRequest], onboarder: User, signed_in: SignIn
) -> None:
    answer = promise.short(requests[State.SUBMITTED])
    assert f"Waiting for Arxus Company submitted Sent by Pieter Maes · {answer} 2 days ago See" in text_of(
        signed_in(onboarder).get("/requests/?tab=arxus")
    )


def test_a_request_that_came_back_waits_since_it_was_sent_again(
    partner: Partner, onboarder: User, colleague: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, name="Again", submitted_at=days_ago(3))
    assert request.customer is not None
    submit(request, colleague, request.customer, days_ago(2))

    said = text_of(signed_in(onboarder).get("/requests/?tab=arxus"))
    assert f"Again Sent by Pieter Maes · {promise.short(request)} 2 days ago" in said


def test_empty_tabs_say_what_will_be_there(onboarder: User, signed_in: SignIn) -> None:
    client = signed_in(onboarder)

    assert "Nothing waits here" in text_of(client.get("/requests/"))
    assert "Nothing is at Arxus" in text_of(client.get("/requests/?tab=arxus"))
    assert "Nothing is done yet" in text_of(client.get("/requests/?tab=done"))


def test_long_lists_are_paged(
    partner: Partner, onboarder: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "REQUESTS_A_PAGE", 2)
    for number in range(5):
        make_request(partner, onboarder, State.SUBMITTED, name=f"No {number}", submitted_at=days_ago(9 - number))
    client = signed_in(onboarder)

    pages = [companies_in(client.get(f"/requests/?tab=arxus&page={page}")) for page in ("1", "2", "3", "4", "junk")]

    assert pages == [["No 0", "No 1"], ["No 2", "No 3"], ["No 4"], [], ["No 0", "No 1"]]


def test_a_customers_own_users_have_no_such_page(customer_user: User, signed_in: SignIn) -> None:
    assert signed_in(customer_user).get("/requests/").status_code == 404


@pytest.mark.parametrize("persona", ["onboarder", "csm"])
@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_costs_eight_queries_at_most(
    persona: str,
    rows: int,
    request: pytest.FixtureRequest,
    partner: Partner,
    onboarder: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for _row in range(rows):
        make_request(partner, onboarder, State.SUBMITTED)
    client = signed_in(request.getfixturevalue(persona))

    with django_assert_max_num_queries(8):
        client.get("/requests/?tab=arxus")
