from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q, QuerySet

from approvals.conversations.thread_counts import unread_answers, waiting_for_arxus
from approvals.notices.inbox import unread_count
from approvals.queue import waiting_count
from customers.models import Partner
from portal.exports.counts import unfetched_count
from portal.models import User


@cache
def _users() -> QuerySet[User]:
    """Put together once: that takes longer than asking, and every page asks."""
    return User.objects.select_related("membership__partner__csm", "membership__customer").annotate(
        unread_notifications=unread_count() + unfetched_count(),
        unread_answers=unread_answers(),
        threads_waiting=waiting_for_arxus(),
        requests_waiting=waiting_count(),
        has_partners=Exists(Partner.objects.filter(csm=OuterRef("pk"))),
    )


class MembershipBackend(AuthenticationBackend):
    """Allauth's e-mail log-in; brings along, in the same query, what every page asks for: the user's organisation,
    what waits for them, and whether they look after partners."""

    def get_user(self, user_id: Any) -> User | None:
        user = _users().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the user and their groups may do: one query for the two of Django, which every page of staff asks."""
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            granted = Permission.objects.filter(Q(user=user_obj) | Q(group__user=user_obj)).order_by()
            names = granted.values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in names}
        return user_obj._perm_cache
