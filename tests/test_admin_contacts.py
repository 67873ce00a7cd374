"""Correcting contacts in Django admin: the role policy holds there too, and everything found by them follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import admin_forms
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, CustomerSearch, Event, Partner
from portal.models import User
from tests import builders
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def change(contact: Contact) -> str:
    return reverse("admin:contacts_contact_change", args=[contact.pk])


@pytest.fixture
def root(db: None, signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def person(contact: Contact, **fields: Any) -> dict[str, Any]:
    values = ("kind", "first_name", "last_name", "email", "phone", "phone_extension")
    management = {"assignments-TOTAL_FORMS": "0", "assignments-INITIAL_FORMS": "0"}
    return {name: getattr(contact, name) for name in values} | management | fields


@pytest.fixture
def own(partner: Partner) -> Contact:
    return builders.make_contact(partner, first_name="Els", last_name="Goossens")


def test_correcting_a_contact_refreshes_every_customer_it_is_found_under(
    staff: Client, partner: Partner, own: Contact
) -> None:
    customers = [builders.make_customer(partner) for _number in range(2)]
    for customer in customers:
        builders.assign(customer, Role.DPO, own)

    response = staff.post(change(own), person(own, last_name="Verhoeven", phone="0470 55 01 99"))

    assert response.status_code == 302
    own.refresh_from_db()
    assert (own.last_name, own.phone) == ("Verhoeven", "+32470550199")
    assert [CustomerSearch.objects.matching("verhoeven").filter(pk=one.pk).count() for one in customers] == [1, 1]
    event = Event.objects.get(action="contact.amended")
    assert event.facts == {
        "name": "Els Verhoeven",
        "before": {"last_name": "Goossens", "phone": "+32470550117"},
        "after": {"last_name": "Verhoeven", "phone": "+32470550199"},
    }


@pytest.mark.parametrize(
    ("role", "changes", "field", "words"),
    [
        (Role.TECHNICAL, {"phone": ""}, "phone", "has no phone number"),
        (Role.COMMERCIAL, {"phone": "0800 12 345"}, "phone", "is not a personal line"),
        (Role.COMMERCIAL, {"email": "els@CRONOS.be"}, "email", "cronos.be"),
        (Role.DPO, {"kind": "list", "first_name": ""}, "kind", "is a distribution list"),
    ],
)
def test_a_change_that_breaks_a_role_the_contact_fills_is_refused_at_its_field(
    role: Role, changes: dict[str, str], field: str, words: str, staff: Client, customer: Customer, own: Contact
) -> None:
    builders.assign(customer, role, own)
    before = Contact.objects.values().get(pk=own.pk)

    response = staff.post(change(own), person(own, **changes))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert "Atelier Janssens BV" in text_of(response)
    assert words in text_of(response)
    assert Contact.objects.values().get(pk=own.pk) == before
    assert not Event.objects.exists()


def test_the_same_change_is_fine_for_a_role_that_allows_it(staff: Client, customer: Customer, own: Contact) -> None:
    builders.assign(customer, Role.WATCH_LIST, own)

    response = staff.post(
        change(own),
        person(own, kind="list", first_name="", phone="", email="desk@cronos.be"),
    )

    assert response.status_code == 302


def test_an_address_that_a_colleague_has_is_refused(staff: Client, partner: Partner, own: Contact) -> None:
    colleague = builders.make_contact(partner)

    response = staff.post(change(own), person(own, email=colleague.email.upper()))

    assert response.status_code == 200
    assert "Another contact of this organisation has this e-mail address." in text_of(response)


def test_whose_contact_it_is_cannot_be_changed_by_posting_it(
    root: Client, partner: Partner, other_partner: Partner, own: Contact
) -> None:
    root.post(change(own), person(own, partner=other_partner.pk, number="CON-0000-0000"))

    row = Contact.objects.get(pk=own.pk)
    assert (row.partner, row.number) == (partner, own.number)


def test_whoever_is_overtaken_between_asking_and_writing_is_told(
    staff: Client, customer: Customer, own: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.assign(customer, Role.TECHNICAL, own)
    monkeypatch.setattr(admin_forms, "broken_roles", lambda *_args: [])

    response = staff.post(change(own), person(own, phone=""), follow=True)

    assert "This contact changed while you edited it, so nothing was saved. Try again." in text_of(response)
    assert Contact.objects.get(pk=own.pk).phone == "+32470550117"
    assert not Event.objects.exists()


def test_an_extension_typed_behind_the_number_is_kept(staff: Client, own: Contact) -> None:
    staff.post(change(own), person(own, phone="014 55 01 42 ext 12"))

    own.refresh_from_db()
    assert (own.phone, own.phone_extension) == ("+3214550142", "12")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Els@Brightcloud.EXAMPLE", "Els@brightcloud.example"), ("els@xn--mnchen-3ya.de", "els@münchen.de")],
)
def test_an_address_is_kept_in_the_one_form_the_wizard_gives_it(
    typed: str, kept: str, staff: Client, own: Contact
) -> None:
    staff.post(change(own), person(own, email=typed))

    own.refresh_from_db()
    assert own.email == kept


@pytest.mark.parametrize("typed", ["els@[127.0.0.1]", "els@localhost", '"e l s"@brightcloud.example'])
def test_an_address_that_no_mail_reaches_is_refused(typed: str, staff: Client, own: Contact) -> None:
    response = staff.post(change(own), person(own, email=typed))

    assert list(response.context["adminform"].form.errors) == ["email"]


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_a_customer_that_never_came_about_binds_nobody(
    status: str, staff: Client, partner: Partner, own: Contact
) -> None:
    builders.assign(builders.make_customer(partner, status=status), Role.TECHNICAL, own)

    assert staff.post(change(own), person(own, phone="")).status_code == 302
