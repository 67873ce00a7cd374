"""Why something is not done, as named errors: each carries the facts, and words that a page can show."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approvals.workflow import State

if TYPE_CHECKING:
    from approvals.duplicates import Duplicate
    from approvals.models import RegistrationRequest
    from contacts.violations import Violation

MOMENT = "j F Y, H:i"


class Refusal(Exception):
    """Something is not done; nothing was written. `words` say what happened and what to do, for the page."""

    @property
    def words(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.words


class NotAllowed(Refusal):
    """The person may not do this, whatever the state of the request."""

    @property
    def words(self) -> str:
        return _("Your account may not do this. The service desk of Arxus can change that.")


class WrongState(Refusal):
    """The request is not in a state from which this can be done: somebody moved it, or it was done already.

    `state` is where it is now; `by` the name of who brought it there and `at` when ("" and None where unknown).
    """

    def __init__(self, state: State, by: str = "", at: datetime | None = None) -> None:
        super().__init__(state)
        self.state = state
        self.by = by
        self.at = at

    @property
    def words(self) -> str:
        if not self.by or self.at is None:
            return _MOVED[self.state][0]()
        when = date_format(timezone.localtime(self.at), MOMENT)
        return _MOVED[self.state][1]() % {"by": self.by, "when": when}


# Functions, so that the words are looked up in the language of whoever reads them.
_MOVED = {
    State.DRAFT: (
        lambda: _("This request is a draft: it has not been sent yet."),
        lambda: _("This request is a draft, last saved by %(by)s on %(when)s: it has not been sent yet."),
    ),
    State.SUBMITTED: (
        lambda: _("This request has been sent and waits for Arxus."),
        lambda: _("%(by)s sent this request on %(when)s; it waits for Arxus."),
    ),
    State.CHANGES_REQUESTED: (
        lambda: _("Changes have been asked for in this request."),
        lambda: _("%(by)s asked for changes in this request on %(when)s."),
    ),
    State.APPROVED: (
        lambda: _("This request has been approved."),
        lambda: _("%(by)s approved this request on %(when)s."),
    ),
    State.REJECTED: (
        lambda: _("This request has been rejected."),
        lambda: _("%(by)s rejected this request on %(when)s."),
    ),
    State.WITHDRAWN: (
        lambda: _("This request has been withdrawn."),
        lambda: _("%(by)s withdrew this request on %(when)s."),
    ),
}


class RequestGone(Refusal):
    """The draft was deleted meanwhile."""

    @property
    def words(self) -> str:
        return _("This draft has been deleted meanwhile. Start again with “Add customer”.")


class StaleDraft(Refusal):
    """Somebody saved after the page was opened. `request` is as it is now; `fields` those of the step that differ
    between what was sent and what is kept (field names, empty where another step was saved)."""

    def __init__(self, request: "RegistrationRequest", fields: Sequence[str] = ()) -> None:
        super().__init__(request.reference)
        self.request = request
        self.fields = tuple(fields)

    @property
    def words(self) -> str:
        facts = {
            "by": self.request.updated_by.get_full_name(),
            "when": date_format(timezone.localtime(self.request.updated_at), MOMENT),
        }
        return _("%(by)s changed this request on %(when)s, while you had it open. Check it, then save again.") % facts


class StaleSubmission(Refusal):
    """The partner sent a newer version than the one the approver read."""

    def __init__(self, seen: int, current: int) -> None:
        super().__init__(seen, current)
        self.seen = seen
        self.current = current

    @property
    def words(self) -> str:
        facts = {"seen": self.seen, "current": self.current}
        return _("The partner sent version %(current)s while you read version %(seen)s. Read it, then decide.") % facts


class Unread(Refusal):
    """The press came right after a decision on another request, `company`, and was most likely meant for that one."""

    def __init__(self, company: str) -> None:
        super().__init__(company)
        self.company = company

    @property
    def words(self) -> str:
        facts = {"company": self.company}
        return (
            _("You decided on %(company)s a moment ago. Nothing is decided here yet: read it, then press again.")
            % facts
        )


class OwnRequest(Refusal):
    """Nobody decides on a request they submitted, in any of its versions."""

    @property
    def words(self) -> str:
        return _("You sent this request yourself, so somebody else has to decide on it.")


class ReasonMissing(Refusal):
    """This decision needs a reason."""

    @property
    def words(self) -> str:
        return _("Write down why: the partner reads it.")


class DeclarationsMissing(Refusal):
    """A submission carries the sentences that were ticked (settled question 9)."""

    @property
    def words(self) -> str:
        return _("Tick the statements above the button: we can only take requests that carry them.")


class DuplicateNumber(Refusal):
    """The partner already has this number, VAT or national: `found` says where."""

    def __init__(self, found: "Duplicate") -> None:
        super().__init__(found.kind)
        self.found = found

    @property
    def words(self) -> str:
        return self.words_for(None)

    def words_for(self, reader: Any) -> str:
        """The words, which say "you" to whose request or draft it is."""
        facts = {"name": self.found.company_name, "owner": self.found.owner, "reference": self.found.reference}
        is_own = reader is not None and reader == self.found.owner
        if self.found.has_ended:
            words = _("%(name)s, with this number, was your customer and has ended. Ask Arxus to take it up again.")
            return words % facts
        if self.found.kind == "customer":
            return _("%(name)s, with this number, is already your customer.") % facts
        if self.found.kind == "request":
            if is_own:
                return _("You have already requested a customer with this number: %(reference)s.") % facts
            return _("%(owner)s has already requested a customer with this number: %(reference)s.") % facts
        if is_own:
            return _("You have already started a draft with this number: %(reference)s.") % facts
        return _("%(owner)s has already started a draft with this number: %(reference)s.") % facts


class PolicyRefused(Refusal):
    """The role policy is broken: `violations`, those that block, in the order of the policy."""

    def __init__(self, violations: "Sequence[Violation]") -> None:
        super().__init__([found.code for found in violations])
        self.violations = tuple(violations)

    @property
    def words(self) -> str:
        return " ".join(_(found.message) % found.params for found in self.violations)


class EvidenceRefused(Refusal):
    """A document that is not taken: `code` is a stable slug, the words say what to do."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code = code
        self._words = words

    @property
    def words(self) -> str:
        return self._words


class EvidenceDamaged(Refusal):
    """The stored file is gone, or no longer what was uploaded."""

    @property
    def words(self) -> str:
        return _("This document is damaged in our store, so we do not hand it out. Tell the service desk.")
