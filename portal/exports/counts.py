"""How many files wait to be fetched, as a column of a query for users: the frame around every page shows it."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from customers.models import Event
from portal.models import Export


def unfetched_count(now: Any) -> Combinable:
    """Files of this user that are kept at the moment `now`, were never fetched, and are still theirs to see."""
    fetched = Event.objects.filter(reference=OuterRef("number"), action="export.fetched")
    theirs = Q(partner=OuterRef("membership__partner")) | Q(partner__isnull=True, owner__is_staff=True)
    waiting = Export.objects.kept(now).filter(theirs, ~Exists(fetched), owner=OuterRef("pk"))
    return Coalesce(Subquery(waiting.order_by().values("owner").annotate(count=Count("pk")).values("count")), 0)
