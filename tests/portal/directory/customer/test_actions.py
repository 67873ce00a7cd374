"""What can be done about a customer, by whom, and how what is missing is mended."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.http import HttpResponse
from django.test import Client

from approvals.workflow import State
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, Partner
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def studio(partner: Partner) -> Customer:
    customer = builders.make_customer(partner, name="Studio Zeven Bruggen")
    request_builders.fill_roles(customer)
    return customer


class TestWhatCanBeDone:
    def read(self, client: Client, customer: Customer) -> tuple[str, list[str]]:
        """The words of the menu, and where its entries lead."""
        page = client.get(f"/customers/{customer.number}/").content.decode()
        menu = page[page.index("<details", page.index("<main")) : page.index("</details>", page.index("<main"))]
        whole = HttpResponse(f"<main>{menu}</main>")
        return text_of(whole), links_of(whole)

    def test_a_partner_asks_for_changes(self, partner: Partner, onboarder: User, client: Client) -> None:
        request = request_builders.make_request(partner, onboarder, State.APPROVED)
        assert request.customer is not None

        said, links = self.read(client, request.customer)

        assert "Edit details Arxus corrects what it approved. Ask for the change." in said
        assert links == [
            f"/help/messages/new/?page=/customers/{request.customer.number}/",
            f"/requests/{request.reference}/",
        ]

    def test_an_approver_corrects_and_records(self, studio: Customer, approver: User, signed_in: SignIn) -> None:
        _said, links = self.read(signed_in(approver), studio)

        assert links == [
            f"/admin/customers/customer/{studio.pk}/change/",
            f"/admin/contacts/acceptance/{studio.number}/?next=/customers/{studio.number}/",
        ]

    def test_a_csm_reads_who_corrects(self, studio: Customer, csm: User, signed_in: SignIn) -> None:
        said, links = self.read(signed_in(csm), studio)

        assert "Edit details Approvers correct details." in said
        assert links == [f"/admin/contacts/acceptance/{studio.number}/?next=/customers/{studio.number}/"]

    def test_who_may_not_record_the_agreement_reads_so(self, studio: Customer, signed_in: SignIn) -> None:
        onlooker = builders.make_user("look@arxus.example", is_staff=True)
        onlooker.user_permissions.add(Permission.objects.get(codename="view_customer"))

        said, links = self.read(signed_in(onlooker), studio)

        assert "Record who accepted the Microsoft agreement Your account has no right to record it." in said
        assert links == []

    def test_its_own_people_tell_whoever_keeps_the_details(
        self, customer: Customer, customer_user: User, signed_in: SignIn
    ) -> None:
        said, links = self.read(signed_in(customer_user), customer)

        assert "Edit details Brightcloud and Arxus keep them. Tell them what is wrong." in said
        assert links == [f"/help/messages/new/?page=/customers/{customer.number}/"]

    def test_every_way_leads_somewhere(self, studio: Customer, approver: User, signed_in: SignIn) -> None:
        client = signed_in(approver)

        assert {client.get(link).status_code for link in self.read(client, studio)[1]} == {200}


class TestWhatIsMissingIsMended:
    @pytest.fixture
    def lacking(self, studio: Customer) -> Customer:
        Contact.objects.filter(assignments__role=Role.COMMERCIAL).update(phone="", first_name="Annick", last_name="B")
        studio.assignments.filter(role=Role.DPO).delete()
        return studio

    def test_by_a_message_of_the_partner(self, lacking: Customer, client: Client) -> None:
        response = client.get(f"/customers/{lacking.number}/")

        said = text_of(response)
        assert "Tell us who it should be and how to reach them. Write to Arxus" in said
        assert "Tell Arxus what is right for Annick B" in said
        assert "Tell Arxus who the DPO contact is" in said
        assert f"/help/messages/new/?page=/customers/{lacking.number}/" in links_of(response)

    def test_by_an_approver_who_corrects_the_contact(
        self, lacking: Customer, approver: User, signed_in: SignIn
    ) -> None:
        response = signed_in(approver).get(f"/customers/{lacking.number}/")

        annick = Contact.objects.get(last_name="B")
        assert f"/admin/contacts/contact/{annick.pk}/change/" in links_of(response)
        assert "Ask Brightcloud who it should be" in text_of(response)

    def test_by_a_csm_who_asks_the_partner(self, lacking: Customer, csm: User, signed_in: SignIn) -> None:
        response = signed_in(csm).get(f"/customers/{lacking.number}/")

        assert "Ask Brightcloud who it should be and how to reach them." in text_of(response)
        assert not [link for link in links_of(response) if link.startswith("/admin/contacts/contact/")]


def test_what_can_be_copied_is_hidden_until_a_script_shows_it(studio: Customer, client: Client) -> None:
    page = client.get(f"/customers/{studio.number}/").content.decode()
    buttons = re.findall(r"<button[^>]*data-copy=[^>]*>", page)

    assert len(buttons) >= 3
    assert [button for button in buttons if not button.endswith(" hidden>")] == []
