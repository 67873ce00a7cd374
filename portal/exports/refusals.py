"""Why nothing is exported: errors like those of `approvals.refusals`."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.refusals import Refusal


class TooManyExports(Refusal):
    """The person exported as often as one may within an hour. `again_at` is when the next is possible."""

    def __init__(self, limit: int, again_at: datetime) -> None:
        super().__init__(limit, again_at)
        self.limit = limit
        self.again_at = again_at

    @property
    def seconds(self) -> int:
        """How long from now."""
        return max(int((self.again_at - timezone.now()).total_seconds()) + 1, 1)

    @property
    def words(self) -> str:
        words = ngettext(
            "You exported %(limit)d time within the last hour. The next export is possible at %(time)s.",
            "You exported %(limit)d times within the last hour. The next export is possible at %(time)s.",
            self.limit,
        )
        # The first full minute at which it is.
        moment = timezone.localtime(self.again_at + timedelta(seconds=59))
        return words % {"limit": self.limit, "time": date_format(moment, "H:i")}


class TooManyAtOnce(Refusal):
    """As many files of this person are under way as may be at once."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    @property
    def words(self) -> str:
        words = ngettext(
            "We are making %(limit)d file for you. Wait until it is ready, or cancel it.",
            "We are making %(limit)d files for you. Wait until one is ready, or cancel one.",
            self.limit,
        )
        return words % {"limit": self.limit}


class ExportGone(Refusal):
    """The export is not in a state any more in which this can be done to it."""

    @property
    def words(self) -> str:
        return _("This export has changed meanwhile. What is true now is below.")


class FileGone(Refusal):
    """There is no file any more: its time is over, or it was lost."""

    @property
    def words(self) -> str:
        return _("This file is not there any more. Make it again.")
