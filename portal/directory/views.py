"""Customer Management: the table of the customers that the user may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.directory import search, table
from portal.directory.own_company import own_company
from portal.directory.people import people_of


@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    if own := own_company(request.user):
        # A table of one is no help.
        return redirect("customer", own.number)
    query = search.read_query(request.GET.get("q", ""))
    page = search.find(request.user, query, search.read_cursor(request.GET.get("page", "")))
    people = people_of([row["customer_id"] for row in page.rows], with_others=bool(query))
    context = {"query": query, "page": page, "rows": table.rows_of(page.rows, people, query)}
    return render(request, "directory/customers.html", context)
