"""Registration requests in Django admin: a queue and a decision page of their own, and nothing else.

The stock list, form, delete and history addresses do not exist for them: requests are neither added nor deleted nor
edited by hand, and their state changes only through the verbs.
"""

from django.contrib import admin
from django.urls import URLPattern, path

from approvals.desk import admin_bulk, admin_holding, admin_views, asking_views, thread_admin_views
from approvals.desk.history_admin import EventAdmin
from approvals.desk.pages_admin import OwnPagesAdmin
from approvals.desk.snippet_admin import SnippetAdmin
from approvals.desk.thread_admin import ThreadAdmin
from approvals.models import RegistrationRequest

__all__ = ["EventAdmin", "RegistrationRequestAdmin", "SnippetAdmin", "ThreadAdmin"]


@admin.register(RegistrationRequest)
class RegistrationRequestAdmin(OwnPagesAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.behind_the_door, "approvals_registrationrequest"
        return [
            path("", wrap(admin_views.queue), name=f"{name}_changelist"),
            path("take-oldest/", wrap(admin_holding.take_oldest), name=f"{name}_take_oldest"),
            path("many/", wrap(admin_bulk.act_on_many), name=f"{name}_many"),
            path("exception/", wrap(admin_views.grant_exception_unsent), name=f"{name}_exception_unsent"),
            path("<str:reference>/change/", wrap(admin_views.decision_page), name=f"{name}_change"),
            path("texts/", wrap(asking_views.texts), name=f"{name}_texts"),
            path("<str:reference>/decide/ask_for_changes/", wrap(asking_views.ask), name=f"{name}_ask"),
            path("<str:reference>/decide/<str:move>/", wrap(admin_views.decide), name=f"{name}_decide"),
            path("<str:reference>/take/", wrap(admin_holding.take), name=f"{name}_take"),
            path("<str:reference>/give-back/", wrap(admin_holding.give_back), name=f"{name}_give_back"),
            path("<str:reference>/take-over/", wrap(admin_holding.take_over), name=f"{name}_take_over"),
            path("<str:reference>/message/", wrap(thread_admin_views.write_about), name=f"{name}_message"),
            path("<str:reference>/ask-register/", wrap(admin_views.ask_register), name=f"{name}_ask_register"),
            path("<str:reference>/exception/", wrap(admin_views.grant_exception), name=f"{name}_exception"),
        ]
