"""Django admin as the portal's sibling: the same frame, with the approval queue first."""

from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext, gettext_lazy

from customers.admin_fields import name_of
from portal.navigation import Place

QUEUE = "approvals_registrationrequest"
MASTER_DATA = (
    ("customers_customer", "customers.view_customer", gettext_lazy("Customers"), "building"),
    ("contacts_contact", "contacts.view_contact", gettext_lazy("Contacts"), "team"),
    ("customers_partner", "customers.view_partner", gettext_lazy("Partners"), "swap"),
    ("portal_user", "portal.view_user", gettext_lazy("Users"), "users"),
    ("customers_industry", "customers.view_industry", gettext_lazy("Industries"), "tag"),
    ("customers_vatcheck", "customers.view_vatcheck", gettext_lazy("VAT register"), "globe"),
    ("approvals_snippet", "approvals.decide_registrationrequest", gettext_lazy("Saved texts"), "pencil"),
    ("customers_event", "customers.view_event", gettext_lazy("History"), "log"),
)


class Suggestions(AutocompleteJsonView):
    """What fits what was typed so far, by the name it is chosen by (`customers.admin_fields`)."""

    paginate_by = 10

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return {"value": name_of(obj), "text": str(obj)}


class PortalAdminSite(AdminSite):
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"admin_places": SimpleLazyObject(lambda: places(request))}

    def get_urls(self) -> list[Any]:
        """Without “view on site”: nothing of ours uses it, and it told any staff which rows of any table there are."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", "") != "view_on_site"]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.GET.get("term", ""):
            return JsonResponse({"results": []})
        return cast(HttpResponse, Suggestions.as_view(admin_site=self)(request))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Opens on the queue for whoever may see it; on the list of what there is for other staff."""
        if request.user.has_perm("approvals.view_registrationrequest"):
            return redirect(f"admin:{QUEUE}_changelist")
        return super().index(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """One place to change a password, with its rate limit and its mail to the owner."""
        return redirect("account_change_password")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")


def places(request: HttpRequest) -> list[Place]:
    """Where this person of staff can go."""
    user = request.user
    match = request.resolver_match
    here = match.url_name or "" if match else ""
    found = []
    if user.has_perm("approvals.view_registrationrequest"):
        found.append(
            Place(
                label=gettext("Queue"),
                url=reverse(f"admin:{QUEUE}_changelist"),
                icon="inbox",
                is_current=here.startswith(f"{QUEUE}_"),
                waiting=getattr(user, "requests_waiting", 0),
            )
        )
    if user.has_perm("approvals.view_thread"):
        found.append(
            Place(
                label=gettext("Messages"),
                url=reverse("admin:approvals_thread_changelist"),
                icon="chat",
                is_current=here.startswith("approvals_thread_"),
                waiting=getattr(user, "threads_waiting", 0),
            )
        )
    for name, permission, label, icon in MASTER_DATA:
        if user.has_perm(permission):
            url = reverse(f"admin:{name}_changelist")
            is_current = here.startswith(f"{name}_")
            found.append(Place(label=str(label), url=url, icon=icon, is_current=is_current))
    return found
