"""What the VAT register's answers are called on the pages of the portal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from customers.vies import Outcome

STATES: dict[str, tuple[str, Any]] = {
    Outcome.REGISTERED: ("good", _("Registered")),
    Outcome.NOT_REGISTERED: ("bad", _("Not registered")),
    Outcome.NO_ANSWER: ("warn", _("No answer")),
    Outcome.NOT_APPLICABLE: ("idle", _("Checked by hand")),
}
"""How each outcome stands, as `look.fact` shows it, and what it is called."""
