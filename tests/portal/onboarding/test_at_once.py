"""Many clicks at the same moment, through the whole stack."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from approvals.models import RegistrationRequest, Submission
from contacts.models import Contact
from customers.models import Customer
from portal.models import User
from tests.portal.onboarding.walk import DECLARED, NUMBER, Page, Walk, address

CLICKS = 6


def at_once(onboarder: User, url: str, typed: dict[str, str]) -> list[tuple[int, str]]:
    """Press the same button of as many pages in the same moment; the answers, status and address."""
    pages = []
    for _click in range(CLICKS):
        client = Client()
        client.force_login(onboarder)
        pages.append(Page(client, url))
    together = Barrier(CLICKS)

    def press(page: Page) -> tuple[int, str]:
        together.wait()
        try:
            response = page.press(**typed)
            return response.status_code, getattr(response, "url", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        return list(pool.map(press, pages))


@pytest.mark.django_db(transaction=True)
def test_confirmed_at_once_it_is_one_request(onboarder: User, own_contact: Contact, walk: Walk) -> None:
    walk.to_review(own_contact)
    answers = at_once(onboarder, address(walk.draft, "review"), DECLARED)
    assert answers == [(302, reverse("request-sent", args=[walk.draft.reference]))] * CLICKS
    assert (Submission.objects.count(), Customer.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_started_at_once_it_is_one_draft(onboarder: User, walk: Walk) -> None:
    answers = at_once(onboarder, reverse("add-customer"), {"vat_number": NUMBER, "country": "BE"})
    assert RegistrationRequest.objects.count() == 1
    assert answers == [(302, address(walk.draft, "details"))] * CLICKS
