"""The page of one customer with its tabs: each tab is an address of its own."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from approvals import timeline
from approvals.models import Evidence
from customers.models import Customer, CustomerStatus, Event
from portal.directory.own_company import own_company
from portal.paging import page_of
from portal.role_cards import cards_of

LATELY = 3
EVENTS_A_PAGE = 50
WITH_A_PAGE = (CustomerStatus.ACTIVE, CustomerStatus.ENDED)


@require_safe
def customer(request: HttpRequest, number: str) -> HttpResponse:
    found = _customer(request, number)
    if found.status not in WITH_A_PAGE:
        # Not approved, or never to be: all there is to know stands on the page of its request.
        return redirect("request", found.request.reference)
    cards = cards_of(found)
    context = {
        **_head(request, found),
        "cards": cards,
        "incomplete": [card for card in cards if card.gaps],
        "language": dict(settings.COMMUNICATION_LANGUAGES).get(found.language, found.language),
    }
    if not context["is_own_company"]:
        context["lately"] = timeline.entries(_events(request, found)[:LATELY], request.user)
    return render(request, "directory/customer.html", context)


@require_safe
def documents(request: HttpRequest, number: str) -> HttpResponse:
    found = _customer_behind_the_scenes(request, number)
    context = {**_head(request, found), "documents": _documents(request, found)}
    return render(request, "directory/customer_documents.html", context)


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    found = _customer_behind_the_scenes(request, number)
    page = page_of(_events(request, found), request.GET.get("page", ""), EVENTS_A_PAGE)
    context = {**_head(request, found), "page": page, "entries": timeline.entries(page.rows, request.user)}
    return render(request, "directory/customer_history.html", context)


def _customer(request: HttpRequest, number: str) -> Customer:
    """The customer with this number, if it exists for this user and has anything to show; 404 otherwise."""
    visible = Customer.objects.visible_to(request.user).filter(Q(status__in=WITH_A_PAGE) | Q(request__isnull=False))
    return get_object_or_404(visible.select_related("partner", "industry", "request"), number=number)


def _customer_behind_the_scenes(request: HttpRequest, number: str) -> Customer:
    """For what the partner and Arxus settle between them: no concern of the customer's own users, and not there."""
    found = _customer(request, number)
    if _is_own_company(request, found) or found.status not in WITH_A_PAGE:
        raise Http404
    return found


def _is_own_company(request: HttpRequest, found: Customer) -> bool:
    return found == own_company(request.user)


def _head(request: HttpRequest, found: Customer) -> dict[str, object]:
    return {
        "customer": found,
        "is_own_company": _is_own_company(request, found),
        "document_count": _documents(request, found).count(),
    }


def _documents(request: HttpRequest, found: Customer) -> QuerySet[Evidence]:
    documents = Evidence.objects.visible_to(request.user).current().filter(request__customer=found)
    return documents.select_related("request", "uploaded_by")


def _events(request: HttpRequest, found: Customer) -> QuerySet[Event]:
    """What happened to the customer, from the start of its request on; the latest first."""
    of_request = getattr(found, "request", None)
    concerned = Q(customer=found)
    if of_request is not None:
        concerned |= Q(reference=of_request.reference, partner=found.partner_id)
    events = Event.objects.filter(concerned).exclude(action__in=timeline.ECHOES)
    return timeline.told_to(events, request.user)
