"""Somebody new, typed in the contacts step: taken in, refused, or thought better of."""

from contacts.models import Contact
from customers.models import Customer
from tests.portal.onboarding.walk import Walk, address, contacts_of


def test_a_new_contact_is_created_on_the_spot_and_written_with_the_request(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    person = {
        "dpo-side": "customer",
        "dpo-first_name": "Ines",
        "dpo-last_name": "Vermeulen",
        "dpo-email": "ines@kempenvaart.example",
    }
    response = walk.open("contacts").press("create:dpo", **contacts_of(own_contact, dpo="") | person)
    assert response.url == f"{address(walk.draft, 'contacts')}#dpo"
    assert list(walk.draft.answers["people"]) == ["new-1"]
    assert Contact.objects.count() == 1
    page = walk.open("contacts")
    assert page.response.context["form"]["dpo"].value() == "new-1"
    assert page.press(**contacts_of(own_contact, dpo="new-1")).url == address(walk.draft, "review")
    walk.confirm()
    written = Contact.objects.get(email="ines@kempenvaart.example")
    assert written.customer == Customer.objects.get()
    assert walk.draft.answers["people"]["new-1"]["contact"] == written.number


def test_a_new_contact_that_is_not_right_keeps_everything(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    person = {"dpo-side": "customer", "dpo-first_name": "Ines", "dpo-last_name": "", "dpo-email": "ines@"}
    for button in ("create:dpo", "next"):
        response = walk.open("contacts").press(button, **contacts_of(own_contact, dpo="") | person)
        assert response.status_code == 200
        assert b"<title>Error: " in response.content
        assert response.content.count(b'value="ines@"') == 1
        assert walk.draft.answers["done"] == ["vat", "details"]
    walk.open("contacts").press("later", **contacts_of(own_contact, dpo="") | person)
    assert b'value="ines@"' in walk.open("contacts").response.content


def test_a_new_contact_thought_better_of_is_cancelled_with_one_button(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    abandoned = contacts_of(own_contact) | {"commercial-last_name": "", "commercial-email": "piet@cronos.be"}
    response = walk.open("contacts").press("next", **abandoned)
    assert response.status_code == 200
    assert b'name="intent" value="cancel:commercial"' in response.content

    response = walk.open("contacts").press("cancel:commercial", **abandoned)
    assert response.url == f"{address(walk.draft, 'contacts')}#commercial"
    page = walk.open("contacts")
    assert b"piet@cronos.be" not in page.response.content
    assert page.press(**abandoned | {"commercial-email": ""}).url == address(walk.draft, "review")


def test_a_slip_in_an_address_stands_on_the_review_and_stops_nobody(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    person = {"side": "customer", "first_name": "Anna", "last_name": "Peeters", "email": "anna@gmial.com"}
    typed = {f"dpo-{name}": value for name, value in person.items()}
    page = walk.open("contacts").press(**contacts_of(own_contact, dpo="") | typed)
    assert page.url == address(walk.draft, "review")
    warnings = walk.open("review").response.context["review"].warnings
    assert ("Anna Peeters: This address is at gmial.com. Is gmail.com meant?", "the DPO contact") in [
        (warning.text, warning.name) for warning in warnings
    ]
    assert walk.confirm().status_code == 302
