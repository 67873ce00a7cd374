"""Master data in Django admin: partners with their members, industries, customers, and the VAT register's word."""

from dataclasses import replace
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from customers import search_rows, vat, vat_checks
from customers.admin_forms import CustomerAdminForm, NamedRowForm, NamedRowFormSet
from customers.admin_parts import Named, NoDelete, ReadOnly, RecordedAdmin, Uncounted, changed_from, stored
from customers.cause_words import cause_words
from customers.history import record
from customers.lifecycle import correct_details
from customers.models import Customer, Industry, Membership, Partner, VatCheck
from customers.near_spellings import instead
from customers.register_health import health
from customers.relationships import Relationship
from customers.search_pages import first_ids
from customers.selection import EVERYTHING, Selection

PARTNER_FIELDS = ("name", "country", "vat_number", "csm", "is_active")
MEMBERSHIP_FIELDS = ("user", "partner", "customer", "role")
MOST_FOUND = 1_000
"""How many customers a search in admin lists."""
INDUSTRY_FIELDS = ("code", "name", "examples", "order", "retired")


class MembershipInline(Named, admin.TabularInline):
    model = Membership
    form = NamedRowForm
    formset = NamedRowFormSet
    fields = ("user", "role", "created_at")
    readonly_fields = ("created_at",)
    named_fields = ("user",)
    extra = 0
    verbose_name_plural = _("members")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")


def record_membership(request: HttpRequest, membership: Membership, action: str, **facts: Any) -> None:
    """Put a change of who belongs where on record, under the partner it happened at."""
    record(
        actor=request.user,
        action=f"membership.{action}",
        partner=membership.customer.partner if membership.customer else cast(Partner, membership.partner),
        customer=membership.customer,
        name=membership.user.get_full_name(),
        email=membership.user.email,
        role=membership.role,
        **facts,
    )


@admin.register(Partner)
class PartnerAdmin(NoDelete, RecordedAdmin):
    list_display = ("name", "country", "vat_number", "csm", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("csm",)
    search_fields = ("name", "vat_number")
    fields = ("name", "country", "vat_number", "csm", "is_active", "created_at")
    readonly_fields = ("created_at",)
    inlines = (MembershipInline,)
    named_fields = ("csm",)

    def save_model(self, request: HttpRequest, obj: Partner, form: ModelForm, change: bool) -> None:
        facts = changed_from(stored(obj), obj, PARTNER_FIELDS) if change else {}
        super().save_model(request, obj, form, change)
        if facts or not change:
            action = "partner.changed" if change else "partner.added"
            record(actor=request.user, action=action, partner=obj, name=obj.name, **facts)
        if "name" in form.changed_data and change:
            search_rows.rename(obj)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        before = {one.pk: one for one in Membership.objects.filter(partner=form.instance).select_related("user")}
        formset.save()
        for membership in formset.deleted_objects:
            record_membership(request, membership, "removed")
        for membership, _changed in formset.changed_objects:
            facts = changed_from(before[membership.pk], membership, MEMBERSHIP_FIELDS)
            record_membership(request, membership, "changed", **facts)
        for membership in formset.new_objects:
            record_membership(request, membership, "added")


@admin.register(Membership)
class MembershipAdmin(RecordedAdmin):
    list_display = ("user", "partner", "customer", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "partner", "customer")
    search_fields = ("user__email", "user__last_name", "partner__name")
    named_fields = ("user", "partner", "customer")
    fields = ("user", "partner", "customer", "role", "created_at")
    readonly_fields = ("created_at",)
    actions = None

    def save_model(self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool) -> None:
        facts = changed_from(stored(obj), obj, MEMBERSHIP_FIELDS) if change else {}
        super().save_model(request, obj, form, change)
        record_membership(request, obj, "changed" if change else "added", **facts)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        record_membership(request, obj, "removed")
        super().delete_model(request, obj)


@admin.register(Industry)
class IndustryAdmin(NoDelete, Uncounted, ModelAdmin):
    """Retired, never deleted: what a customer carries stays readable."""

    list_display = ("code", "name", "examples", "order", "retired")
    list_editable = ("order", "retired")
    search_fields = ("code", "name", "examples")

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm]:
        return super().get_changelist_form(request, form=NamedRowForm, **kwargs)

    def save_model(self, request: HttpRequest, obj: Industry, form: ModelForm, change: bool) -> None:
        facts = changed_from(stored(obj), obj, INDUSTRY_FIELDS) if change else {}
        super().save_model(request, obj, form, change)
        if facts or not change:
            action = "industry.changed" if change else "industry.added"
            record(actor=request.user, action=action, partner=None, name=obj.name, **facts)


