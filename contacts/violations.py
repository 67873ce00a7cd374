"""Judges who is chosen for a role by the role policy: what blocks, and what to know. Pure."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from contacts.policy import ROLE_POLICY, ContactKind, EvidenceKind, Phone, Role, RoleRule, Side, evidence_for, is_needed
from customers.email_domains import domain_of
from customers.relationships import Relationship


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """What the policy needs to know of a contact."""

    name: str
    side: Side
    kind: ContactKind
    email: str
    has_phone: bool
    phone_is_personal: bool
    """Dialable and a person's own line: no freephone or premium number."""
    has_left: bool = False
    """Taken off the organisation's list of contacts since it was chosen."""


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What a choice is judged in."""

    relationship: Relationship
    uses_secwise_watch: bool
    evidence: Collection[EvidenceKind] = frozenset()
    accepts_liability: bool = False
    signing_authority: bool = False
    approval_exception: bool = False
    """Staff let this customer go without the written approval (settled question 10)."""
    blocked_domains: Collection[str] = ()
    """Domains no Commercial contact may have (settled question 3): exact, any case."""


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One rule that a choice breaks (BLOCK) or one thing to know about it (WARN)."""

    role: Role
    code: str
    severity: Severity
    message: str
    """English, with `%(name)s` placeholders for `params`; whoever shows it translates and fills it."""
    params: Mapping[str, str] = field(default_factory=dict)


Check = Callable[[Role, RoleRule, Nominee, Circumstances], "Violation | None"]


def _finding(role: Role, severity: Severity, code: str, message: str, **params: str) -> Violation:
    return Violation(role=role, code=code, severity=severity, message=message, params=params)


def _left(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if not nominee.has_left:
        return None
    return _finding(
        role,
        Severity.BLOCK,
        "has_left",
        _("%(name)s is no longer among your contacts. Choose someone else."),
        name=nominee.name,
    )


def _side(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if nominee.side in rule.sides[case.relationship]:
        return None
    return _finding(
        role,
        Severity.BLOCK,
        "wrong_side",
        _("%(name)s works for the customer, who does not know Arxus. Choose someone of your own organisation."),
        name=nominee.name,
    )


def _kind(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if nominee.kind is ContactKind.PERSON or rule.accepts_list:
        return None
    return _finding(
        role,
        Severity.BLOCK,
        "list_not_accepted",
        _("%(name)s is a distribution list. Only Watch List takes a list: choose a person."),
        name=nominee.name,
    )


def _phone(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if rule.phone is Phone.REQUIRED and not nominee.has_phone:
        return _finding(
            role,
            Severity.BLOCK,
            "phone_missing",
            _("%(name)s has no phone number. Add one, or choose someone else."),
            name=nominee.name,
        )
    if rule.phone is Phone.REQUIRED and not nominee.phone_is_personal:
        return _finding(
            role,
            Severity.BLOCK,
            "phone_not_personal",
            _("The phone number of %(name)s is not a personal line. Enter a direct or mobile number."),
            name=nominee.name,
        )
    if rule.phone is Phone.ADVISED and not nominee.has_phone:
        return _finding(
            role,
            Severity.WARN,
            "phone_advised",
            _("%(name)s has no phone number. Secwise can only write, even at night."),
            name=nominee.name,
        )
    return None


def _domain(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if not rule.signs or domain_of(nominee.email) not in {domain_of(domain) for domain in case.blocked_domains}:
        return None
    return _finding(
        role,
        Severity.BLOCK,
        "blocked_domain",
        _(
            "Microsoft does not accept addresses at %(domain)s for this role. "
            "Give %(name)s an address at another domain, or choose someone else."
        ),
        name=nominee.name,
        domain=domain_of(nominee.email),
    )


def _authority(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    if not rule.signs or case.signing_authority:
        return None
    return _finding(
        role,
        Severity.BLOCK,
        "authority_undeclared",
        _("Confirm that %(name)s has authority to sign for this customer, or choose someone who has."),
        name=nominee.name,
    )


def _document(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    kind = evidence_for(role, nominee.side, case.relationship)
    if kind is None or kind in case.evidence:
        return None
    if kind is EvidenceKind.CUSTOMER_APPROVAL:
        if case.approval_exception:
            return _finding(
                role,
                Severity.WARN,
                "approval_exception",
                _("Arxus lets this customer go without its written approval for %(name)s."),
                name=nominee.name,
            )
        return _finding(
            role,
            Severity.BLOCK,
            "approval_missing",
            _("Add the customer’s written approval for %(name)s to act as its Commercial contact."),
            name=nominee.name,
        )
    if case.relationship in rule.liability_instead and case.accepts_liability:
        return _finding(
            role,
            Severity.WARN,
            "liability_accepted",
            _("Your organisation accepts the liability: %(name)s signs, and no agreement transfers it."),
            name=nominee.name,
        )
    return _finding(
        role,
        Severity.BLOCK,
        "agreement_missing",
        _("%(name)s works for you: add the signed agreement, or accept the legal liability."),
        name=nominee.name,
    )


def _preference(role: Role, rule: RoleRule, nominee: Nominee, case: Circumstances) -> Violation | None:
    preferred = rule.preferred_side.get(case.relationship)
    if preferred is None or nominee.side is preferred:
        return None
    kind = evidence_for(role, nominee.side, case.relationship)
    return _finding(
        role,
        Severity.WARN,
        "side_not_preferred",
        rule.advice_with_document if kind in case.evidence else rule.advice,
        name=nominee.name,
    )


REPLACE: tuple[Check, ...] = (_left, _side, _kind)
"""What no completing of the person mends: somebody else has to be chosen."""
PERSON: tuple[Check, ...] = (_side, _kind, _phone, _domain)
"""What the role asks of the person alone, whatever is declared and added beside."""
CHECKS: tuple[Check, ...] = (_phone, _domain, _authority, _document, _preference)


def violations(role: Role, nominee: Nominee | None, case: Circumstances) -> list[Violation]:
    """What the policy says of this person in this role; an empty list is a clean choice.

    With nobody chosen: one BLOCK where the role is needed, else nothing. Where the person has to be replaced, the rest
    is not asked.
    """
    rule = ROLE_POLICY[role]
    if nominee is None:
        if not is_needed(role, uses_secwise_watch=case.uses_secwise_watch):
            return []
        return [_finding(role, Severity.BLOCK, "role_empty", rule.missing)]
    for checks in (REPLACE, CHECKS):
        if found := [finding for check in checks if (finding := check(role, rule, nominee, case))]:
            return found
    return []


def all_violations(holders: Mapping[Role, Nominee], case: Circumstances) -> list[Violation]:
    """What the policy says of the whole choice, role after role in the order of the policy."""
    return [found for role in ROLE_POLICY for found in violations(role, holders.get(role), case)]


def person_violations(role: Role, nominee: Nominee, case: Circumstances) -> list[Violation]:
    """What keeps this person from the role: side, kind, phone, address. Declarations and documents are not asked."""
    found = (check(role, ROLE_POLICY[role], nominee, case) for check in PERSON)
    return [violation for violation in found if violation is not None and violation.severity is Severity.BLOCK]
