from typing import ClassVar

from django.db import models
from django.db.models import Q

from customers.querysets import CustomerSearchQuerySet

from .customer import Customer
from .industry import Industry
from .partner import Partner


class CustomerSearch(models.Model):
    """What the customer table is searched, filtered and sorted by: one narrow row per customer.

    Written in the same transaction as any change to the customer (`customers.search_rows`) or to its people
    (`contacts.search_rows`). Text columns are folded (`customers.search_text`) and compared byte by byte.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="search")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12)
    name_sort = models.CharField(max_length=400)
    town_sort = models.CharField(max_length=120)
    partner_sort = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True)
    relationship = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    industry = models.ForeignKey(Industry, on_delete=models.PROTECT, related_name="+", db_index=False)
    gap = models.CharField(max_length=40, blank=True)
    """What is wrong with the people in its roles (`contacts.gaps.GAP_CODES`); empty where nothing is."""
    vat = models.CharField(max_length=20)
    people = models.TextField(blank=True)
    doc = models.TextField()

    objects = CustomerSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_sort", "customer"], name="search_name"),
            models.Index(fields=["partner", "name_sort", "customer"], name="search_partner_name"),
            models.Index(fields=["vat"], name="search_vat"),
            models.Index(fields=["town_sort", "name_sort", "customer"], name="search_town"),
            models.Index(fields=["approved_at", "customer"], name="search_approved"),
            models.Index(fields=["partner_sort", "name_sort", "customer"], name="search_partner_sort"),
            models.Index(fields=["country", "name_sort", "customer"], name="search_country"),
            models.Index(fields=["industry", "name_sort", "customer"], name="search_industry"),
            models.Index(fields=["relationship", "name_sort", "customer"], name="search_relationship"),
            models.Index(fields=["name_sort", "customer"], condition=~Q(gap=""), name="search_gap"),
            models.Index(fields=["name_sort", "customer"], condition=Q(status="ended"), name="search_ended"),
        ]

    def __str__(self) -> str:
        return self.name_sort
