"""The five roles of one customer as cards: who fills them, how to reach them, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.gaps import GAP_WORDS
from contacts.models import Contact, RoleAssignment
from contacts.nominees import gaps_of
from contacts.policy import ROLE_POLICY, Role, is_needed
from contacts.violations import Severity
from customers.models import Customer


@dataclass(frozen=True, kw_only=True)
class RoleCard:
    role: Role
    label: str
    title: str
    receives: str
    holder: Contact | None
    is_needed: bool
    gaps: Sequence[str]
    """What has to be mended, in a few words each."""
    advice: Sequence[str]
    """What would be better, in a few words each."""


def gap_words(code: str) -> str:
    """The words of a gap's code (`contacts.gaps.gap_code`): `DPO missing`, `2 roles to mend`; "" for none."""
    kind, _colon, which = code.partition(":")
    if not kind:
        return ""
    if kind in GAP_WORDS:
        return _(GAP_WORDS[kind].with_role) % {"role": _(ROLE_POLICY[Role(which)].label)}
    count = int(which)
    if kind == "missing":
        return ngettext("%(count)d role missing", "%(count)d roles missing", count) % {"count": count}
    return ngettext("%(count)d role to mend", "%(count)d roles to mend", count) % {"count": count}


def cards_of(customer: Customer) -> list[RoleCard]:
    """A card for each role in the order of the policy; one query."""
    assignments = RoleAssignment.objects.filter(customer=customer).select_related("contact")
    holders = {Role(assignment.role): assignment.contact for assignment in assignments}
    found = gaps_of(
        holders,
        relationship=customer.relationship,
        uses_secwise_watch=customer.uses_secwise_watch,
    )

    def words(role: Role, severity: Severity) -> list[str]:
        return [_(GAP_WORDS[gap.code].alone) for gap in found if gap.role is role and gap.severity is severity]

    return [
        RoleCard(
            role=role,
            label=_(rule.label),
            title=_(rule.title),
            receives=_(rule.receives),
            holder=holders.get(role),
            is_needed=is_needed(role, uses_secwise_watch=customer.uses_secwise_watch),
            gaps=words(role, Severity.BLOCK),
            advice=words(role, Severity.WARN),
        )
        for role, rule in ROLE_POLICY.items()
    ]
