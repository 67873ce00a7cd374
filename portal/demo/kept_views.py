"""The views that people of the demonstration made of the table of customers."""

from django.http import QueryDict

from portal.directory.listing import Listing
from portal.directory.saved_views.keeping import save_view
from portal.models import SavedView, User

# Whose, what it is called, what it shows, and whether colleagues see it.
VIEWS = (
    ("reseller@brightcloud.example", "Latest approvals", "sort=-approved", False),
    ("reseller@brightcloud.example", "To call", "columns=company,town,phone,roles", True),
    ("admin@brightcloud.example", "Value Add by town", "relationship=value_add_partner&sort=town", True),
    ("csm@arxus.example", "My partners, roles to mend", "csm=mine&roles=incomplete", True),
)


def keep() -> None:
    """Keep the views of everybody who has none."""
    with_views = set(SavedView.objects.values_list("owner__email", flat=True))
    for email, name, address, shared in VIEWS:
        if email not in with_views:
            owner = User.objects.get(email=email)
            listing = Listing.read(owner, QueryDict(address))
            save_view(actor=owner, name=name, listing=listing, shared=shared)
