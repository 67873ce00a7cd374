"""How many conversations wait for somebody, as columns of a query for users: every page asks, so none pays for it."""

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from approvals.models import Reading, Thread, ThreadState


def unread_answers() -> Combinable:
    """The questions to support that a user writes in and whose latest answer they have not read.

    Those of an organisation that somebody has left since do not count: they cannot read them.
    """
    behind = Reading.objects.filter(
        user=OuterRef("pk"), thread__answered_at__gt=F("read_at"), thread__request__isnull=True
    )
    own = behind.filter(
        Q(thread__customer__isnull=True, thread__partner=OuterRef("membership__partner"))
        | Q(thread__customer=OuterRef("membership__customer"))
    )
    return Coalesce(Subquery(own.order_by().values("user").annotate(count=Count("pk")).values("count")), 0)


def waiting_for_arxus() -> Combinable:
    """The conversations in which Arxus owes an answer; 0 for whoever is none of its staff."""
    waiting = Thread.objects.filter(state=ThreadState.AT_ARXUS).order_by().values("state")
    count = Coalesce(Subquery(waiting.annotate(count=Count("pk")).values("count")), 0)
    return Case(When(is_staff=True, then=count), default=Value(0), output_field=IntegerField())
