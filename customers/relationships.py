"""How a partner deals with a customer: a property of the customer. Pure.

Source: the operator's help article, "Clearly Defining Your Relationship".
"""

from dataclasses import dataclass
from enum import StrEnum


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Relationship(StrEnum):
    RESELLER = "reseller"
    VALUE_ADD_PARTNER = "value_add_partner"


@dataclass(frozen=True, kw_only=True)
class RelationshipFacts:
    label: str
    meaning: tuple[str, str, str]
    """Three short lines for the choice in the wizard, from the partner's point of view."""


RELATIONSHIPS: dict[Relationship, RelationshipFacts] = {
    Relationship.RESELLER: RelationshipFacts(
        label=_("Reseller"),
        meaning=(
            _("The customer knows Arxus."),
            _("It has a tenant and portal access."),
            _("Arxus may contact it directly."),
        ),
    ),
    Relationship.VALUE_ADD_PARTNER: RelationshipFacts(
        label=_("Value Add Partner"),
        meaning=(
            _("The customer does not know Arxus."),
            _("You manage its tenant for it."),
            _("Arxus speaks only with you."),
        ),
    ),
}
