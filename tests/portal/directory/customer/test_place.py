"""From a customer to the one before and after it in the list one came from, and back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from contacts import search_rows
from contacts.models import Contact
from contacts.policy import Role
from customers.history import record
from customers.models import Customer, CustomerStatus, Partner
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of

NAMES = ("Alfa", "Bravo", "Charlie", "Delta", "Echo")
TABS = ("", "contacts/", "documents/", "requests/", "history/")


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def listed(partner: Partner) -> dict[str, Customer]:
    return {name: builders.make_customer(partner, name=f"{name} NV", city=name[::-1]) for name in NAMES}


def page(customer: Customer, listing: str, tab: str = "") -> str:
    return f"/customers/{customer.number}/{tab}?{listing}"


def way(client: Client, address: str) -> tuple[str, str, str]:
    """Where Back, Previous and Next lead; "" where there is no such link."""
    response = client.get(address)
    html = response.content.decode()
    links = links_of(response)
    keys = {key: f'aria-keyshortcuts="{key}"' in html for key in "bkj"}
    found = iter(links)
    return tuple(next(found) if keys[key] else "" for key in "bkj")  # type: ignore[return-value]


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_leads_to_the_same_tab_before_and_after(tab: str, listed: dict[str, Customer], client: Client) -> None:
    assert way(client, page(listed["Bravo"], "sort=name", tab)) == (
        f"/customers/?page=after-{listed['Alfa'].number}#{listed['Bravo'].number}",
        page(listed["Alfa"], "sort=name", tab),
        page(listed["Charlie"], "sort=name", tab),
    )


def test_the_first_and_the_last_lead_one_way_only(listed: dict[str, Customer], client: Client) -> None:
    first, last = (way(client, page(listed[name], "sort=name")) for name in ("Alfa", "Echo"))

    assert first == (f"/customers/#{listed['Alfa'].number}", "", page(listed["Bravo"], "sort=name"))
    assert last[1:] == (page(listed["Delta"], "sort=name"), "")


def test_rows_of_the_table_lead_into_the_list_as_it_stands(listed: dict[str, Customer], client: Client) -> None:
    link = next(link for link in links_of(client.get("/customers/?q=nv&sort=-town")) if listed["Bravo"].number in link)

    assert link == page(listed["Bravo"], "q=nv&sort=-town&at=1")
    # Backwards by town: ovarB, ohcE, eilrahC, atleD, aflA.
    assert way(client, link)[1:] == ("", page(listed["Echo"], "q=nv&sort=-town"))


def test_what_is_typed_and_filtered_goes_along(listed: dict[str, Customer], client: Client) -> None:
    Customer.objects.filter(name__in=("Alfa NV", "Delta NV", "Echo NV")).update(country="NL")
    search_rows.refresh(Customer.objects.all())

    assert way(client, page(listed["Delta"], "country=NL&sort=name"))[1:] == (
        page(listed["Alfa"], "country=NL&sort=name"),
        page(listed["Echo"], "country=NL&sort=name"),
    )


def test_back_leads_to_the_page_that_begins_with_the_customer(listed: dict[str, Customer], client: Client) -> None:
    back = way(client, page(listed["Charlie"], "q=nv&sort=name"))[0]

    assert companies_in(client.get(back)) == ["Charlie NV", "Delta NV", "Echo NV"]


def test_back_leads_to_the_row_on_the_page_one_came_from(
    listed: dict[str, Customer], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.directory.views.PAGE", 2)
    onward = f"page=after-{listed['Bravo'].number}"
    backwards = f"page=before-{listed['Echo'].number}"

    for came_from, name in (("", "Bravo"), (onward, "Delta"), (backwards, "Delta")):
        list_address = f"/customers/?{came_from}".rstrip("?")
        response = client.get(list_address)
        number = listed[name].number
        assert f'id="{number}"' in response.content.decode()
        row = next(link for link in links_of(response) if number in link)
        tab = next(link for link in links_of(client.get(row)) if "/history/" in link)

        assert way(client, row)[0] == way(client, tab)[0] == f"{list_address}#{number}"


def test_the_customers_beside_it_are_on_a_page_that_begins_with_them(
    listed: dict[str, Customer], client: Client
) -> None:
    onward = way(client, page(listed["Bravo"], "at=1"))[2]

    assert onward == page(listed["Charlie"], "sort=name")
    assert way(client, onward)[0] == f"/customers/?page=after-{listed['Bravo'].number}#{listed['Charlie'].number}"


@pytest.mark.parametrize("nonsense", ["at=", "at=2", "at=after-nobody", "at=%00"])
def test_a_page_there_is_not_is_as_if_nobody_knew_it(
    nonsense: str, listed: dict[str, Customer], client: Client
) -> None:
    back = way(client, page(listed["Bravo"], nonsense))[0]

    assert back == f"/customers/?page=after-{listed['Alfa'].number}#{listed['Bravo'].number}"


def test_the_tabs_keep_the_list(listed: dict[str, Customer], client: Client) -> None:
    links = links_of(client.get(page(listed["Bravo"], "q=nv&sort=-name")))

    assert {page(listed["Bravo"], "q=nv&sort=-name", tab) for tab in TABS} <= set(links)


def test_without_a_list_there_is_no_way_through_it(listed: dict[str, Customer], client: Client) -> None:
    for address in (f"/customers/{listed['Bravo'].number}/", f"/customers/{listed['Bravo'].number}/history/?page=2"):
        said = text_of(client.get(address))
        assert ("Back to the results" in said, "shortcuts.js" in client.get(address).content.decode()) == (False, False)


def test_a_customer_that_left_the_list_stands_where_it_would_stand(listed: dict[str, Customer], client: Client) -> None:
    Customer.objects.filter(name__startswith="Charlie").update(status=CustomerStatus.ENDED)
    search_rows.refresh([listed["Charlie"]])

    assert way(client, page(listed["Charlie"], "q=nv&sort=name"))[1:] == (
        page(listed["Bravo"], "q=nv&sort=name"),
        page(listed["Delta"], "q=nv&sort=name"),
    )


@pytest.mark.parametrize("listing", ["sort=nonsense", "sort=-partner", "q=%00", "page=after-C-0000-0000&sort=name"])
def test_nonsense_in_the_address_is_as_if_it_were_not_there(
    listing: str, listed: dict[str, Customer], client: Client
) -> None:
    assert way(client, page(listed["Bravo"], listing))[1:] == (
        page(listed["Alfa"], "sort=name"),
        page(listed["Charlie"], "sort=name"),
    )


class TestOfOthers:
    def test_no_customer_is_led_to(
        self, listed: dict[str, Customer], other_partner: Partner, client: Client, csm: User, signed_in: SignIn
    ) -> None:
        for name in ("Alpha", "Beta", "Bravo", "Brazil", "Zulu"):
            builders.make_customer(other_partner, name=f"{name} NV")

        theirs = way(client, page(listed["Bravo"], "q=nv&sort=name"))[1:]
        ours = way(signed_in(csm), page(listed["Bravo"], "q=nv&sort=name"))[1:]

        assert theirs == (page(listed["Alfa"], "q=nv&sort=name"), page(listed["Charlie"], "q=nv&sort=name"))
        assert listed["Alfa"].number not in ours[0]

    def test_no_contact_narrows_a_list(
        self, listed: dict[str, Customer], other_partner: Partner, client: Client
    ) -> None:
        """A holder who does not exist for the reader is no filter: nothing tells that there is such a person."""
        theirs = builders.make_contact(other_partner)
        builders.assign(builders.make_customer(other_partner), Role.DPO, theirs)

        assert way(client, page(listed["Bravo"], f"holder={theirs.number}&sort=name"))[1:] == (
            page(listed["Alfa"], "sort=name"),
            page(listed["Charlie"], "sort=name"),
        )

    def test_its_own_people_have_no_list(self, customer: Customer, customer_user: User, signed_in: SignIn) -> None:
        response = signed_in(customer_user).get(f"/customers/{customer.number}/?sort=name")

        assert "Back to the results" not in text_of(response)
        assert "?sort" not in "".join(links_of(response))


def fill(customer: Customer, onboarder: User, contacts: int) -> None:
    Contact.objects.bulk_create(
        Contact(customer=customer, last_name=f"Person {serial}", email=f"person{serial}@somewhere.example")
        for serial in range(contacts)
    )
    for _event in range(5 * contacts // 2):
        record(actor=onboarder, action="customer.corrected", partner=customer.partner, customer=customer)


@pytest.mark.parametrize("persona", ["onboarder", "csm", "approver"])
def test_no_tab_costs_more_than_ten_queries_however_much_there_is(
    persona: str,
    request: pytest.FixtureRequest,
    listed: dict[str, Customer],
    onboarder: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    bare, full = listed["Bravo"], listed["Charlie"]
    request_builders.fill_roles(full)
    fill(full, onboarder, 200)

    for customer in (bare, full):
        for tab in TABS:
            for listing in ("sort=name", "q=nv&country=BE&sort=-approved"):
                with django_assert_max_num_queries(10):
                    assert client.get(page(customer, listing, tab)).status_code == 200
