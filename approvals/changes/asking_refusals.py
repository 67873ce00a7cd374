"""Why a change is not asked for, a text not saved, an answer not sent: errors like those of `approvals.refusals`."""

from django.utils.translation import gettext as _

from approvals.refusals import Refusal


class NotAskable(Refusal):
    """A change that cannot be asked for like this: the field `label` is not in this version, or the reason does not
    fit it, or says nothing."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.label = label

    @property
    def words(self) -> str:
        return _("“%(field)s” cannot be asked for like this. Choose the field and the reason again.") % {
            "field": self.label
        }


class SnippetRefused(Refusal):
    """A text that is not saved: nothing in it, too long (`text`, `title`), or the title is `taken`."""

    def __init__(self, code: str, title: str) -> None:
        super().__init__(code, title)
        self.code = code
        self.title = title

    @property
    def words(self) -> str:
        words = {
            "text": _("There is nothing to save yet, or too much: write a text of at most 2,000 characters."),
            "title": _("This title is too long. Shorten it to 80 characters."),
            "taken": _("A saved text is called “%(title)s” already. Give this one another title."),
        }
        return words[self.code] % {"title": self.title}


class NothingChanged(Refusal):
    """A request comes back exactly as it was, without a word why."""

    @property
    def words(self) -> str:
        return _("Nothing has changed since you last sent this. Change it, say why not, or send it as it is.")
