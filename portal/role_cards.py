"""The five roles of one customer as cards: who fills them, how to reach them, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from contacts.assignment import nominee_of
from contacts.gaps import GAP_WORDS, gaps
from contacts.models import Contact, RoleAssignment
from contacts.policy import ROLE_POLICY, Role, is_needed
from contacts.violations import Severity, Violation
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


def gaps_of(holders: Mapping[Role, Contact], *, relationship: str, uses_secwise_watch: bool) -> list[Violation]:
    """What the role policy says of the people who fill a customer's roles, as they are now."""
    return gaps(
        {role: nominee_of(contact) for role, contact in holders.items()},
        relationship=relationship,
        uses_secwise_watch=uses_secwise_watch,
        blocked_domains=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
    )


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
