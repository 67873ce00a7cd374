"""What the history tells of, in the groups it is looked through by."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.timeline import WORDS


@dataclass(frozen=True, kw_only=True)
class Group:
    label: str | Promise
    starts: tuple[str, ...]

    @property
    def actions(self) -> list[str]:
        """The actions of the group: as a list, an index answers for them."""
        return [action for action in WORDS if action.startswith(self.starts)]


GROUPS: dict[str, Group] = {
    "requests": Group(label=_("Requests"), starts=("request.", "register.")),
    "documents": Group(
        label=_("Documents and who looked at them"), starts=("evidence.", "message.downloaded", "message.note_d")
    ),
    "messages": Group(label=_("Messages"), starts=("message.", "thread.")),
    "customers": Group(label=_("Customers"), starts=("customer.", "agreement.")),
    "exports": Group(label=_("Exports of customers"), starts=("export.",)),
    "contacts": Group(label=_("Contacts and roles"), starts=("contact.", "role.")),
    "partners": Group(label=_("Partners and their members"), starts=("partner.", "membership.")),
    "accounts": Group(label=_("Accounts and rights"), starts=("user.", "group.")),
    "lists": Group(label=_("Industries"), starts=("industry.",)),
}
