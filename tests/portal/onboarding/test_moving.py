"""Going on, back, away and back again: the steps and what they keep."""

import itertools

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from contacts.models import Contact
from tests.portal.onboarding.walk import DECLARED, DETAILS, MARKER, NUMBER, Page, Walk, address, contacts_of


@pytest.mark.parametrize("step", ["contacts", "review"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_that_cannot_be_reached_leads_to_the_first_open_one(walk: Walk, step: str, method: str) -> None:
    walk.start()
    before = walk.draft.answers
    response = getattr(walk.client, method)(address(walk.draft, step), {MARKER: step, "intent": "next"} | DECLARED)
    assert (response.status_code, response.url) == (302, address(walk.draft, "details"))
    assert walk.draft.answers == before


@pytest.mark.parametrize("step", ["99", "-1", "None", "VAT", "done"])
def test_a_step_there_is_not_is_a_bad_request(walk: Walk, step: str) -> None:
    walk.start()
    assert walk.client.get(address(walk.draft, step)).status_code == 400


@pytest.mark.parametrize("marker", ["", "99", "-1", "None", "review", "contacts"])
def test_a_changed_marker_is_a_bad_request(walk: Walk, marker: str) -> None:
    walk.start()
    page = walk.open("details")
    assert page.press(**DETAILS, **{MARKER: marker}).status_code == 400
    assert "details" not in walk.draft.answers["steps"]


@pytest.mark.parametrize("version", [None, "", "abc", "1e3", "٣x"])
def test_a_page_that_names_no_version_is_a_bad_request(walk: Walk, version: str | None) -> None:
    walk.start()
    page = walk.open("details")
    del page.hidden["version"]
    typed = DETAILS | ({} if version is None else {"version": version})
    assert page.press(**typed).status_code == 400


def test_the_stepper_links_what_is_done_and_nothing_later(walk: Walk) -> None:
    walk.to_contacts()
    links = walk.open("details").response.context["stepper"]
    assert [(str(link.label), link.is_current, link.is_done, link.url) for link in links] == [
        ("VAT number", False, True, address(walk.draft, "vat")),
        ("Details", True, False, ""),
        ("Contacts", False, False, address(walk.draft, "contacts")),
        ("Review", False, False, ""),
    ]


@pytest.mark.parametrize(("button", "leads_to"), [("back", "vat"), ("later", "")])
def test_leaving_keeps_what_was_typed_even_if_it_is_not_right(walk: Walk, button: str, leads_to: str) -> None:
    walk.start()
    response = walk.open("details").press(button, **DETAILS | {"phone": "1-800-FLOWERS", "name": " \u202eAcme"})
    where = address(walk.draft, leads_to) if leads_to else reverse("request", args=[walk.draft.reference])
    assert (response.status_code, response.url) == (302, where)
    form = walk.open("details").response.context["form"]
    assert form["phone"].value() == "1-800-FLOWERS"
    assert form["name"].value() == " \u202eAcme"
    assert not form.is_bound
    assert walk.draft.answers["done"] == ["vat"]
    assert walk.open("contacts").response.url == address(walk.draft, "details")


def test_save_and_finish_later_says_so(walk: Walk) -> None:
    walk.start()
    response = walk.open("details").press("later", **DETAILS)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Saved. You or a colleague can go on whenever it suits you."
    ]


def test_save_and_finish_later_on_the_first_page_needs_a_number(walk: Walk) -> None:
    page = Page(walk.client, reverse("add-customer"))
    refused = page.press("later", vat_number="", country="BE")
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == ["vat_number"]
    response = page.press("later", vat_number=NUMBER, country="BE")
    assert response.url == reverse("request", args=[walk.draft.reference])


def test_breaking_a_done_step_on_the_way_back_closes_what_follows(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    walk.open("details").press("back", **DETAILS | {"name": ""})
    assert walk.draft.answers["done"] == ["vat", "contacts"]
    assert walk.open("review").response.url == address(walk.draft, "details")
    walk.open("details").press(**DETAILS)
    assert walk.open("review").response.status_code == 200


@pytest.mark.parametrize(
    ("step", "typed"),
    [
        ("vat", {"vat_number": "NL123456782B90", "country": "NL"}),
        ("details", DETAILS | {"city": "Oud-Turnhout"}),
    ],
)
def test_a_change_comes_straight_back_to_the_review(
    walk: Walk, own_contact: Contact, step: str, typed: dict[str, str]
) -> None:
    walk.to_review(own_contact)
    rows = [row for section in walk.open("review").response.context["review"].sections for row in section.rows]
    assert {row.change_url for row in rows} >= {address(walk.draft, step, "change")}
    refused = walk.open(step, "change").press(**dict.fromkeys(typed, ""))
    assert refused.status_code == 200
    assert walk.open(step, "change").press(**typed).url == address(walk.draft, "review")


def test_a_change_of_the_contacts_comes_straight_back_too(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    response = walk.open("contacts", "change").press(
        **contacts_of(own_contact, uses_secwise_watch="on", security_incident=own_contact.number)
    )
    assert response.url == address(walk.draft, "review")


def test_going_back_from_a_change_leads_to_the_review(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    assert walk.open("details", "change").press("back", **DETAILS).url == address(walk.draft, "review")
    assert walk.open("details", "change").press("back", **DETAILS | {"name": ""}).url == address(walk.draft, "vat")


def test_the_country_of_the_number_is_where_the_address_begins(walk: Walk) -> None:
    walk.start("NL123456782B90", "NL")
    form = walk.open("details").response.context["form"]
    assert (form["country"].value(), form["language"].value()) == ("NL", "nl")
    walk.open("vat").press(vat_number="FR11123456782", country="FR")
    form = walk.open("details").response.context["form"]
    assert (form["country"].value(), form["language"].value()) == ("FR", "fr")
    walk.open("details").press("back", **DETAILS | {"country": "LU"})
    walk.open("vat").press(vat_number="NL123456782B90", country="NL")
    assert walk.open("details").response.context["form"]["country"].value() == "LU"


@pytest.mark.parametrize(
    ("step", "intent"),
    [
        *itertools.product(["vat", "details", "review"], ["create:dpo", "nonsense", "\x00"]),
        ("vat", "refresh"),
        ("review", "refresh"),
    ],
)
def test_a_button_there_is_not_goes_on(walk: Walk, own_contact: Contact, step: str, intent: str) -> None:
    walk.to_review(own_contact)
    typed = {"vat": {"vat_number": NUMBER, "country": "BE"}, "details": DETAILS, "review": DECLARED}
    assert walk.open(step).press(intent, **typed[step]).status_code == 302


def test_every_page_says_when_it_was_saved(walk: Walk) -> None:
    walk.start()
    page = walk.open("details").response.content.decode()
    assert 'role="status"' in page
    assert "Saved <time" in page
