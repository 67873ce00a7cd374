"""What a page of the table costs: five queries at most, whatever it shows and however many rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts import search_rows
from contacts.models import RoleAssignment
from contacts.policy import Role
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in


@pytest.fixture
def customers(partner: Partner) -> list[Customer]:
    customers = [builders.make_customer(partner, name=f"Made {number:03} NV") for number in range(53)]
    RoleAssignment.objects.bulk_create(
        RoleAssignment(customer=customer, role=Role.DPO.value, contact=builders.make_contact(partner))
        for customer in customers
    )
    search_rows.refresh(customers)
    return customers


@pytest.mark.parametrize("persona", ["onboarder", "viewer", "csm"])
def test_a_page_costs_five_queries_at_most_whatever_it_shows(
    persona: str,
    customers: list[Customer],
    request: pytest.FixtureRequest,
    signed_in: SignIn,
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    far = f"page=after-{customers[49].number}"

    for query in (
        "",
        "q=made",
        "q=els",
        f"q={customers[0].vat_number}",
        "sort=-approved&status=any&country=BE&relationship=reseller&roles=incomplete&approved_from=2020-01-01",
        "industry=H",
        far,
        f"sort=-name&{far}",
        "columns=company,town,country,industry,phone,number",
    ):
        with CaptureQueriesContext(connection) as queries:
            assert companies_in(client.get(f"/customers/?{query}"))
        # What the planner expects is asked for beside them: that reads no row.
        assert len([one for one in queries if not one["sql"].startswith("EXPLAIN")]) <= 5, query


@pytest.mark.parametrize("query", ["q=made", "sort=town", "sort=partner&q=made"])
def test_a_page_further_down_costs_what_the_first_one_does(
    query: str, customers: list[Customer], csm: User, signed_in: SignIn
) -> None:
    client = signed_in(csm)
    costs = []
    for page in ("", f"&page=after-{customers[1].number}", f"&page=before-{customers[51].number}"):
        with CaptureQueriesContext(connection) as queries:
            assert companies_in(client.get(f"/customers/?{query}{page}"))
        costs.append(len(queries))

    assert costs == [costs[0]] * 3


def test_it_costs_the_same_with_one_row_and_with_fifty(partner: Partner, csm: User, signed_in: SignIn) -> None:
    client = signed_in(csm)
    costs = []
    for number in (1, 49):
        for _row in range(number):
            customer = builders.make_customer(partner)
            builders.assign(customer, Role.TECHNICAL, builders.make_contact(customer))
        with CaptureQueriesContext(connection) as queries:
            client.get("/customers/?q=els")
        costs.append(len(queries))

    assert costs[0] == costs[1]
