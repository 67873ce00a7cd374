"""Why the VAT register gave no answer, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.vies import Cause

CAUSE_WORDS: dict[Cause, Any] = {
    Cause.COUNTRY_DOWN: _("The register of this country cannot be reached."),
    Cause.SERVICE_DOWN: _("The register is out of service."),
    Cause.TIMEOUT: _("The register took too long."),
    Cause.BUSY: _("The register is too busy."),
    Cause.BLOCKED: _("The register refuses our questions."),
    Cause.UNREACHABLE: _("The register cannot be reached."),
    Cause.UNREADABLE: _("The register sent something that is no answer."),
    Cause.UNKNOWN: _("The register sent something that is no answer."),
    Cause.OUR_FAULT: _("The register does not know us. Tell whoever runs the portal."),
    Cause.RESTING: _("The register keeps failing for this country, so it is left alone for a moment."),
    Cause.RATIONED: _("Many numbers were looked up in the past hour."),
    Cause.OTHER_COUNTRY: _("The register holds no numbers of this country."),
}


def cause_words(cause: str) -> str:
    """The sentence for a cause as it is stored; "" for none, and for one that is no longer known."""
    return str(CAUSE_WORDS[Cause(cause)]) if cause in list(Cause) else ""
