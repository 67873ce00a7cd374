from typing import ClassVar

from django.db import models

from contacts.querysets import ContactSearchQuerySet
from customers.models import Partner

from .contact import Contact


class ContactSearch(models.Model):
    """What contacts are found by where one is chosen or looked up: one narrow row per contact.

    Written in the same transaction as the contact (`contacts.search_rows.index`). Text columns are folded
    (`customers.search_text`) and compared byte by byte.
    """

    contact = models.OneToOneField(Contact, on_delete=models.CASCADE, primary_key=True, related_name="search")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    """Whose own contact it is; empty for customers' contacts, who are chosen for their own customer only."""
    name_sort = models.CharField(max_length=250)
    doc = models.TextField()

    objects = ContactSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["partner", "name_sort", "contact"],
                condition=models.Q(partner__isnull=False),
                name="contact_search_own",
            )
        ]

    def __str__(self) -> str:
        return self.name_sort