@admin.register(Customer)
class CustomerAdmin(NoDelete, RecordedAdmin):
    """Details can be corrected. Relationship, VAT number and status cannot: they are what was approved."""

    form = CustomerAdminForm
    list_display = ("name", "number", "vat_number", "city", "partner", "relationship", "status")
    list_filter = ("status", "relationship")
    list_select_related = ("partner",)
    search_fields = ("name",)
    search_help_text = _("Name, town, VAT number, e-mail address or the end of a phone number")
    readonly_fields = (
        "number",
        "partner",
        "status",
        "relationship",
        "uses_secwise_watch",
        "vat_number",
        "approved_at",
        "created_at",
    )
    fieldsets = (
        (None, {"fields": ("number", "partner", "status", "relationship", "uses_secwise_watch", "vat_number")}),
        (
            _("Details"),
            {
                "fields": (
                    "name",
                    "legal_name",
                    ("phone", "phone_extension"),
                    "street",
                    ("postcode", "city"),
                    "country",
                    "industry",
                    "language",
                )
            },
        ),
        (_("Dates"), {"fields": ("created_at", "approved_at")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Customers come out of registration requests only."""
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Customer], search_term: str
    ) -> tuple[QuerySet[Customer], bool]:
        """As the customer table is searched; joins over contacts take seconds at a million rows.

        The list is sorted in ways the search has no index for, so it holds no more of them than can be sorted at once.
        """
        if not search_term.strip():
            return queryset, False
        keys = first_ids(self._selection(request, search_term), MOST_FOUND + 1)
        in_list = request.resolver_match and request.resolver_match.url_name == "customers_customer_changelist"
        if len(keys) > MOST_FOUND and in_list:
            words = _("More than %(most)s customers match. Here are the first %(most)s: type more to see fewer.")
            self.message_user(request, words % {"most": intcomma(MOST_FOUND)}, messages.INFO)
        return queryset.filter(pk__in=keys[:MOST_FOUND]), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where nothing is found, with what to look for instead."""
        response = super().changelist_view(request, extra_context)
        told = response.context_data if isinstance(response, TemplateResponse) else None
        found = told.get("cl") if told else None
        if told and found and found.query.strip() and not found.result_count:
            selection = self._selection(request, found.query)
            other = instead(selection, replace(selection, narrowed=EVERYTHING))
            near = [(query, found.get_query_string({SEARCH_VAR: query}, [PAGE_VAR])) for query in other.near]
            told |= {"near": near, "wider": other.wider}
        return response

    def _selection(self, request: HttpRequest, query: str) -> Selection:
        chosen = {name: request.GET[key] for name in self.list_filter if (key := f"{name}__exact") in request.GET}
        # Whoever gets here may see them all: admin has asked.
        return Selection(visible=EVERYTHING, narrowed=Q(**chosen), query=query)

    def save_model(self, request: HttpRequest, obj: Customer, form: Any, change: bool) -> None:
        correct_details(
            actor=request.user,
            customer=obj,
            details=form.details(),
            relationship=Relationship(obj.relationship),
            uses_secwise_watch=obj.uses_secwise_watch,
        )


@admin.register(VatCheck)
class VatCheckAdmin(ReadOnly, Uncounted, ModelAdmin):
    """What the VAT register said of customers' numbers, and above it how the register is doing."""

    list_display = ("number", "partner", "said", "asked_by", "tried_at", "in_vain", "identifier")
    list_filter = ("outcome",)
    list_select_related = ("partner", "asked_by")
    search_fields = ("number",)
    search_help_text = _("VAT number, however written, or part of one")
    fields = (
        ("number", "partner"),
        ("outcome", "why"),
        "name",
        "address",
        "identifier",
        ("asked_at", "asked_by", "took"),
        ("tried_at", "tries", "silent_since", "next_try_at"),
        "raw",
    )
    readonly_fields = ("why",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[VatCheck]:
        """Without what a partner looked up and did not send: drafts are no business of ours."""
        return super().get_queryset(request).filter(vat_checks.of_customers())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[VatCheck], search_term: str
    ) -> tuple[QuerySet[VatCheck], bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(number=str(vat.parse(search_term))), False
        except vat.VatFault:
            part = "".join(letter for letter in search_term.upper() if letter.isascii() and letter.isalnum())
            return (queryset.filter(number__contains=part) if part else queryset.none()), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().changelist_view(request, (extra_context or {}) | {"health": health()})

    @admin.display(description=_("cause"))
    def why(self, check: VatCheck) -> str:
        return cause_words(check.cause)

    @admin.display(description=_("outcome"), ordering="outcome")
    def said(self, check: VatCheck) -> str:
        """The outcome with its cause, which alone says little."""
        why = cause_words(check.cause)
        return f"{check.get_outcome_display()}. {why}" if why else check.get_outcome_display()

    @admin.display(description=_("tries"), ordering="tries")
    def in_vain(self, check: VatCheck) -> int:
        """Those without an answer; the row has no room for so long a heading."""
        return check.tries
