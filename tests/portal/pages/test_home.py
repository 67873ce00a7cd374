"""Home: what waits for whoever opens the portal."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from approvals import promise
from approvals.workflow import State
from contacts.policy import Role
from customers.models import Customer, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of
from tests.request_builders import days_ago, fill_roles, make_request


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T06:00+01:00", "Good morning, Lotte"),
        ("2026-11-23T14:00+01:00", "Good afternoon, Lotte"),
        ("2026-11-23T21:00+01:00", "Good evening, Lotte"),
    ],
)
def test_it_greets_by_the_time_of_day(moment: str, words: str, onboarder: User, signed_in: SignIn) -> None:
    with time_machine.travel(moment, tick=False):
        assert words in text_of(signed_in(onboarder).get("/"))


class TestOfAPartner:
    def test_what_waits_comes_first_then_what_is_at_arxus_then_what_was_approved(
        self, partner: Partner, onboarder: User, signed_in: SignIn
    ) -> None:
        made = {
            state: make_request(partner, onboarder, state, name=f"Company {state.value}", submitted_at=days_ago(3))
            for state in State
        }
        answer = promise.short(made[State.SUBMITTED])

        response = signed_in(onboarder).get("/")

        assert companies_in(response) == [
            "Company changes_requested",
            "Company draft",
            "Company submitted",
            "Company approved",
        ]
        line = f"At Arxus Waiting for Arxus Company submitted Sent by Lotte Verlinden · {answer} 3 days ago"
        assert line in text_of(response)

    def test_what_was_sent_last_stands_first_and_the_rest_is_counted(
        self, partner: Partner, onboarder: User, signed_in: SignIn
    ) -> None:
        for number in range(7):
            make_request(partner, onboarder, name=f"No {number}", submitted_at=days_ago(9 - number))

        response = signed_in(onboarder).get("/")

        assert companies_in(response) == ["No 6", "No 5", "No 4", "No 3", "No 2"]
        assert "At Arxus All 7" in text_of(response)
        assert "/requests/?tab=arxus" in links_of(response)

    def test_what_is_all_on_the_page_is_not_counted(self, partner: Partner, onboarder: User, signed_in: SignIn) -> None:
        for _number in range(5):
            make_request(partner, onboarder)

        assert "/requests/?tab=arxus" not in links_of(signed_in(onboarder).get("/"))

    def test_it_names_whom_to_call(self, onboarder: User, signed_in: SignIn) -> None:
        response = signed_in(onboarder).get("/")

        assert "Hanne Wouters +32 3 555 01 42 csm@arxus.example" in text_of(response)
        assert "Service desk +32 3 555 01 00" in text_of(response)
        assert {"tel:+3235550142", "tel:+3235550100"} <= set(links_of(response))

    def test_its_figures_are_of_the_partner_alone(
        self, partner: Partner, other_partner: Partner, onboarder: User, viewer: User, signed_in: SignIn
    ) -> None:
        complete = builders.make_customer(partner, uses_secwise_watch=True)
        fill_roles(complete)
        for missing in (Role.DPO, Role.SECURITY_INCIDENT):
            customer = builders.make_customer(partner, uses_secwise_watch=True)
            fill_roles(customer)
            customer.assignments.filter(role=missing).delete()
        builders.make_customer(other_partner)

        said = text_of(signed_in(onboarder).get("/"))

        assert "Brightcloud customers 3 with a role missing 2 people in the portal 2" in said

    def test_security_incident_is_not_missing_without_secwise_watch(
        self, partner: Partner, onboarder: User, signed_in: SignIn
    ) -> None:
        customer = builders.make_customer(partner, uses_secwise_watch=False)
        fill_roles(customer)
        customer.assignments.filter(role=Role.SECURITY_INCIDENT).delete()

        assert "with a role missing" not in text_of(signed_in(onboarder).get("/"))

    def test_only_who_may_onboard_is_offered_to_add_a_customer(
        self, onboarder: User, viewer: User, signed_in: SignIn
    ) -> None:
        assert "/customers/new/" in links_of(signed_in(onboarder).get("/"))
        assert "/customers/new/" not in links_of(signed_in(viewer).get("/"))

    def test_a_new_partner_reads_what_will_be_here(self, onboarder: User, signed_in: SignIn) -> None:
        said = text_of(signed_in(onboarder).get("/"))

        assert "Nothing waits for you." in said
        assert "Nothing is at Arxus." in said


class TestOfStaff:
    def test_a_csm_sees_their_partners_with_numbers_and_what_waits_longest(
        self, partner: Partner, onboarder: User, other_partner: Partner, stranger: User, csm: User, signed_in: SignIn
    ) -> None:
        for days, name in ((1, "Young"), (9, "Old")):
            make_request(partner, onboarder, State.SUBMITTED, name=name, submitted_at=days_ago(days))
        make_request(partner, onboarder, State.CHANGES_REQUESTED, name="Asked", submitted_at=days_ago(5))
        make_request(partner, onboarder, State.DRAFT, name="Draft")
        make_request(other_partner, stranger, State.SUBMITTED, name="Not theirs", submitted_at=days_ago(20))
        builders.make_customer(partner)

        response = signed_in(csm).get("/")

        assert companies_in(response) == ["Old", "Asked", "Young"]
        assert "Brightcloud 1 2 1" in text_of(response)
        assert "Northwind IT" not in text_of(response)

    def test_a_csm_can_search_at_once(self, csm: User, signed_in: SignIn) -> None:
        page = signed_in(csm).get("/").content.decode()

        assert 'action="/customers/"' in page
        assert "Search customers" in page

    def test_an_approver_is_led_to_the_queue(
        self, partner: Partner, onboarder: User, approver: User, csm: User, signed_in: SignIn
    ) -> None:
        make_request(partner, onboarder, State.SUBMITTED)
        make_request(partner, onboarder, State.CHANGES_REQUESTED)

        response = signed_in(approver).get("/")

        assert "1 request to decide" in text_of(response)
        assert "/admin/approvals/registrationrequest/" in links_of(response)
        assert "to decide" not in text_of(signed_in(csm).get("/"))


class TestOfACustomer:
    def test_its_people_see_who_fills_which_role_and_whom_to_call(
        self, customer: Customer, customer_user: User, signed_in: SignIn
    ) -> None:
        people = fill_roles(customer)

        response = signed_in(customer_user).get("/")
        said = text_of(response)

        assert "Atelier Janssens BV" in said
        for role, contact in people.items():
            assert contact.full_name in said, role
        assert "Brightcloud looks after you." in said
        assert "Service desk +32 3 555 01 00" in said
        assert f"/customers/{customer.number}/" in links_of(response)

    def test_its_people_see_nothing_of_requests(self, customer_user: User, signed_in: SignIn) -> None:
        page = signed_in(customer_user).get("/").content.decode()

        assert "/requests/" not in page
        assert "Your company" in page


class TestOfNobody:
    def test_who_belongs_nowhere_is_told_whom_to_ask(self, db: None, signed_in: SignIn) -> None:
        assert "does not belong to an organisation" in text_of(signed_in(builders.make_user()).get("/"))

    def test_members_of_a_partner_that_left_see_nothing(
        self, partner: Partner, onboarder: User, signed_in: SignIn
    ) -> None:
        builders.make_customer(partner, name="Secret NV")
        Partner.objects.update(is_active=False)

        said = text_of(signed_in(onboarder).get("/"))

        assert "does not belong to an organisation" in said
        assert "Secret" not in said

    def test_staff_without_any_right_see_nothing(self, customer: Customer, signed_in: SignIn) -> None:
        client = signed_in(builders.make_user(is_staff=True))

        assert "does not belong to an organisation" in text_of(client.get("/"))
        assert companies_in(client.get("/customers/")) == []


@pytest.mark.parametrize("persona", ["onboarder", "csm", "approver", "customer_user"])
@pytest.mark.parametrize("rows", [1, 6])
def test_it_costs_ten_queries_at_most(
    persona: str,
    rows: int,
    request: pytest.FixtureRequest,
    partner: Partner,
    onboarder: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    user = request.getfixturevalue(persona)
    for _row in range(rows):
        for state in (State.DRAFT, State.SUBMITTED, State.APPROVED):
            make_request(partner, onboarder, state)
    client = signed_in(user)

    with django_assert_max_num_queries(10):
        client.get("/")


def test_an_administrator_sees_the_partners_home(partner: Partner, signed_in: SignIn) -> None:
    user = builders.make_member(partner, MembershipRole.ADMINISTRATOR)

    assert "/customers/new/" in links_of(signed_in(user).get("/"))
