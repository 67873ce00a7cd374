"""Why a message is not sent, as named errors with words that a page can show."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.refusals import Refusal


class MessageMissing(Refusal):
    """There is neither a text nor a file."""

    @property
    def words(self) -> str:
        return _("Write your message first.")


class MessageTooLong(Refusal):
    def __init__(self, limit: int, length: int) -> None:
        super().__init__(limit, length)
        self.limit = limit
        self.length = length

    @property
    def words(self) -> str:
        facts = {"limit": self.limit, "length": self.length}
        return _("Keep it under %(limit)s characters; this is %(length)s.") % facts


class SubjectMissing(Refusal):
    @property
    def words(self) -> str:
        return _("Say in a few words what it is about.")


class TooManyMessages(Refusal):
    """The person has sent as many messages within the hour as one may."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    @property
    def words(self) -> str:
        told = ngettext(
            "You sent %(limit)s message within the hour. Send this one later, or call the service desk.",
            "You sent %(limit)s messages within the hour. Send this one later, or call the service desk.",
            self.limit,
        )
        return told % {"limit": self.limit}
