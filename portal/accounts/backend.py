from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import DateTimeField, Exists, OuterRef, Q
from django.utils import timezone

from approvals.conversations.thread_counts import unread_answers, waiting_for_arxus
from approvals.notices.inbox import unread_count
from approvals.queue import waiting_count
from customers.models import Partner
from customers.prepared import Prepared, Slot
from portal.exports.counts import unfetched_count
from portal.models import User


@cache
def _users() -> Prepared[User]:
    users = User.objects.select_related("membership__partner__csm", "membership__customer").annotate(
        unread_notifications=unread_count() + unfetched_count(Slot("now", DateTimeField())),
        unread_answers=unread_answers(),
        threads_waiting=waiting_for_arxus(),
        requests_waiting=waiting_count(),
        has_partners=Exists(Partner.objects.filter(csm=OuterRef("pk"))),
    )
    return Prepared(users.filter(pk=Slot("key", User._meta.pk)).order_by())


@cache
def _granted() -> Prepared[tuple[str, str]]:
    user = Slot("user", User._meta.pk)
    granted = Permission.objects.filter(Q(user=user) | Q(group__user=user)).order_by()
    return Prepared(granted.values_list("content_type__app_label", "codename"))


class MembershipBackend(AuthenticationBackend):
    """Allauth's e-mail log-in; brings along, in the same query, what every page asks for: the user's organisation,
    what waits for them, and whether they look after partners."""

    def get_user(self, user_id: Any) -> User | None:
        found = _users().ask(key=user_id, now=timezone.now())
        return found[0] if found and self.user_can_authenticate(found[0]) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the user and their groups may do: one query for the two of Django, which every page of staff asks."""
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            granted = _granted().ask(user=user_obj.pk)
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in granted}
        return user_obj._perm_cache
