"""Cases for tests of the checks: rows that are never saved, all of it in order unless told otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any

from approvals.checks import judge
from approvals.checks.cases import Access, Background, Case, Shared, Sighting, Signal
from approvals.models import RegistrationRequest, Submission
from contacts.policy import Role
from customers.models import Partner
from customers.relationships import Relationship
from portal.models import User

SENT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NOW = SENT + timedelta(days=2)
NUMBER = "BE0477472701"
PARTNER, OTHER_PARTNER = 1, 2
CUSTOMER, OTHER_CUSTOMER = 11, 12
CHECKSUM = "ab" * 32


def person(role: Role, **fields: Any) -> dict[str, Any]:
    """Somebody of the customer's own, another one for each role."""
    return {
        "contact": f"CON-{role}",
        "name": f"Ines {role.capitalize()}",
        "kind": "person",
        "side": "customer",
        "email": f"{role}@kempenvaart.example",
        "phone": "+32470550117",
        "phone_readable": "+32 470 55 01 17",
        "phone_extension": "",
    } | fields


def holders(everybody: dict[str, Any] | None = None, **of_role: Any) -> list[dict[str, Any]]:
    """The roles of a snapshot; `everybody` changes each holder, `technical=…` one of them, None leaves it empty."""
    changed = {role: of_role.get(role.value, {}) for role in Role}
    return [
        {"role": role.value, "holder": None if fields is None else person(role, **(everybody or {}) | fields)}
        for role, fields in changed.items()
    ]


def own(**fields: Any) -> dict[str, Any]:
    """Somebody of the partner's own."""
    return {"side": "own", "name": "Pieter Maes", "email": "pieter.maes@brightcloud.example"} | fields


def document(kind: str = "liability_agreement", sha256: str = CHECKSUM) -> dict[str, Any]:
    return {"key": "", "kind": kind, "name": "agreement.pdf", "size": 1, "sha256": sha256, "content_type": ""}


def snapshot(**changed: Any) -> dict[str, Any]:
    details = {
        "name": "Kempenvaart Logistiek NV",
        "legal_name": "",
        "phone": "+3214550142",
        "phone_readable": "+32 14 55 01 42",
        "street": "Kanaalkade 14",
        "postcode": "2300",
        "city": "Turnhout",
        "country": "BE",
    }
    return {
        "vat": {"number": NUMBER, "readable": "BE 0477.472.701", "country": "BE"},
        "register": {},
        "relationship": "reseller",
        "uses_secwise_watch": True,
        "roles": holders(),
        "signing_authority": True,
        "liability": "",
        "evidence": [],
        "warnings": [],
    } | {**changed, "details": details | changed.get("details", {})}


def background(**changed: Any) -> Background:
    values: dict[str, Any] = {
        "usual": {Relationship.RESELLER: 10, Relationship.VALUE_ADD_PARTNER: 10},
        "member_since": SENT - timedelta(days=300),
        "may_onboard": True,
        "access": {Role.TECHNICAL: Access(contact=f"CON-{Role.TECHNICAL}", confirmed_at=SENT)},
    }
    return Background(**values | changed)


def sighting(shared: Shared, value: str = "", **changed: Any) -> Sighting:
    """A living customer of another partner."""
    values: dict[str, Any] = {
        "shared": shared,
        "value": value,
        "customer": OTHER_CUSTOMER,
        "name": "Windroos BV",
        "number": "BE0403170701",
        "partner": OTHER_PARTNER,
        "partner_name": "Northwind IT",
        "status": "active",
        "since": SENT - timedelta(days=100),
    }
    return Sighting(**values | changed)


def case(
    *,
    sightings: tuple[Sighting, ...] = (),
    around: Background | None = None,
    took: timedelta = timedelta(minutes=10),
    version: int = 1,
    raw: Any = None,
    **changed: Any,
) -> Case:
    """A case of version `version`, sent `took` after it was begun; what is left over changes the snapshot, `raw`
    replaces it."""
    partner = Partner(pk=PARTNER, name="Brightcloud", country="BE")
    request = RegistrationRequest(pk=1, partner=partner, customer_id=CUSTOMER, created_at=SENT - took)
    submission = Submission(
        pk=1,
        request=request,
        version=version,
        submitted_at=SENT,
        submitted_by=User(pk=1, first_name="Lotte", last_name="Verlinden"),
        snapshot=snapshot(**changed) if raw is None else raw,
    )
    return Case(request=request, submission=submission, sightings=sightings, background=around or background(), now=NOW)


def judged(**fields: Any) -> dict[str, Signal]:
    """What all checks say of a case, by code."""
    return {signal.code: signal for signal in judge(case(**fields))}
