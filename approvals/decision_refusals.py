"""Why an approver's act is not done: who holds the request, what an approval still needs, who may give it."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approvals.refusals import MOMENT, Refusal

if TYPE_CHECKING:
    from approvals.checks.cases import Signal
    from contacts.models import Contact


class HeldByOther(Refusal):
    """Somebody else holds the request: `holder`, since `since`. Only the holder decides."""

    def __init__(self, holder: Any, since: datetime) -> None:
        super().__init__(holder.pk)
        self.holder = holder
        self.since = since

    @property
    def words(self) -> str:
        facts = {
            "holder": self.holder.get_full_name(),
            "when": date_format(timezone.localtime(self.since), MOMENT),
        }
        return (
            _("%(holder)s holds this request since %(when)s and decides on it. Leave it to them, or take it over.")
            % facts
        )


class NotHeld(Refusal):
    """The person does not hold the request, so cannot give it back."""

    @property
    def words(self) -> str:
        return _("You do not hold this request, so there is nothing to give back.")


class SecondApproverNeeded(Refusal):
    """Two persons have to approve, and this one is the first of them already.

    `is_exception`: by having let the customer go without its written approval (settled question 10); else by having
    approved this version.
    """

    def __init__(self, *, is_exception: bool) -> None:
        super().__init__(is_exception)
        self.is_exception = is_exception

    @property
    def words(self) -> str:
        if self.is_exception:
            return _("You let this customer go without its written approval, so a second approver has to decide.")
        return _("You approved this request already. A second approver has to approve it as well.")


class OverrideReasonMissing(Refusal):
    """A check is red: approving all the same needs a reason. `signals` are those that ask for it."""

    def __init__(self, signals: "Sequence[Signal]") -> None:
        super().__init__([signal.code for signal in signals])
        self.signals = tuple(signals)

    @property
    def words(self) -> str:
        facts = {"checks": ", ".join(signal.title for signal in self.signals)}
        return _("Write down why you approve all the same. What speaks against it: %(checks)s.") % facts


class ApprovalBlocked(Refusal):
    """A check forbids approving, whatever the reason. `signals` are those that do."""

    def __init__(self, signals: "Sequence[Signal]") -> None:
        super().__init__([signal.code for signal in signals])
        self.signals = tuple(signals)

    @property
    def words(self) -> str:
        facts = {"checks": ", ".join(signal.title for signal in self.signals)}
        return _("This request cannot be approved as it is: %(checks)s. Ask the partner for changes.") % facts


class NotAllGreen(Refusal):
    """Only a request whose checks are all green, and which needs one approver, is approved unread. `signals` are the
    checks that are not green."""

    def __init__(self, signals: "Sequence[Signal]" = ()) -> None:
        super().__init__([signal.code for signal in signals])
        self.signals = tuple(signals)

    @property
    def words(self) -> str:
        if not self.signals:
            return _("Two approvers have to look at it, so open it and decide there.")
        facts = {"checks": ", ".join(signal.title for signal in self.signals)}
        return _("Not all green, so open it and decide there: %(checks)s.") % facts


class AccessNotConfirmed(Refusal):
    """Nobody of Arxus has confirmed portal access and ServiceNow permissions of these `contacts` yet."""

    def __init__(self, contacts: "Sequence[Contact]") -> None:
        super().__init__([contact.number for contact in contacts])
        self.contacts = tuple(contacts)

    @property
    def words(self) -> str:
        facts = {"names": ", ".join(contact.full_name for contact in self.contacts)}
        return _("Confirm portal access and ServiceNow permissions for %(names)s, then approve.") % facts
