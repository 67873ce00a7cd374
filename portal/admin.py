"""Accounts in Django admin. Who is of Arxus staff, and what staff may do, only superusers change."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from customers.admin_parts import Uncounted, on_record
from customers.history import change as change_of
from customers.history import record
from portal.admin_forms import AccountCreationForm
from portal.models import User

STAFF_FIELDS = ("is_staff", "is_superuser", "groups", "user_permissions")


@admin.register(User)
class AccountAdmin(Uncounted, UserAdmin):
    """E-mail accounts. Nobody gets a password from us: its owner sets one by “Forgot your password?”."""

    add_form = AccountCreationForm
    list_display = ("email", "first_name", "last_name", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email", "first_name", "last_name")
    ordering = ("email",)
    readonly_fields = ("date_joined", "last_login")
    filter_horizontal = ()  # the plain lists are named for screen readers and work without script
    fieldsets = (
        (None, {"fields": ("email",)}),
        (_("Person"), {"fields": ("first_name", "last_name", "phone")}),
        (_("Access"), {"fields": ("is_active", *STAFF_FIELDS)}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "first_name", "last_name", "phone")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).select_related("membership__partner", "membership__customer")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, *STAFF_FIELDS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever changes the address of a colleague's account could take it over: superusers only."""
        if obj is not None and (obj.is_staff or obj.is_superuser) and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever knows another's password can act in their name."""
        raise PermissionDenied

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        form.before = account_on_record(User.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """On record once the rights are saved, which come last."""
        super().save_related(request, form, formsets, change)
        user = User.objects.select_related("membership__partner").get(pk=form.instance.pk)
        facts = change_of(form.before, account_on_record(user))
        if facts or not change:
            membership = getattr(user, "membership", None)
            record(
                actor=request.user,
                action="user.changed" if change else "user.added",
                partner=membership.partner if membership is not None else None,
                name=user.get_full_name(),
                **facts,
            )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Shut out with “active”; what somebody did stays theirs."""
        return False


def account_on_record(user: User) -> dict[str, Any]:
    """What an account is and may do, as it goes on record: never a password."""
    return on_record(user, ("email", "first_name", "last_name", "phone", "is_active", "is_staff", "is_superuser")) | {
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "permissions": named(user.user_permissions),
    }


def named(permissions: Any) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in permissions.values_list("content_type__app_label", "codename"))


admin.site.unregister(Group)


def group_on_record(group: Group) -> dict[str, Any]:
    return {"name": group.name, "permissions": named(group.permissions)}


@admin.register(Group)
class StaffGroupAdmin(Uncounted, GroupAdmin):
    """Only superusers: a group is what its members may do."""

    actions = None
    filter_horizontal = ()

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        form.before = group_on_record(Group.objects.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        facts = change_of(form.before, group_on_record(form.instance))
        if facts or not change:
            action = "group.changed" if change else "group.added"
            record(actor=request.user, action=action, partner=None, name=form.instance.name, **facts)

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        record(actor=request.user, action="group.deleted", partner=None, name=obj.name, before=group_on_record(obj))
        super().delete_model(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser
