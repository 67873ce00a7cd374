"""The whole path: from the plus button to the confirmation."""

import pytest
from django.urls import reverse

from approvals.models import RegistrationRequest, Submission
from approvals.workflow import State
from contacts.models import Contact
from tests.portal.onboarding.walk import DECLARED, NUMBER, Walk, address, pdf


def test_a_reseller_registers_a_customer(walk: Walk, own_contact: Contact) -> None:
    response = walk.start()
    draft = walk.draft
    assert response.url == address(draft, "details")
    walk.to_contacts if False else None
