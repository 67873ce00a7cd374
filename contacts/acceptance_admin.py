"""The Microsoft agreement in Django admin: a page per customer, with what is on record and the form that adds to it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from contacts.acceptance import MayNotRecord, OutOfTime, may_record, record_acceptance
from contacts.forms.acceptance import AcceptanceForm
from contacts.models import Acceptance
from customers import numbers
from customers.admin_parts import ReadOnly
from customers.models import Customer

VIEW = "contacts.view_acceptance"


@admin.register(Acceptance)
class AcceptanceAdmin(ReadOnly, admin.ModelAdmin):
    """No list: an acceptance is read and added where its customer is."""

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.page)
        return [path("<str:number>/", page, name="contacts_acceptance_record")]

    def page(self, request: HttpRequest, number: str) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        customer = _customer(request, number)
        on_record = list(customer.acceptances.select_related("recorded_by"))
        standing = on_record[0] if on_record else None
        is_allowed = may_record(request.user, customer)
        form = AcceptanceForm(request.POST or None, customer=customer, standing=standing)
        status = 200
        if request.method == "POST":
            if not is_allowed:
                raise PermissionDenied
            if form.is_valid():
                try:
                    record_acceptance(actor=request.user, customer=customer, accepted=form.accepted())
                except (MayNotRecord, OutOfTime):
                    # The right was taken away, or midnight passed, between asking and writing.
                    form.add_error(None, _("This was not recorded. Open the page again and compare."))
                    status = 409
                else:
                    messages.success(request, _("It is on record who accepted the agreement."))
                    return redirect(_way_back(request, customer))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Microsoft agreement"),
            "customer": customer,
            "on_record": on_record,
            "form": form if is_allowed else None,
            "back": _way_back(request, customer),
            "has_errors": form.is_bound and bool(form.errors),
        }
        return render(request, "admin/contacts/acceptance/page.html", context, status=status)


def _customer(request: HttpRequest, number: str) -> Customer:
    try:
        found = Customer.objects.visible_to(request.user).select_related("partner")
        return found.get(number=numbers.parse(number, numbers.CUSTOMER))
    except (numbers.NotANumber, Customer.DoesNotExist):
        raise Http404 from None


def _way_back(request: HttpRequest, customer: Customer) -> str:
    """The page somebody came from, where it is one of ours; else the customer's."""
    asked = request.GET.get("next", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours else reverse("admin:customers_customer_change", args=[customer.pk])
