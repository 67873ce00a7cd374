"""Walks the wizard as a person does: opens a page, fills its form in, presses a button."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from approvals.models import RegistrationRequest
from contacts.models import Contact
from contacts.policy import Role
from tests import builders
from tests.builders import belgian_vat
from tests.request_builders import PDF

MARKER = "registration_wizard-current_step"
NUMBER = belgian_vat(9_000_001)

DETAILS = {
    "name": "Kempenvaart Logistiek NV",
    "legal_name": "",
    "phone": "014 55 01 42",
    "phone_extension": "",
    "street": "Kanaalkade 14",
    "postcode": "2300",
    "city": "Turnhout",
    "country": "BE",
    "industry": "H",
    "language": "nl",
}
DECLARED = {"declaration_1": "on", "declaration_2": "on", "declaration_3": "on"}


def pdf(name: str = "agreement.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def contacts_of(contact: Contact, **changed: Any) -> dict[str, Any]:
    """Everything answered by one own contact, in a Reseller relationship, with the liability accepted."""
    answer = {role.value: contact.number for role in Role if role is not Role.SECURITY_INCIDENT}
    return {"relationship": "reseller", "signing_authority": "on", "accepts_liability": "on"} | answer | changed


def address(draft: RegistrationRequest, step: str, query: str = "") -> str:
    url = reverse("onboarding", args=[draft.reference, step])
    return f"{url}?{query}=1" if query else url


class Page:
    """One page as it was opened: `press` sends what its form holds, as it was then."""

    def __init__(self, client: Client, url: str) -> None:
        self.client = client
        self.url = url
        self.response: Any = client.get(url)
        context = self.response.context
        self.hidden = {MARKER: context["step"]} if context and "step" in context else {}
        if context and context.get("draft"):
            self.hidden |= {"version": context["draft"].version, "seen": context["seen"]}

    def press(self, button: str = "next", **typed: Any) -> Any:
        return self.client.post(self.url, self.hidden | {"intent": button} | typed)


class Walk:
    """`Walk(client)`: from the plus button to wherever a test wants to be."""

    def __init__(self, client: Client) -> None:
        self.client = client
        builders.make_industry()

    @property
    def draft(self) -> RegistrationRequest:
        return RegistrationRequest.objects.latest("pk")

    def open(self, step: str, query: str = "") -> Page:
        return Page(self.client, address(self.draft, step, query))

    def start(self, vat_number: str = NUMBER, country: str = "BE") -> Any:
        return Page(self.client, reverse("add-customer")).press(vat_number=vat_number, country=country)

    def to_contacts(self, **details: Any) -> "Walk":
        self.start()
        assert self.open("details").press(**DETAILS | details).status_code == 302
        return self

    def to_review(self, contact: Contact, **contacts: Any) -> "Walk":
        self.to_contacts()
        response = self.open("contacts").press(**contacts_of(contact, **contacts))
        assert response.status_code == 302, response.context["form"].errors
        return self

    def confirm(self) -> Any:
        return self.open("review").press(**DECLARED)
