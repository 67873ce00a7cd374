"""Who may fill which role: the one table. Pure. `contacts.violations` judges a choice by it.

Everything about roles reads from here: what a select offers, what the server refuses, the hint beside a field, the help
page, the approver's view. Source: the operator's help article on onboarding customers, and the settled questions of the
product (docs/decisions.md), by number where a rule comes from one of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from customers.relationships import Relationship


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Role(StrEnum):
    TECHNICAL = "technical"
    COMMERCIAL = "commercial"
    DPO = "dpo"
    WATCH_LIST = "watch_list"
    SECURITY_INCIDENT = "security_incident"


class Side(StrEnum):
    """Whose person a contact is, seen from the partner."""

    OWN = "own"
    CUSTOMER = "customer"


class ContactKind(StrEnum):
    PERSON = "person"
    LIST = "list"


class EvidenceKind(StrEnum):
    CUSTOMER_APPROVAL = "customer_approval"
    """The customer's written approval that the partner acts as its Commercial contact (Value Add Partner)."""
    LIABILITY_AGREEMENT = "liability_agreement"
    """A signed agreement that transfers the liability to the customer (Reseller with an own Commercial contact)."""


class Need(StrEnum):
    ALWAYS = "always"
    WITH_SECWISE_WATCH = "with_secwise_watch"


class Phone(StrEnum):
    REQUIRED = "required"
    ADVISED = "advised"
    OPTIONAL = "optional"


@dataclass(frozen=True, kw_only=True)
class RoleRule:
    label: str
    """The role alone: `Technical`."""
    title: str
    """The legend of its card: `Technical contact`."""
    missing: str
    """What to do where the role is needed and nobody fills it."""
    receives: str
    best_practice: str
    requirements: str
    """What the person needs, for the help page."""
    need: Need
    sides: Mapping[Relationship, frozenset[Side]]
    preferred_side: Mapping[Relationship, Side] = field(default_factory=dict)
    advice: str = ""
    """What to know where the person is not of the preferred side, about `%(name)s`."""
    advice_with_document: str = ""
    """The same once the document that the choice asks for is there; empty where it asks for none."""
    phone: Phone
    accepts_list: bool = False
    invited: bool = False
    """Gets portal access and ServiceNow permissions on approval; the approver confirms both."""
    signs: bool = False
    """Needs the submitter's declaration of signing authority, and an address outside the blocked domains."""
    evidence: Mapping[tuple[Relationship, Side], EvidenceKind] = field(default_factory=dict)
    """The document that a choice asks for."""
    liability_instead: frozenset[Relationship] = frozenset()
    """Relationships in which the partner may accept the legal liability instead of adding the document."""


EITHER = {
    Relationship.RESELLER: frozenset({Side.OWN, Side.CUSTOMER}),
    # Settled question 5: such a customer does not know of Arxus, so nobody of its people is known to Arxus.
    Relationship.VALUE_ADD_PARTNER: frozenset({Side.OWN}),
}

ROLE_POLICY: dict[Role, RoleRule] = {
    Role.TECHNICAL: RoleRule(
        label=_("Technical"),
        title=_("Technical contact"),
        missing=_("Choose the Technical contact, or create a new one."),
        receives=_("Gets IT updates and alerts, and answers when a service fails."),
        best_practice=_("whoever runs the tenant"),
        requirements=_("Portal access, ServiceNow permissions and a phone number of their own."),
        need=Need.ALWAYS,
        sides=EITHER,
        phone=Phone.REQUIRED,
        invited=True,
    ),
    Role.COMMERCIAL: RoleRule(
        label=_("Commercial"),
        title=_("Commercial contact"),
        missing=_("Choose the Commercial contact, or create a new one."),
        receives=_("Signs for the customer, and agrees to the terms of Arxus and Microsoft."),
        best_practice=_("the customer’s own signatory"),
        requirements=_("Authority to sign and a phone number of their own."),
        need=Need.ALWAYS,
        sides=EITHER,
        preferred_side={Relationship.RESELLER: Side.CUSTOMER},
        advice=_("%(name)s works for you. Best is the customer’s own signatory: then the liability is not yours."),
        advice_with_document=_(
            "%(name)s works for you, and the signed agreement transfers the liability to the customer. "
            "Arxus checks the agreement. Best is the customer’s own signatory."
        ),
        phone=Phone.REQUIRED,
        signs=True,
        evidence={
            # Settled questions 1 and 2.
            (Relationship.VALUE_ADD_PARTNER, Side.OWN): EvidenceKind.CUSTOMER_APPROVAL,
            (Relationship.RESELLER, Side.OWN): EvidenceKind.LIABILITY_AGREEMENT,
        },
        liability_instead=frozenset({Relationship.RESELLER}),
    ),
    Role.DPO: RoleRule(
        label=_("DPO"),
        title=_("DPO contact"),
        missing=_("Choose the DPO contact, or create a new one."),
        receives=_("Is told of data breaches and answers privacy questions."),
        best_practice=_("whoever handles privacy incidents"),
        requirements=_("An e-mail address."),
        need=Need.ALWAYS,
        sides=EITHER,
        phone=Phone.OPTIONAL,
    ),
    Role.WATCH_LIST: RoleRule(
        label=_("Watch List"),
        title=_("Watch List contact"),
        missing=_("Choose the Watch List contact, or create a new one."),
        receives=_("Gets a copy of every e-mail about this customer’s tickets."),
        best_practice=_("whoever follows tickets up"),
        requirements=_("An e-mail address; a distribution list will do."),
        need=Need.ALWAYS,
        sides=EITHER,
        phone=Phone.OPTIONAL,
        accepts_list=True,
    ),
    Role.SECURITY_INCIDENT: RoleRule(
        label=_("Security Incident"),
        title=_("Security Incident contact"),
        missing=_("Choose the Security Incident contact, or create a new one."),
        receives=_("Gets urgent security warnings from the Secwise operations centre."),
        best_practice=_("the customer’s own security team"),
        requirements=_("An e-mail address; a phone number is advised."),
        need=Need.WITH_SECWISE_WATCH,  # Settled question 4.
        sides=EITHER,
        preferred_side={Relationship.RESELLER: Side.CUSTOMER},
        advice=_("%(name)s works for you. Best is the customer’s own security team."),
        phone=Phone.ADVISED,
    ),
}


def is_needed(role: Role, *, uses_secwise_watch: bool) -> bool:
    """Whether the role must be filled."""
    return ROLE_POLICY[role].need is Need.ALWAYS or uses_secwise_watch


def may_offer(role: Role, side: Side, kind: ContactKind, relationship: Relationship) -> bool:
    """Whether a select offers this contact: right side, right kind. What can still be mended is offered."""
    rule = ROLE_POLICY[role]
    return side in rule.sides[relationship] and (kind is ContactKind.PERSON or rule.accepts_list)


def evidence_for(role: Role, side: Side, relationship: Relationship) -> EvidenceKind | None:
    """The document that filling the role from this side asks for, if any."""
    return ROLE_POLICY[role].evidence.get((relationship, side))
