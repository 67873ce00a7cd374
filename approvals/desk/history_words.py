"""What an event in the history says beyond its sentence: what was before, and what is after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from approvals.models import RegistrationRequest
from approvals.timeline import Entry, entry
from contacts.policy import ROLE_POLICY, Role
from customers import numbers
from customers.models import Event
from customers.permissions import ROLE_LABELS, MembershipRole
from customers.relationships import RELATIONSHIPS, Relationship

LABELS = {
    "accepted_on": gettext_lazy("Accepted on"),
    "city": gettext_lazy("City"),
    "code": gettext_lazy("Code"),
    "contact": gettext_lazy("Contact"),
    "country": gettext_lazy("Country"),
    "csm": gettext_lazy("Customer success manager"),
    "customer": gettext_lazy("Customer"),
    "email": gettext_lazy("Email"),
    "examples": gettext_lazy("Examples"),
    "first_name": gettext_lazy("First name"),
    "groups": gettext_lazy("Groups"),
    "industry": gettext_lazy("Industry"),
    "is_active": gettext_lazy("Active"),
    "is_staff": gettext_lazy("Arxus staff"),
    "is_superuser": gettext_lazy("Superuser"),
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "last_name": gettext_lazy("Last name"),
    "legal_name": gettext_lazy("Legal name"),
    "name": gettext_lazy("Name"),
    "national_number": gettext_lazy("National number"),
    "no_vat_reason": gettext_lazy("Why it has no VAT number"),
    "order": gettext_lazy("Order"),
    "partner": gettext_lazy("Partner"),
    "permissions": gettext_lazy("Permissions"),
    "phone": gettext_lazy("Phone number"),
    "phone_extension": gettext_lazy("Extension"),
    "postcode": gettext_lazy("Postcode"),
    "relationship": gettext_lazy("Relationship"),
    "retired": gettext_lazy("Retired"),
    "role": gettext_lazy("Role"),
    "signing_authority": gettext_lazy("Authority to sign declared"),
    "street": gettext_lazy("Street and number"),
    "user": gettext_lazy("User"),
    "uses_secwise_watch": gettext_lazy("Secwise Watch"),
    "vat_number": gettext_lazy("VAT number"),
}

_VALUES: dict[str, dict[str, str]] = {
    "role": {role.value: ROLE_LABELS[role] for role in MembershipRole}
    | {role.value: ROLE_POLICY[role].label for role in Role},
    "relationship": {kind.value: str(RELATIONSHIPS[kind].label) for kind in Relationship},
    "kind": {"person": gettext_noop("Person"), "list": gettext_noop("Distribution list")},
}


@dataclass(frozen=True, kw_only=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event of the history, in words."""

    event: Event
    entry: Entry
    version: int | None
    changes: list[Change]
    is_request: bool
    """Whether its reference leads to a decision page."""
    listing: str | None = None
    """Of an export: the query string of the table whose rows it held."""


def lines(events: Iterable[Event], reader: Any) -> list[Line]:
    """The events as staff read them. One query, for which of the requests can be opened."""
    found = list(events)
    asked = {event.reference for event in found if event.reference.startswith(f"{numbers.REQUEST}-")}
    visible = RegistrationRequest.objects.visible_to(reader).filter(reference__in=asked)
    opened = set(visible.values_list("reference", flat=True)) if asked else set()
    return [
        Line(
            event=event,
            entry=entry(event, reader),
            version=event.facts.get("version"),
            changes=changes_of(event),
            is_request=event.reference in opened,
            listing=event.facts.get("address") if event.action.startswith("export.") else None,
        )
        for event in found
    ]


def changes_of(event: Event) -> list[Change]:
    """What was before and is after, field by field. A record of an odd shape tells nothing rather than break."""
    before, after = event.facts.get("before"), event.facts.get("after")
    if not isinstance(after, dict):
        return []
    was = before if isinstance(before, dict) else {}
    return [
        Change(label=_label(name), before=_value(name, was.get(name)), after=_value(name, value))
        for name, value in after.items()
    ]


def _label(name: str) -> str:
    return str(LABELS[name]) if name in LABELS else name.replace("_", " ")


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    text = "" if value is None else str(value)
    return _(_VALUES[name][text]) if text in _VALUES.get(name, {}) else text
