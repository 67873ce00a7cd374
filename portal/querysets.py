"""Who sees what of the portal's own, as querysets."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from customers.permissions import Ability

if TYPE_CHECKING:
    from portal.models import SavedView

ARXUS = Q(partner__isnull=True)
NONE = Q(pk__in=[])


def organisation_of(user: Any) -> Q:
    """The condition that something belongs to the organisation for which this user looks at a table of customers.

    Arxus staff with the right to see customers: Arxus. A partner's member: the partner. A customer's own people have
    no table, so there is none of theirs; nor of anybody else.
    """
    if user.is_active and user.is_staff and user.has_perm("customers.view_customer"):
        return ARXUS
    membership = getattr(user, "membership", None)
    if membership is None or not user.is_active or not membership.may(Ability.LOOK) or membership.partner_id is None:
        return NONE
    return Q(partner_id=membership.partner_id)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """One's own and the shared ones of one's organisation; of a former organisation none, one's own included."""
        return self.filter(organisation_of(user), Q(owner=user) | Q(is_shared=True))

    def own_of(self, user: Any) -> "SavedViewQuerySet":
        return self.filter(organisation_of(user), owner=user)
