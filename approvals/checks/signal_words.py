"""What the role policy's warnings are called for approvers: the policy itself speaks to the partner ("for you")."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, kw_only=True)
class WarningWords:
    title: str
    fact: str
    """English, filled like the title with the warning's own values and `role`, `title`, `best`, `partner`."""


WARNING_WORDS: dict[str, WarningWords] = {
    "liability_accepted": WarningWords(
        title=_("Partner bears the liability"),
        fact=_("%(name)s of %(partner)s signs. No agreement transfers the liability: %(partner)s accepted it"),
    ),
    "approval_exception": WarningWords(
        title=_("No written approval of the customer"),
        fact=_("Arxus granted an exception: %(name)s of %(partner)s acts as Commercial contact without it"),
    ),
    "side_not_preferred": WarningWords(
        title=_("%(role)s contact from the partner"),
        fact=_("%(name)s works for %(partner)s. Best is %(best)s"),
    ),
    "phone_advised": WarningWords(
        title=_("No phone number: %(role)s"),
        fact=_("Secwise can only write to %(name)s, even at night"),
    ),
}

REFUSAL_WORDS: dict[str, str] = {
    "role_empty": _("%(role)s: nobody"),
    "wrong_side": _("%(role)s: %(name)s works for the customer, who does not know Arxus"),
    "list_not_accepted": _("%(role)s: %(name)s is a distribution list"),
    "phone_missing": _("%(role)s: %(name)s has no phone number"),
    "phone_not_personal": _("%(role)s: the phone number of %(name)s is not a personal line"),
    "blocked_domain": _("%(role)s: %(name)s has an address at %(domain)s, which is refused"),
}
"""What the role policy refuses, by the code of its violation: English, filled with its values and `role`."""
