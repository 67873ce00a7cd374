"""Who sees what of the portal's own, as querysets."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from customers.permissions import Ability

if TYPE_CHECKING:
    from portal.models import Export, SavedView


@dataclass(frozen=True)
class Organisation:
    """For whom somebody looks at the table of customers."""

    partner_id: int | None
    """None: Arxus."""


def organisation_of(user: Any) -> Organisation | None:
    """The organisation for which this user looks at the table of customers; None for whom there is no table.

    Arxus staff with the right to see customers: Arxus. A partner's member: the partner. A customer's own people have
    their company's page and no table.
    """
    if user.is_active and user.is_staff and user.has_perm("customers.view_customer"):
        return Organisation(None)
    membership = getattr(user, "membership", None)
    if membership is None or not user.is_active or not membership.may(Ability.LOOK) or membership.partner_id is None:
        return None
    return Organisation(membership.partner_id)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def _within_organisation_of(self, user: Any) -> "SavedViewQuerySet":
        organisation = organisation_of(user)
        return self.none() if organisation is None else self.filter(partner_id=organisation.partner_id)

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """One's own and the shared ones of one's organisation; of a former organisation none, one's own included."""
        organisation = organisation_of(user)
        return self.none() if organisation is None else self.visible_within(organisation.partner_id, user)

    def visible_within(self, partner: Any, user: Any) -> "SavedViewQuerySet":
        """What this user sees as a member of that partner, with None as Arxus staff: keys, or expressions for them."""
        return self.filter(Q(owner=user) | Q(is_shared=True), partner_id=partner)

    def own_of(self, user: Any) -> "SavedViewQuerySet":
        return self._within_organisation_of(user).filter(owner=user)


UNDER_WAY = ("waiting", "running")
"""The states of an export that is not settled."""


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """One's own, while one still looks at the customers of the same organisation."""
        organisation = organisation_of(user)
        return self.none() if organisation is None else self.filter(owner=user, partner_id=organisation.partner_id)

    def under_way(self) -> "ExportQuerySet":
        return self.filter(state__in=UNDER_WAY)

    def settled(self) -> "ExportQuerySet":
        return self.exclude(state__in=UNDER_WAY)

    def kept(self, now: Any = None) -> "ExportQuerySet":
        """Those whose file can be fetched; `now` is another moment than this one, or an expression for one."""
        return self.filter(state="ready", expires_at__gt=timezone.now() if now is None else now).exclude(file="")

    def shown_lately(self) -> "ExportQuerySet":
        """Those that an inbox still tells of: under way, ready, or failed within a day."""
        lately = Q(state="failed", finished_at__gt=timezone.now() - timedelta(days=1))
        return self.filter(lately | Q(state__in=UNDER_WAY) | Q(pk__in=self.kept().values("pk")))
