"""What the role policy says, in sentences: beside a field, on the help page, for whoever checks. Nothing of it is
written down twice: every row is made from `contacts.policy`."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from contacts.policy import ROLE_POLICY, EvidenceKind, Need, Role, Side
from customers.relationships import RELATIONSHIPS, Relationship

EITHER = frozenset(Side)


def whose(role: Role, relationship: Relationship | None) -> str:
    """Whose person may fill the role, as a sentence. While no relationship is chosen: whatever the wider one allows."""
    rule = ROLE_POLICY[role]
    sides = rule.sides[relationship] if relationship else frozenset().union(*rule.sides.values())
    match sides == EITHER, rule.accepts_list:
        case True, True:
            return _("May be yours or the customer’s, also a distribution list.")
        case True, False:
            return _("May be yours or the customer’s.")
        case False, True:
            return _("Must be yours, also a distribution list.")
        case _other:
            return _("Must be yours.")


def best(role: Role, relationship: Relationship | None) -> str:
    """The best practice, as a sentence; empty where it is for another relationship."""
    rule = ROLE_POLICY[role]
    if rule.preferred_side and relationship and relationship not in rule.preferred_side:
        return ""
    return _("Best: %(who)s.") % {"who": _(rule.best_practice)}


def hint(role: Role, relationship: Relationship | None) -> str:
    """What stands beside the role's field."""
    return f"{whose(role, relationship)} {best(role, relationship)}".strip()


def needed(role: Role) -> str:
    """When the role has to be filled."""
    if ROLE_POLICY[role].need is Need.ALWAYS:
        return _("Always")
    return _("When the customer uses Secwise Watch")


def requirements(role: Role) -> str:
    """What the person needs, the domains that are refused for those who sign included."""
    rule = ROLE_POLICY[role]
    if not rule.signs or not settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS:
        return _(rule.requirements)
    domains = ", ".join(settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS)
    refused = _("No e-mail address at %(domains)s: Microsoft does not accept it.") % {"domains": domains}
    return f"{_(rule.requirements)} {refused}"


def evidence(role: Role, relationship: Relationship) -> str:
    """The document that an own contact asks for in this relationship, as a sentence; empty for none."""
    kind = ROLE_POLICY[role].evidence.get((relationship, Side.OWN))
    if kind is EvidenceKind.CUSTOMER_APPROVAL:
        return _("With the customer’s written approval.")
    if kind is EvidenceKind.LIABILITY_AGREEMENT:
        if relationship in ROLE_POLICY[role].liability_instead:
            return _("If yours: with a signed agreement that transfers the liability, or you accept it.")
        return _("If yours: with a signed agreement that transfers the liability.")
    return ""


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """What one role asks in one relationship."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class GuideRow:
    """One role on the help page."""

    role: Role
    title: str
    receives: str
    needed: str
    requirements: str
    relationships: tuple[Guidance, ...]


def rows() -> Iterator[GuideRow]:
    """The role guide, in the order of the policy and in the reader's language."""
    for role, rule in ROLE_POLICY.items():
        yield GuideRow(
            role=role,
            title=_(rule.title),
            receives=_(rule.receives),
            needed=needed(role),
            requirements=requirements(role),
            relationships=tuple(
                Guidance(
                    label=_(facts.label),
                    text=" ".join(filter(None, (hint(role, relationship), evidence(role, relationship)))),
                )
                for relationship, facts in RELATIONSHIPS.items()
            ),
        )


def relationships() -> Iterator[tuple[str, list[str]]]:
    """Each relationship with what it means, in the reader's language."""
    for facts in RELATIONSHIPS.values():
        yield _(facts.label), [_(line) for line in facts.meaning]
