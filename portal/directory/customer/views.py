"""The page of one customer, a view for each of its tabs."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from approvals import timeline
from customers.models import Customer, Event
from portal.directory.customer.actions import may_correct_contacts, support_address
from portal.directory.customer.contacts import contacts_page
from portal.directory.customer.page import (
    WITH_A_PAGE,
    customer_of,
    customer_with_tabs,
    documents_of,
    page_of_customer,
    word_of_register,
)
from portal.directory.customer.requests import requests_of
from portal.paging import page_of
from portal.role_cards import cards_of
from portal.work import items_of

LATELY = 3
EVENTS_A_PAGE = 50
REQUESTS_A_PAGE = 50


@require_safe
def customer(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_of(request, number)
    if found.status not in WITH_A_PAGE:
        # Not approved, or never to be: all there is to know stands on the page of its request.
        return redirect("request", found.request.reference)
    cards = cards_of(found)
    context = {
        **page_of_customer(request, found),
        "cards": cards,
        "incomplete": [card for card in cards if card.gaps],
        "support_url": support_address(request),
        "may_correct": may_correct_contacts(request.user),
        "language": dict(settings.COMMUNICATION_LANGUAGES).get(found.language, found.language),
    }
    if not context["is_own_company"]:
        context["register"] = word_of_register(found)
        context["lately"] = timeline.entries(_events(request, found)[:LATELY], request.user)
    return render(request, "directory/customer/overview.html", context)


@require_safe
def contacts(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_with_tabs(request, number)
    head = page_of_customer(request, found)
    page, lines = contacts_page(request.user, found, request.GET.get("page", ""), is_own=head["is_own_company"])
    context = {**head, "page": page, "lines": lines, "may_correct": may_correct_contacts(request.user)}
    return render(request, "directory/customer/contacts.html", context)


@require_safe
def documents(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_with_tabs(request, number)
    documents = documents_of(request.user, found).select_related("request", "uploaded_by")
    context = {**page_of_customer(request, found), "documents": documents}
    return render(request, "directory/customer/documents.html", context)


@require_safe
def requests(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_with_tabs(request, number)
    page = page_of(requests_of(request.user, found), request.GET.get("page", ""), REQUESTS_A_PAGE)
    items = items_of(page.rows, request.user, of_one_company=True)
    context = {**page_of_customer(request, found), "page": page, "items": items}
    return render(request, "directory/customer/requests.html", context)


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    found = customer_with_tabs(request, number)
    page = page_of(_events(request, found), request.GET.get("page", ""), EVENTS_A_PAGE)
    entries = timeline.entries(page.rows, request.user)
    context = {**page_of_customer(request, found), "page": page, "entries": entries}
    return render(request, "directory/customer/history.html", context)


def _events(request: HttpRequest, found: Customer) -> QuerySet[Event]:
    """What happened to the customer, from the start of its request on; the latest first."""
    of_request = getattr(found, "request", None)
    concerned = Q(customer=found)
    if of_request is not None:
        concerned |= Q(reference=of_request.reference, partner=found.partner_id)
    events = Event.objects.filter(concerned).exclude(action__in=timeline.ECHOES)
    return timeline.told_to(events, request.user)
