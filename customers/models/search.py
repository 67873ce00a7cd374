from typing import ClassVar

from django.db import models

from customers.querysets import CustomerSearchQuerySet

from .customer import Customer
from .partner import Partner


class CustomerSearch(models.Model):
    """What the customer table is searched and sorted by: one narrow row per customer.

    Written in the same transaction as any change to the customer (`customers.search_rows`) or to its people
    (`contacts.search_rows`). Text columns are folded (`customers.search_text`) and compared byte by byte.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, primary_key=True, related_name="search")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12)
    name_sort = models.CharField(max_length=400)
    vat = models.CharField(max_length=20)
    people = models.TextField(blank=True)
    doc = models.TextField()

    objects = CustomerSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name_sort", "customer"], name="search_name"),
            models.Index(fields=["partner", "name_sort", "customer"], name="search_partner_name"),
            models.Index(fields=["vat"], name="search_vat"),
        ]

    def __str__(self) -> str:
        return self.name_sort
