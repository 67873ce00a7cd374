from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import (
    Aggregate,
    Case,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.utils import timezone

from approvals.conversations.thread_counts import unread_answers, waiting_for_arxus
from approvals.notices.inbox import unread_count
from approvals.queue import own_count, waiting_count
from approvals.workflow import Ball
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
        requests_to_act_on=own_count(Ball.PARTNER),
        requests_in_progress=own_count(Ball.PARTNER, Ball.ARXUS),
        has_partners=Exists(Partner.objects.filter(csm=OuterRef("pk"))),
        permissions_of_staff=Case(When(is_staff=True, then=Subquery(_names(_granted_to(OuterRef("pk")))))),
    )
    return Prepared(users.filter(pk=Slot("key", User._meta.pk)).order_by())


def _granted_to(user: Any) -> QuerySet[Permission]:
    """What somebody may do, by themselves and by their groups; twice where by both."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).order_by()


def _names(permissions: QuerySet[Permission]) -> QuerySet[Permission, str]:
    """One row: the names of all permissions, each on a line."""
    name = Concat("content_type__app_label", Value("."), "codename")
    return permissions.annotate(one=Value(1)).values("one").annotate(names=Lines(name)).values_list("names", flat=True)


def _split(names: str | None) -> set[str]:
    return set((names or "").splitlines())


class Lines(Aggregate):
    """The texts of all rows, each on a line."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, CHR(10))"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **_more: Any) -> Any:
        template = "%(function)s(%(expressions)s, CHAR(10))"
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", template=template)


class MembershipBackend(AuthenticationBackend):
    """Allauth's e-mail log-in; brings along, in the same query, what every page asks for: the user's organisation,
    what waits for them, and whether they look after partners."""

    def get_user(self, user_id: Any) -> User | None:
        found: list[Any] = _users().ask(key=user_id, now=timezone.now())
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user = found[0]
        if user.is_staff and not user.is_superuser:
            user._perm_cache = _split(user.permissions_of_staff)
        return user

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the user and their groups may do: of staff it came along with them, of others it is one query."""
        if not user_obj.is_active or user_obj.is_superuser or obj is not None:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = _split(next(iter(_names(_granted_to(user_obj))), None))
        return user_obj._perm_cache
