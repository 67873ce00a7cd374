"""The last button: the judged forms of all steps become one request."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from approvals import submission
from approvals.models import RegistrationRequest
from approvals.refusals import DuplicateNumber
from contacts.refusals import EmailTaken, PolicyBroken, UnknownContact
from customers.own_numbers import OwnNumber
from portal.onboarding.steps import Step


def send(
    *, actor: Any, draft: RegistrationRequest, version: int, forms: Mapping[str, Any], as_it_was: bool = False
) -> Step | None:
    """Send the request. Returns the step that has to be mended first, None where it was sent.

    Raises what else `submission.submit` refuses for: StaleDraft, WrongState, RequestGone, NotAllowed, NothingChanged.
    """
    contacts = forms[Step.CONTACTS]
    try:
        submission.submit(
            actor=actor,
            request=draft,
            version=version,
            details=replace(forms[Step.DETAILS].details(""), **forms[Step.VAT].facts),
            roster=contacts.roster,
            declarations=forms[Step.REVIEW].declarations(),
            liability_wording=contacts.liability_wording,
            register_reason=forms[Step.DETAILS].given_reason,
            as_it_was=as_it_was,
        )
    except (DuplicateNumber, OwnNumber):
        return Step.VAT
    except (PolicyBroken, UnknownContact, EmailTaken):
        return Step.CONTACTS
    return None


def unchanged(draft: RegistrationRequest) -> HttpResponse:
    """Where somebody says why nothing changed, or that it stays as it is."""
    return redirect(reverse("request-changes", args=[draft.reference]) + "?as_it_was=1")
