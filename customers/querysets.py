"""Who sees what, as querysets. Everything shown or changed is reached through `visible_to(user)`."""

import re
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf

from customers import numbers, vat
from customers.permissions import Ability
from customers.search_text import MAX_QUERY_CHARACTERS, fold, full_names, like_pattern, words
from customers.vat_formats import PREFIXES

if TYPE_CHECKING:
    from customers.models import Customer, CustomerSearch, Event, Industry

COMPANY = Coalesce(NullIf(F("vat_number"), Value("")), F("national_number"))
"""The number a company is told apart by: its VAT number, or the national one where it has none. A Belgian enterprise
number is stored like the VAT number with the same digits (`BE0123456749`), so the two are one company."""

_SHAPED_LIKE_VAT = re.compile(r"[a-z]{2}\w*\d\w*")
_VAT_DIGITS = 6
_NUMBERS = (
    # Without the dash it may as well be a name: `C Bakkerij`.
    (numbers.CUSTOMER, re.compile(r"\s*c\s*[-‐-―]", re.IGNORECASE), "number"),
    (numbers.REQUEST, re.compile(r"\s*req", re.IGNORECASE), "request__reference"),
)
"""Which public numbers a customer is looked up by: prefix, how such a query begins, where the number stands."""


def found_by(query: str, prefix: str = "search__") -> models.Q:
    """The condition that every word of a query is in a customer's folded search row, to which `prefix` leads."""
    condition = models.Q()
    for word in words(query):
        condition &= models.Q(**{f"{prefix}doc__contains": like_pattern(word)[1:-1]})
    return condition


def matched_by(query: str) -> models.Q:
    """The condition, on a search row, that it is found by the query.

    A whole VAT number, customer number or reference of a request is compared as such. Nothing is found by a query
    without any letter or digit.
    """
    named = looked_up_by(query)
    if named is not None:
        return named
    return found_by(query, "") if words(query) else models.Q(pk__in=[])


def looked_up_by(query: str) -> models.Q | None:
    """The condition on a search row where the whole query is a number that stands for one company; else None.

    Digits alone are none: they may as well be the end of a phone number, and the folded text finds both.
    """
    number = _whole_vat_number(query)
    if number:
        return models.Q(vat=number)
    for prefix, shape, column in _NUMBERS:
        if shape.match(query):
            try:
                return models.Q(customer__in=_customers().filter(**{column: numbers.parse(query, prefix)}))
            except numbers.NotANumber:
                pass
    return None


def named_by(query: str) -> models.Q | None:
    """The condition on a search row that the query, which finds others too, names it exactly: its full name with any
    legal form, or its VAT number without the prefix. None where that says nothing."""
    names = full_names(query)
    if not names or looked_up_by(query) is not None:
        return None
    named = models.Q(name_sort__in=names)
    body = "".join(words(query)).upper()
    if sum(character.isdigit() for character in body) >= _VAT_DIGITS and body.isascii():
        named |= models.Q(vat__in=[*(f"{prefix}{body}" for prefix in PREFIXES), f"BE0{body}"])
    return named


class AppendOnly(TypeError):
    """What is on record is neither changed nor deleted."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that are only added and read. The database refuses the rest too, whoever asks it (`append_only`)."""

    def update(self, **_values: Any) -> int:
        raise AppendOnly

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly

    def update_or_create(self, *_args: Any, **_kwargs: Any) -> tuple[Any, bool]:
        raise AppendOnly

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's own: managers have none


class EventQuerySet(AppendOnlyQuerySet):
    def sent(self) -> "EventQuerySet":
        """Without what a partner did to a request before it was sent: drafts are no business of Arxus."""
        of_drafts = models.Q(customer__isnull=True, reference__startswith=f"{numbers.REQUEST}-", actor_is_staff=False)
        return self.exclude(of_drafts)


class IndustryQuerySet(models.QuerySet["Industry"]):
    def offered(self) -> "IndustryQuerySet":
        return self.filter(retired=False)


def visible_customers(user: Any) -> models.Q:
    """The condition by which a customer, or its search row, exists for this user.

    Arxus staff with the right to see customers: all. A partner's member: the partner's, in every state. A customer's
    member: their own company while it admits users. Anybody else: none.
    """
    if user.is_active and user.is_staff and user.has_perm("customers.view_customer"):
        return models.Q()
    membership = getattr(user, "membership", None)
    if membership is None or not user.is_active or not membership.may(Ability.LOOK):
        return models.Q(pk__in=[])
    if membership.partner_id is not None:
        return models.Q(partner_id=membership.partner_id)
    return models.Q(pk=membership.customer_id)


class CustomerQuerySet(models.QuerySet["Customer"]):
    def visible_to(self, user: Any) -> "CustomerQuerySet":
        return self.filter(visible_customers(user))

    def active(self) -> "CustomerQuerySet":
        """What the Customer Management table shows: approved customers and nothing else."""
        return self.filter(status="active")


class CustomerSearchQuerySet(models.QuerySet["CustomerSearch"]):
    def visible_to(self, user: Any) -> "CustomerSearchQuerySet":
        return self.filter(visible_customers(user))

    def active(self) -> "CustomerSearchQuerySet":
        return self.filter(status="active")

    def matching(self, query: str) -> "CustomerSearchQuerySet":
        """The customers that the query finds: `matched_by`."""
        return self.filter(matched_by(query))


def _customers() -> models.QuerySet[Any]:
    return apps.get_model("customers", "Customer")._default_manager.values("pk")


def _whole_vat_number(query: str) -> str:
    """The canonical number where the whole query is one, prefix included; else ""."""
    if len(query) > MAX_QUERY_CHARACTERS or not _SHAPED_LIKE_VAT.fullmatch(fold(query).replace(" ", "")):
        return ""
    try:
        return str(vat.parse(query))
    except vat.VatFault as fault:
        return str(fault.number or "")
