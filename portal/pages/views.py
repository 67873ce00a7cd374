"""Home and help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts import guide
from portal.pages import home as homes


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {"greeting": homes.greeting(user)}
    membership = getattr(user, "membership", None)
    if membership is not None and membership.is_live:
        if membership.partner_id is not None:
            return render(request, "pages/home_partner.html", context | homes.of_partner(user))
        return render(request, "pages/home_customer.html", context | homes.of_customer(user))
    if user.is_staff and user.has_perm("customers.view_customer"):
        return render(request, "pages/home_staff.html", context | homes.of_staff(user))
    return render(request, "pages/home_nobody.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@require_safe
def contact_roles(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact_roles.html", {"rows": guide.rows(), "relationships": guide.relationships()})
