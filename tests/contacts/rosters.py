"""People and rosters for tests, each as small as the rules allow."""

from typing import Any

from contacts.policy import Role, Side
from contacts.roster import PersonDetails, Roster
from customers.models import Customer, Event
from customers.relationships import Relationship

NEEDED = (Role.TECHNICAL, Role.COMMERCIAL, Role.DPO, Role.WATCH_LIST)


def person(**fields: Any) -> PersonDetails:
    values = {
        "side": Side.CUSTOMER,
        "first_name": "Marie",
        "last_name": "Thys",
        "email": "marie.thys@kempenvaart.example",
        "phone": "+32470550117",
    } | fields
    return PersonDetails(**values)


def roster(key: str = "new-1", **fields: Any) -> Roster:
    """Everything that is needed, filled by one key."""
    values = {
        "relationship": Relationship.RESELLER,
        "uses_secwise_watch": False,
        "holders": dict.fromkeys(NEEDED, key),
        "signing_authority": True,
    } | fields
    return Roster(**values)


def holders_of(customer: Customer) -> dict[str, str]:
    return dict(customer.assignments.order_by().values_list("role", "contact__number"))


def actions(customer: Customer) -> list[str]:
    return list(Event.objects.filter(customer=customer).order_by("pk").values_list("action", flat=True))
