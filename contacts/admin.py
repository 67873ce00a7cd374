"""Contacts and their roles in Django admin. Contacts are corrected here; they come and go with requests."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.acceptance_admin import AcceptanceAdmin
from contacts.admin_forms import ContactAdminForm
from contacts.amendment import amend
from contacts.models import Contact, ContactSearch, RoleAssignment
from contacts.refusals import EmailTaken, PolicyBroken
from customers.admin_parts import NoDelete, ReadOnly, RecordedAdmin, Uncounted
from customers.models import CustomerSearch

__all__ = ["AcceptanceAdmin", "ContactAdmin", "RoleAssignmentAdmin"]


MOST_FOUND = 500


class RoleAssignmentInline(ReadOnly, admin.TabularInline):
    model = RoleAssignment
    fields = readonly_fields = ("customer", "role", "since")
    extra = 0
    max_num = 0
    can_delete = False
    verbose_name_plural = _("roles it fills")

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleAssignment]:
        return super().get_queryset(request).select_related("customer", "contact")


@admin.register(Contact)
class ContactAdmin(NoDelete, RecordedAdmin):
    form = ContactAdminForm
    list_display = ("full_name", "email", "phone", "kind", "partner", "customer")
    list_filter = ("kind",)
    list_select_related = ("partner", "customer")
    search_fields = ("last_name",)
    search_help_text = _("Parts of a name, of an e-mail address or of a phone number, or a contact number")
    fields = (
        "number",
        "partner",
        "customer",
        "kind",
        ("first_name", "last_name"),
        "email",
        ("phone", "phone_extension"),
        "created_at",
        "removed_at",
    )
    readonly_fields = ("number", "partner", "customer", "created_at", "removed_at")
    inlines = (RoleAssignmentInline,)

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, contact: Contact) -> str:
        return contact.full_name

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Contact], search_term: str
    ) -> tuple[QuerySet[Contact], bool]:
        """By the folded search rows. Of common words so many are shown as anybody reads, not all that there are."""
        if not search_term.strip():
            return queryset, False
        found = list(ContactSearch.objects.matching(search_term).values_list("pk", flat=True)[: MOST_FOUND + 1])
        if len(found) > MOST_FOUND and request.path == reverse("admin:contacts_contact_changelist"):
            words = _("More than %(count)d contacts are found, and these are some of them. Type more to see fewer.")
            messages.info(request, words % {"count": MOST_FOUND})
        return queryset.filter(pk__in=found[:MOST_FOUND]), False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form has asked all this already; whoever is overtaken between asking and writing is told, too."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (PolicyBroken, EmailTaken):
            messages.error(request, _("This contact changed while you edited it, so nothing was saved. Try again."))
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Contact, form: Any, change: bool) -> None:
        amend(actor=request.user, contact=obj, person=form.person())


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ReadOnly, Uncounted, ModelAdmin):
    """Who fills which role changes through the role policy only: in a request, or on the customer's page."""

    list_display = ("customer", "role", "contact", "since")
    list_filter = ("role",)
    list_select_related = ("customer", "contact")
    search_fields = ("customer__name",)
    search_help_text = _("Of a customer: name, town, VAT number, e-mail address or the end of a phone number")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RoleAssignment], search_term: str
    ) -> tuple[QuerySet[RoleAssignment], bool]:
        """As the list of customers is searched."""
        if search_term.strip():
            queryset = queryset.filter(customer__in=CustomerSearch.objects.matching(search_term).values("pk"))
        return queryset, False
