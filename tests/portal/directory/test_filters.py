"""What the table can be narrowed by: each filter alone, together, and what it says of itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from contacts import search_rows
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of

Ask = Callable[[User, str], Any]


@pytest.fixture
def ask(signed_in: SignIn) -> Ask:
    clients: dict[int, Client] = {}

    def ask(user: User, query: str) -> Any:
        client = clients.setdefault(user.pk, signed_in(user))
        return client.get(f"/customers/?{query}")

    return ask


@pytest.fixture
def people(partner: Partner, other_partner: Partner) -> dict[str, Contact]:
    return {"anna": builders.make_contact(partner, first_name="Anna", last_name="Claes")}


@pytest.fixture
def world(partner: Partner, other_partner: Partner, people: dict[str, Contact]) -> None:
    """Five customers of two partners, each with something of its own."""
    care = builders.make_industry("Q", name="Health and care")
    aa = builders.make_customer(partner, name="Aa", country="BE", approved_at=datetime(2026, 3, 31, 21, 59, tzinfo=UTC))
    builders.make_customer(partner, name="Bb", country="NL", relationship=Relationship.VALUE_ADD_PARTNER)
    builders.make_customer(partner, name="Cc", country="FR", industry=care)
    builders.make_customer(partner, name="Dd", status=CustomerStatus.ENDED)
    builders.make_customer(partner, name="Ee", status=CustomerStatus.PENDING)
    other = builders.make_customer(
        other_partner, name="Ff", country="DE", approved_at=datetime(2026, 3, 31, 22, 0, tzinfo=UTC)
    )
    for role in Role:
        builders.assign(aa, role, people["anna"])
        builders.assign(other, role, builders.make_contact(other_partner))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "Aa Bb Cc"),
        ("status=any", "Aa Bb Cc Dd"),
        ("status=ended", "Dd"),
        ("status=pending", "Aa Bb Cc"),
        ("relationship=reseller", "Aa Cc"),
        ("relationship=value_add_partner", "Bb"),
        ("country=NL", "Bb"),
        ("country=NL&country=FR", "Bb Cc"),
        ("country=DE", ""),
        ("industry=Q", "Cc"),
        ("industry=Q&industry=H", "Aa Bb Cc"),
        ("roles=complete", "Aa"),
        ("roles=incomplete", "Bb Cc"),
        ("approved_to=2026-03-31", "Aa"),
        ("approved_from=2026-04-01", "Bb Cc"),
        ("approved_from=2026-03-31&approved_to=2026-03-31", "Aa"),
        ("country=BE&country=FR&relationship=reseller&roles=incomplete&status=any", "Cc Dd"),
        ("q=aa&country=BE", "Aa"),
        ("q=aa&country=NL", ""),
    ],
)
def test_a_partners_member_narrows_their_own_customers(
    query: str, found: str, world: None, onboarder: User, ask: Ask
) -> None:
    assert companies_in(ask(onboarder, query)) == found.split()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "Aa Bb Cc Ff"),
        ("csm=mine", "Aa Bb Cc"),
        ("partner={other}", "Ff"),
        ("partner={own}&country=BE", "Aa"),
        ("csm=mine&partner={other}", ""),
        ("csm={csm}&sort=-name", "Cc Bb Aa"),
        ("csm={approver}", ""),
        ("approved_from=2026-04-01", "Bb Cc Ff"),
        ("roles=complete", "Aa Ff"),
    ],
)
def test_staff_narrow_the_customers_of_all(
    query: str,
    found: str,
    world: None,
    partner: Partner,
    other_partner: Partner,
    csm: User,
    approver: User,
    ask: Ask,
) -> None:
    address = query.format(own=partner.pk, other=other_partner.pk, csm=csm.pk, approver=approver.pk)

    assert companies_in(ask(csm, address)) == found.split()


def test_who_fills_a_role_leads_to_where_they_do(
    world: None, people: dict[str, Contact], partner: Partner, onboarder: User, csm: User, stranger: User, ask: Ask
) -> None:
    address = f"holder={people['anna'].number}"

    for user in (onboarder, csm):
        response = ask(user, address)
        assert companies_in(response) == ["Aa"]
        assert "Fills a role: Anna Claes" in text_of(response)
    # To others there is no such contact: they see what they see without it, and no name.
    response = ask(stranger, address)
    assert companies_in(response) == ["Ff"]
    assert "Anna" not in text_of(response)


def test_what_concerns_other_partners_changes_nothing_for_a_member(
    world: None, partner: Partner, other_partner: Partner, csm: User, onboarder: User, ask: Ask
) -> None:
    plain = text_of(ask(onboarder, ""))

    for address in (f"partner={other_partner.pk}", f"csm={csm.pk}", "csm=mine", "sort=partner", "partner=999"):
        assert text_of(ask(onboarder, address)) == plain


class TestChips:
    def test_what_is_in_force_stands_there_and_can_be_taken_away(self, world: None, onboarder: User, ask: Ask) -> None:
        response = ask(onboarder, "q=a&country=BE&country=FR&relationship=reseller&approved_from=2026-03-01&sort=-name")

        said = text_of(response)
        assert "Country: Belgium, France" in said
        assert "Relationship: Reseller" in said
        assert "Approved: from 1 Mar 2026" in said
        links = links_of(response)
        assert "/customers/?q=a&relationship=reseller&approved_from=2026-03-01&sort=-name" in links
        assert "/customers/?q=a&relationship=reseller&country=BE&country=FR&sort=-name" in links
        assert "/customers/?q=a&sort=-name" in links

    def test_active_ones_is_a_filter_like_others(self, world: None, onboarder: User, ask: Ask) -> None:
        response = ask(onboarder, "")

        assert "Remove the filter Status: Active" in text_of(response)
        assert "/customers/?status=any" in links_of(response)
        assert "Clear all" not in text_of(response)

    def test_all_of_them_is_no_filter(self, world: None, onboarder: User, ask: Ask) -> None:
        said = text_of(ask(onboarder, "status=any"))

        assert "4 customers" in said
        assert "match" not in said
        assert "Clear all" not in said
        assert "Dd Ended" in said

    def test_a_csm_comes_to_their_own_with_one_press(
        self, world: None, csm: User, approver: User, onboarder: User, ask: Ask
    ) -> None:
        assert "/customers/?csm=mine" in links_of(ask(csm, ""))
        assert "/customers/?csm=mine" not in links_of(ask(approver, ""))
        assert "/customers/?csm=mine" not in links_of(ask(onboarder, ""))
        assert "CSM: You" in text_of(ask(csm, "csm=mine"))

    def test_partner_and_csm_are_for_staff(self, world: None, csm: User, onboarder: User, ask: Ask) -> None:
        for key in ("partner", "csm"):
            assert f"/customers/filters/{key}/?" in links_of(ask(csm, ""))
            assert f"/customers/filters/{key}/?" not in links_of(ask(onboarder, ""))


class TestDays:
    @pytest.mark.parametrize(
        ("query", "said", "found"),
        [
            ("approved_from=soon", "Write the day as 2026-03-31 or 31/03/2026.", "Aa Bb Cc"),
            ("approved_from=2026-02-30&approved_to=2026-03-31", "Write the day as", "Aa"),
            ("approved_from=2026-05-01&approved_to=2026-01-01", "This day comes before the first one.", "Aa Bb Cc"),
        ],
    )
    def test_what_is_no_period_is_said_and_left_aside(
        self, query: str, said: str, found: str, world: None, onboarder: User, ask: Ask
    ) -> None:
        response = ask(onboarder, query)

        assert companies_in(response) == found.split()
        assert text_of(response).count(said) == 2  # On top, with the name of the filter, and at the field.
        assert text_of(response).count(f"Approved: {said}") == 1
        page = response.content.decode()
        assert "<title>Error: " in page
        assert 'aria-invalid="true"' in page

    def test_what_was_typed_stands_there_still(self, world: None, onboarder: User, ask: Ask) -> None:
        page = ask(onboarder, "approved_from=soon").content.decode()

        assert 'value="soon"' in page


class TestNothingLeft:
    def test_filters_that_leave_nothing_are_offered_to_be_taken_away(
        self, world: None, onboarder: User, ask: Ask
    ) -> None:
        response = ask(onboarder, "country=NL&relationship=reseller")

        said = text_of(response)
        assert "No customer fits these filters" in said
        assert "No customers yet" not in said
        links = links_of(response)
        assert links.count("/customers/?country=NL") == 2  # At its chip, and below.
        assert links.count("/customers/?relationship=reseller") == 2

    def test_a_search_within_filters_too(self, world: None, onboarder: User, ask: Ask) -> None:
        response = ask(onboarder, "q=aa&country=NL")

        assert "Nothing found for “aa”" in text_of(response)
        assert links_of(response).count("/customers/?q=aa") >= 2


def test_a_role_that_was_filled_is_no_longer_incomplete(partner: Partner, onboarder: User, ask: Ask) -> None:
    customer: Customer = builders.make_customer(partner, name="Gg", uses_secwise_watch=False)
    assert companies_in(ask(onboarder, "roles=incomplete")) == ["Gg"]

    for role in Role:
        builders.assign(customer, role, builders.make_contact(partner))
    search_rows.refresh([customer])

    assert companies_in(ask(onboarder, "roles=incomplete")) == []
    assert companies_in(ask(onboarder, "roles=complete")) == ["Gg"]
