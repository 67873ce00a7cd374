"""What somebody does with what they were told: reading it, and choosing what also comes by mail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from approvals.models import Notification, NotificationChoice, NotificationKind
from approvals.notices.table import is_by_mail, kinds_for


def unread_count() -> Combinable:
    """How many unread notifications a user has, as a column of a query for users.

    Those of a partner that somebody has left since do not count: nobody could read them.
    """
    own = Notification.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    organisation = Coalesce(OuterRef("membership__partner"), OuterRef("membership__customer__partner"))
    readable = own.filter(Q(recipient__is_staff=True) | Q(partner=organisation))
    return Coalesce(Subquery(readable.annotate(count=Count("pk")).values("count")), 0)


def mark_read(*, actor: Any, notification: Notification) -> None:
    """It has been opened; the first time counts. Only its recipient's doing does anything."""
    Notification.objects.unread().filter(pk=notification.pk, recipient=actor).update(read_at=timezone.now())


def mark_all_read(*, actor: Any, until: Notification) -> int:
    """Everything up to the newest one that was shown: what came in meanwhile stays unread. Returns how many."""
    shown = Notification.objects.unread().filter(recipient=actor, pk__lte=until.pk)
    return shown.update(read_at=timezone.now())


def kinds_of(user: Any) -> list[NotificationKind]:
    """The kinds this person is ever told of."""
    membership = getattr(user, "membership", None)
    return kinds_for(staff=user.is_staff, partner=membership is not None and membership.partner_id is not None)


def choices_of(user: Any) -> dict[NotificationKind, bool]:
    """Whether each kind comes by mail, as the user chose or as the table of notices says. One query."""
    chosen = dict(NotificationChoice.objects.filter(user=user).values_list("kind", "by_mail"))
    return {kind: chosen.get(kind.value, is_by_mail(kind, staff=user.is_staff)) for kind in kinds_of(user)}


@transaction.atomic
def choose(*, actor: Any, by_mail: Mapping[NotificationKind, bool]) -> None:
    """Keep what the user chose. Raises KeyError for a kind they are never told of."""
    offered = set(kinds_of(actor))
    for kind, wanted in by_mail.items():
        if kind not in offered:
            raise KeyError(kind)
        NotificationChoice.objects.update_or_create(user=actor, kind=kind, defaults={"by_mail": wanted})
