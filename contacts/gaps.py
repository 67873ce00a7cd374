"""What is wrong with the people in a customer's roles, in words short enough for a table. Pure.

The role policy judges; documents and declarations are left aside, as they belong to the request that was decided on.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from contacts.policy import EvidenceKind, Role
from contacts.violations import Circumstances, Nominee, Severity, Violation, all_violations
from customers.relationships import Relationship


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


@dataclass(frozen=True, kw_only=True)
class GapWords:
    alone: str
    """Beside the role's name."""
    with_role: str
    """With a place for `%(role)s`."""


GAP_WORDS: dict[str, GapWords] = {
    "role_empty": GapWords(alone=_("Missing"), with_role=_("%(role)s missing")),
    "has_left": GapWords(alone=_("Has left"), with_role=_("%(role)s has left")),
    "wrong_side": GapWords(alone=_("Wrong organisation"), with_role=_("%(role)s: wrong organisation")),
    "list_not_accepted": GapWords(alone=_("Is no person"), with_role=_("%(role)s is no person")),
    "phone_missing": GapWords(alone=_("Phone missing"), with_role=_("%(role)s: phone missing")),
    "phone_not_personal": GapWords(alone=_("No direct phone"), with_role=_("%(role)s: no direct phone")),
    "phone_advised": GapWords(alone=_("Phone advised"), with_role=_("%(role)s: phone advised")),
    "blocked_domain": GapWords(alone=_("E-mail not accepted"), with_role=_("%(role)s: e-mail not accepted")),
}

MANY = ("missing", "mend")
"""What a code begins with that counts roles: all of them empty, or something else wrong with one at least."""
GAP_CODES: tuple[str, ...] = (
    *(f"{code}:{role}" for role in Role for code in GAP_WORDS),
    *(f"{many}:{count}" for many in MANY for count in range(2, len(Role) + 1)),
)
"""Every code there can be."""


def gaps(
    holders: Mapping[Role, Nominee],
    *,
    relationship: str,
    uses_secwise_watch: bool,
    blocked_domains: Collection[str] = (),
) -> list[Violation]:
    """What the policy says of the people themselves, role after role in its order; each has its words in GAP_WORDS."""
    case = Circumstances(
        relationship=Relationship(relationship),
        uses_secwise_watch=uses_secwise_watch,
        evidence=frozenset(EvidenceKind),
        accepts_liability=True,
        signing_authority=True,
        approval_exception=True,
        blocked_domains=blocked_domains,
    )
    return [found for found in all_violations(holders, case) if found.code in GAP_WORDS]


def must_be_mended(found: Collection[Violation]) -> list[Violation]:
    """Those that a new request would be refused for; the rest is advice."""
    return [violation for violation in found if violation.severity is Severity.BLOCK]


def gap_code(found: Sequence[Violation]) -> str:
    """What is wrong with the roles of a customer, in one short code; "" where nothing is.

    `role_empty:dpo` where it is one role, else how many: `missing:2`, or `mend:2` where more is wrong than empty roles.
    """
    if not found:
        return ""
    roles = {violation.role for violation in found}
    if len(roles) == 1:
        return f"{found[0].code}:{found[0].role}"
    all_empty = all(violation.code == "role_empty" for violation in found)
    return f"{'missing' if all_empty else 'mend'}:{len(roles)}"
