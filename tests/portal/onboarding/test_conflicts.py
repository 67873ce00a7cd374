"""Two tabs, two colleagues, two clicks: nothing is lost without being told, nothing is sent twice."""

import pytest
from django.urls import reverse

from approvals import drafts, withdrawal
from approvals.models import Submission
from approvals.workflow import State
from contacts.models import Contact
from customers.models import Customer, Industry
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DECLARED, DETAILS, Page, Walk, address, contacts_of


def colleagues_page(walk: Walk, colleague: User, signed_in: SignIn, step: str) -> Page:
    return Page(signed_in(colleague), address(walk.draft, step))


def test_a_stale_page_shows_both_texts_and_overwrites_nothing(walk: Walk, colleague: User, signed_in: SignIn) -> None:
    walk.to_contacts()
    mine, theirs = walk.open("details"), colleagues_page(walk, colleague, signed_in, "details")
    theirs.press(**DETAILS | {"name": "Theirs NV", "language": "fr"})
    response = mine.press(**DETAILS | {"name": "Mine NV"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Pieter Maes saved “Details” in another window" in page
    assert [
        (str(difference.label), difference.own, difference.kept) for difference in response.context["differences"]
    ] == [("Company name", "Mine NV", "Theirs NV"), ("Language for communication", "Dutch", "French")]
    assert walk.draft.company_name == "Theirs NV"


def test_a_stale_page_can_keep_what_was_typed(walk: Walk, colleague: User, signed_in: SignIn) -> None:
    walk.to_contacts()
    mine, theirs = walk.open("details"), colleagues_page(walk, colleague, signed_in, "details")
    theirs.press(**DETAILS | {"name": "Theirs NV"})
    stale = mine.press(**DETAILS | {"name": "Mine NV"})
    again = dict(stale.context["fields"]) | {
        "version": stale.context["draft"].version,
        "seen": stale.context["seen"],
    }
    assert walk.client.post(stale.context["action"], again).url == address(walk.draft, "contacts")
    assert walk.draft.company_name == "Mine NV"


def test_a_stale_page_can_take_what_is_saved(walk: Walk, colleague: User, signed_in: SignIn) -> None:
    walk.to_contacts()
    mine, theirs = walk.open("details"), colleagues_page(walk, colleague, signed_in, "details")
    theirs.press(**DETAILS | {"name": "Theirs NV"})
    stale = mine.press(**DETAILS | {"name": "Mine NV"})
    form = walk.client.get(stale.context["step_url"]).context["form"]
    assert form["name"].value() == "Theirs NV"


@pytest.mark.parametrize("button", ["next", "back", "later"])
def test_every_button_of_a_stale_page_tells(walk: Walk, colleague: User, signed_in: SignIn, button: str) -> None:
    walk.to_contacts()
    mine, theirs = walk.open("details"), colleagues_page(walk, colleague, signed_in, "details")
    theirs.press(**DETAILS | {"name": "Theirs NV"})
    assert mine.press(button, **DETAILS | {"name": ""}).status_code == 409
    assert walk.draft.company_name == "Theirs NV"


def test_another_step_saved_meanwhile_is_no_conflict(
    walk: Walk, colleague: User, signed_in: SignIn, own_contact: Contact
) -> None:
    walk.to_contacts()
    mine = walk.open("contacts")
    colleagues_page(walk, colleague, signed_in, "details").press(**DETAILS | {"name": "Theirs NV"})
    assert mine.press(**contacts_of(own_contact)).url == address(walk.draft, "review")
    assert walk.draft.company_name == "Theirs NV"
    assert walk.draft.answers["steps"]["contacts"]["technical"] == own_contact.number


def test_contacts_edited_in_two_tabs_tell(walk: Walk, colleague: User, signed_in: SignIn, own_contact: Contact) -> None:
    walk.to_contacts()
    mine, theirs = walk.open("contacts"), colleagues_page(walk, colleague, signed_in, "contacts")
    theirs.press(**contacts_of(own_contact))
    response = mine.press(**contacts_of(own_contact, dpo=""))
    assert response.status_code == 409
    assert [
        (str(difference.label), difference.own, difference.kept) for difference in response.context["differences"]
    ] == [("DPO contact", "", "Els Goossens")]


def test_the_same_page_sent_twice_is_no_conflict(walk: Walk) -> None:
    walk.start()
    page = walk.open("details")
    assert [page.press(**DETAILS).status_code for _click in range(2)] == [302, 302]


def test_a_review_that_is_stale_sends_nothing(
    walk: Walk, colleague: User, signed_in: SignIn, own_contact: Contact
) -> None:
    walk.to_review(own_contact)
    review = walk.open("review")
    colleagues_page(walk, colleague, signed_in, "details").press(**DETAILS | {"name": "Theirs NV"})
    response = review.press(**DECLARED)
    assert response.status_code == 409
    assert "Pieter Maes changed something in another window" in response.content.decode()
    assert b"Keep what I typed" not in response.content
    assert Submission.objects.count() == 0
    assert walk.confirm().status_code == 302


def test_confirming_again_lands_on_the_same_confirmation(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    first, second = walk.open("review"), walk.open("review")
    sent = reverse("request-sent", args=[walk.draft.reference])
    assert [page.press(**DECLARED).url for page in (first, first, second)] == [sent, sent, sent]
    assert walk.client.post(address(walk.draft, "review"), {}).url == sent
    assert (Submission.objects.count(), Customer.objects.count()) == (1, 1)


def test_a_page_of_a_request_that_was_sent_meanwhile_shows_what_was_typed(
    walk: Walk, colleague: User, signed_in: SignIn, own_contact: Contact
) -> None:
    walk.to_review(own_contact)
    mine = walk.open("details")
    colleagues_page(walk, colleague, signed_in, "review").press(**DECLARED)
    response = mine.press(**DETAILS | {"name": "Mine NV"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Mine NV" in page
    assert f'href="{reverse("request", args=[walk.draft.reference])}"' in page
    assert b"Keep what I typed" not in response.content
    assert walk.draft.company_name == DETAILS["name"]


def test_a_withdrawn_request_is_not_confirmed(walk: Walk, own_contact: Contact, onboarder: User) -> None:
    walk.to_review(own_contact)
    review = walk.open("review")
    walk.confirm()
    withdrawal.withdraw(actor=onboarder, request=walk.draft)
    assert review.press(**DECLARED).url == reverse("request", args=[walk.draft.reference])
    assert walk.draft.state == State.WITHDRAWN
    assert Submission.objects.count() == 1


def test_a_draft_deleted_meanwhile_is_not_found(walk: Walk, onboarder: User) -> None:
    walk.start()
    page = walk.open("details")
    drafts.discard(actor=onboarder, request=walk.draft)
    assert page.press(**DETAILS).status_code == 404


def test_a_number_that_a_colleague_took_meanwhile_leads_back_to_it(
    walk: Walk, own_contact: Contact, onboarder: User
) -> None:
    walk.to_review(own_contact)
    review = walk.open("review")
    builders.make_customer(onboarder.membership.partner, name="Atelier Janssens BV", vat_number=walk.draft.vat_number)
    response = review.press(**DECLARED)
    assert response.url == address(walk.draft, "vat", "mend")
    errors = walk.client.get(response.url).context["form"].errors["vat_number"]
    assert errors == ["Atelier Janssens BV, with this number, is already your customer."]


def test_a_contact_who_left_meanwhile_leads_back_to_the_contacts(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    Contact.objects.update(removed_at="2026-11-22T12:00Z")
    review = walk.open("review")
    assert [str(part.name) for part in review.response.context["review"].broken] == ["Contacts"]
    response = review.press(**DECLARED)
    assert response.url == address(walk.draft, "contacts", "mend")
    assert set(walk.client.get(response.url).context["form"].errors) == {"technical", "commercial", "dpo", "watch_list"}
    assert Submission.objects.count() == 0


def test_an_industry_retired_meanwhile_leads_back_to_the_details(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    Industry.objects.filter(code=DETAILS["industry"]).update(retired=True)
    review = walk.open("review")
    assert [str(part.name) for part in review.response.context["review"].broken] == ["Details"]
    response = review.press(**DECLARED)
    assert response.url == address(walk.draft, "details", "mend")
    assert list(walk.client.get(response.url).context["form"].errors) == ["industry"]


@pytest.mark.parametrize("missing", ["declaration_1", "declaration_2", "declaration_3"])
def test_every_declaration_is_needed(walk: Walk, own_contact: Contact, missing: str) -> None:
    walk.to_review(own_contact)
    response = walk.open("review").press(**{name: "on" for name in DECLARED if name != missing})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]
    assert b"<title>Error: " in response.content
    assert Submission.objects.count() == 0
