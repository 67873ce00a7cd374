"""What a member of an organisation may do: the one table, membership role by ability. Pure."""

from enum import StrEnum


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class MembershipRole(StrEnum):
    VIEWER = "viewer"
    ONBOARDER = "onboarder"
    ADMINISTRATOR = "administrator"


class Ability(StrEnum):
    LOOK = "look"
    """See the organisation's customers, requests and contacts."""
    ONBOARD = "onboard"
    """Start, continue, send and withdraw registration requests."""
    MANAGE_TEAM = "manage_team"
    """Invite colleagues, set what they may do, remove them."""


PERMISSIONS: dict[MembershipRole, frozenset[Ability]] = {
    MembershipRole.VIEWER: frozenset({Ability.LOOK}),
    MembershipRole.ONBOARDER: frozenset({Ability.LOOK, Ability.ONBOARD}),
    MembershipRole.ADMINISTRATOR: frozenset({Ability.LOOK, Ability.ONBOARD, Ability.MANAGE_TEAM}),
}

ROLE_LABELS: dict[MembershipRole, str] = {
    MembershipRole.VIEWER: _("Viewer"),
    MembershipRole.ONBOARDER: _("Onboarder"),
    MembershipRole.ADMINISTRATOR: _("Administrator"),
}


def may(role: str, ability: Ability) -> bool:
    """Whether a membership role has an ability; a role nobody knows has none."""
    try:
        return ability in PERMISSIONS[MembershipRole(role)]
    except ValueError:
        return False
