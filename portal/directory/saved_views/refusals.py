"""Why a view is not kept or changed: errors like those of `approvals.refusals`."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.refusals import Refusal
from portal.models import SavedView


class ViewGone(Refusal):
    """The view is not there any more, or no longer shared with this person."""

    @property
    def words(self) -> str:
        return _("This view is not there any more: it has been deleted, or is no longer shared.")


class ViewChanged(Refusal):
    """The view shows something else than when this person opened it: they saved it in another window. `view` is as it
    is kept now."""

    def __init__(self, view: SavedView) -> None:
        super().__init__(view)
        self.view = view

    @property
    def words(self) -> str:
        return _("You saved “%(name)s” in another window after you opened it here.") % {"name": self.view.name}


class NotYours(Refusal):
    """Somebody else's view, which this person may open and no more. `owner` is whose it is."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner

    @property
    def words(self) -> str:
        return _("This view belongs to %(owner)s, who alone can change it. Make a copy of your own.") % {
            "owner": self.owner
        }


class NameRefused(Refusal):
    """A name that no view can have: nothing in it that can be seen, or too long, or not of one line."""

    def __init__(self, longest: int) -> None:
        super().__init__(longest)
        self.longest = longest

    @property
    def words(self) -> str:
        return _("Give the view a name of one line, of at most %(longest)d characters.") % {"longest": self.longest}


class NameTaken(Refusal):
    """The person has another view of this name. The names of others are nobody's concern."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    @property
    def words(self) -> str:
        return _("You have a view called “%(name)s” already. Give this one another name.") % {"name": self.name}


class TooManyViews(Refusal):
    """The person keeps as many views as one person can."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    @property
    def words(self) -> str:
        words = ngettext(
            "You keep %(most)d view, the most there can be. Delete one that you no longer use.",
            "You keep %(most)d views, the most there can be. Delete one that you no longer use.",
            self.most,
        )
        return words % {"most": self.most}


class ViewTooLong(Refusal):
    """More is filtered than an address holds."""

    @property
    def words(self) -> str:
        return _("This list has more filters than a view can keep. Take some of them away, then save it.")
