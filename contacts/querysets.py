"""Who sees which contacts, as querysets."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from customers.models import Customer
from customers.permissions import Ability
from customers.querysets import found_by
from customers.search_text import words

if TYPE_CHECKING:
    from contacts.models import Contact, ContactSearch


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: Any) -> "ContactQuerySet":
        """The contacts that exist for this user.

        Arxus staff with the right to see contacts: all. A partner's member: the partner's own and its customers'. A
        customer's member: their company's, and whoever fills its roles.
        """
        if user.is_active and user.is_staff and user.has_perm("contacts.view_contact"):
            return self
        membership = getattr(user, "membership", None)
        if membership is None or not user.is_active or not membership.may(Ability.LOOK):
            return self.none()
        if membership.partner_id is not None:
            return self.filter(Q(partner_id=membership.partner_id) | Q(customer__partner_id=membership.partner_id))
        return self.filter(
            Q(customer_id=membership.customer_id) | Q(assignments__customer_id=membership.customer_id)
        ).distinct()

    def in_use(self) -> "ContactQuerySet":
        """Contacts that can still be chosen: not removed from their organisation's list."""
        return self.filter(removed_at__isnull=True)

    def of_customer(self, customer: Customer) -> "ContactQuerySet":
        return self.filter(customer=customer)


class ContactSearchQuerySet(models.QuerySet["ContactSearch"]):
    def matching(self, query: str) -> "ContactSearchQuerySet":
        """The contacts in which every word of the query is found: parts of names, of an address, of a phone number.

        Nothing is found by a query without any letter or digit.
        """
        return self.filter(found_by(query, "")) if words(query) else self.none()
