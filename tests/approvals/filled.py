"""A wizard filled in to the end: what its last page hands to `submit`."""

from typing import Any

from approvals import drafts, submission
from approvals.models import RegistrationRequest, Submission
from contacts.policy import Role, Side
from contacts.roster import PersonDetails, Roster, as_entry, from_entry
from customers.details import CustomerDetails
from customers.models import Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders

DECLARATIONS = ["The data are right.", "We may share these people’s data with Arxus."]
VAT = builders.belgian_vat(9_000_001)
OTHER_VAT = builders.belgian_vat(9_000_002)


def started(partner: Partner, actor: User, vat_number: str = VAT) -> RegistrationRequest:
    """A draft whose first step is done."""
    return drafts.start(actor=actor, partner=partner, answer={"vat_number": vat_number}, vat_number=vat_number)


def details(**fields: Any) -> CustomerDetails:
    builders.make_industry()
    values: dict[str, Any] = {
        "vat_number": VAT,
        "name": "Kempenvaart Logistiek NV",
        "phone": "+3214550142",
        "street": "Kanaalkade 14",
        "postcode": "2300",
        "city": "Turnhout",
        "country": "BE",
        "industry_code": "H",
    }
    return CustomerDetails(**values | fields)


def person(side: Side = Side.CUSTOMER, **fields: str) -> PersonDetails:
    values = {"first_name": "Ines", "last_name": "Vermeulen", "email": "ines@kempenvaart.example"}
    return PersonDetails(side=side, **({"phone": "+32470550117"} | values | fields))


def roster(**fields: Any) -> Roster:
    """One new person of the customer's in every role, in a Reseller relationship."""
    values: dict[str, Any] = {
        "relationship": Relationship.RESELLER,
        "uses_secwise_watch": True,
        "people": {"new-1": person()},
        "holders": dict.fromkeys(Role, "new-1"),
        "signing_authority": True,
    }
    return Roster(**values | fields)


def value_add_roster(**fields: Any) -> Roster:
    """One new person of the partner's own in every role, in a Value Add Partner relationship."""
    own = person(Side.OWN, first_name="Pieter", last_name="Maes", email="pieter.maes@brightcloud.example")
    return roster(**({"relationship": Relationship.VALUE_ADD_PARTNER, "people": {"new-1": own}} | fields))


def roster_of(request: RegistrationRequest, **fields: Any) -> Roster:
    """The roster of a request that came back: its people know which contacts they became."""
    people = {key: from_entry(entry) for key, entry in request.answers["people"].items()}
    return roster(**({"people": people} | fields))


def confirm(actor: User, request: RegistrationRequest, **fields: Any) -> Submission:
    """Press Confirm on the page as it is now; `fields` replace what the page sends."""
    request.refresh_from_db()
    values: dict[str, Any] = {
        "version": request.version,
        "details": details(),
        "roster": roster_of(request) if request.answers["people"] else roster(),
        "declarations": DECLARATIONS,
        "as_it_was": True,
    }
    return submission.submit(actor=actor, request=request, **values | fields)


def sent(partner: Partner, actor: User, **fields: Any) -> RegistrationRequest:
    """A request that went through the verbs: started, people kept in the draft, sent."""
    request = started(partner, actor)
    people = {key: as_entry(value) for key, value in fields.get("roster", roster()).people.items()}
    request = drafts.save_step(
        actor=actor,
        request=request,
        version=request.version,
        step="contacts",
        answer={"relationship": "reseller"},
        done=True,
        people=people,
        company_name="Kempenvaart Logistiek NV",
    )
    confirm(actor, request, **fields)
    request.refresh_from_db()
    return request
