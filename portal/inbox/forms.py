from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.models import NotificationKind
from approvals.notices.inbox import choices_of

LABELS: dict[NotificationKind, Any] = {
    NotificationKind.SUBMITTED: _("We have your request"),
    NotificationKind.CHANGES_REQUESTED: _("We ask for changes"),
    NotificationKind.RESUBMITTED: _("We have your changes"),
    NotificationKind.APPROVED: _("A request is approved"),
    NotificationKind.REJECTED: _("A request is rejected"),
    NotificationKind.WITHDRAWN: _("A request is withdrawn"),
    NotificationKind.MESSAGE: _("Somebody of Arxus wrote to you"),
    NotificationKind.LATE: _("Our answer is late"),
}
STAFF_LABELS: dict[NotificationKind, Any] = {
    NotificationKind.SUBMITTED: _("A partner sent a request"),
    NotificationKind.RESUBMITTED: _("A partner sent the changes you asked for"),
    NotificationKind.WITHDRAWN: _("A partner withdrew a request you worked on"),
    NotificationKind.SECOND_APPROVAL: _("A request waits for a second approver"),
    NotificationKind.LATE: _("An answer is late"),
    NotificationKind.MESSAGE: _("A message, or a colleague’s note, in a conversation of yours"),
    NotificationKind.DIGEST: _("Every working morning, all requests whose answer is late, in one mail"),
}


class MailChoicesForm(forms.Form):
    """One box for each kind that this person is ever told of."""

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        labels = STAFF_LABELS if user.is_staff else LABELS
        for kind, by_mail in choices_of(user).items():
            self.fields[kind.value] = forms.BooleanField(label=labels[kind], initial=by_mail, required=False)

    @property
    def chosen(self) -> dict[NotificationKind, bool]:
        return {NotificationKind(name): wanted for name, wanted in self.cleaned_data.items()}
