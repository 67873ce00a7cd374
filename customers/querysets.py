"""Who sees what, as querysets. Everything shown or changed is reached through `visible_to(user)`."""

from typing import TYPE_CHECKING, Any

from django.db import models

from customers.permissions import Ability

if TYPE_CHECKING:
    from customers.models import Customer, Industry


class IndustryQuerySet(models.QuerySet["Industry"]):
    def offered(self) -> "IndustryQuerySet":
        return self.filter(retired=False)


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: Any) -> "CustomerQuerySet":
        """The customers that exist for this user.

        Arxus staff with the right to see customers: all. A partner's member: the partner's, in every state. A
        customer's member: their own company while it admits users. Anybody else: none.
        """
        if user.is_active and user.is_staff and user.has_perm("customers.view_customer"):
            return self
        membership = getattr(user, "membership", None)
        if membership is None or not user.is_active or not membership.may(Ability.LOOK):
            return self.none()
        if membership.partner_id is not None:
            return self.filter(partner_id=membership.partner_id)
        return self.filter(pk=membership.customer_id)

    def active(self) -> "CustomerQuerySet":
        """What the Customer Management table shows: approved customers and nothing else."""
        return self.filter(status="active")
