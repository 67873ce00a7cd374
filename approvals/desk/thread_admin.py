"""Conversations in Django admin."""

from django.contrib import admin
from django.urls import URLPattern, path

from approvals.desk import thread_admin_views as views
from approvals.desk.pages_admin import OwnPagesAdmin
from approvals.models import Thread


@admin.register(Thread)
class ThreadAdmin(OwnPagesAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.behind_the_door, "approvals_thread"
        return [
            path("", wrap(views.threads), name=f"{name}_changelist"),
            path("<str:reference>/change/", wrap(views.thread), name=f"{name}_change"),
            path("<str:reference>/close/", wrap(views.close), name=f"{name}_close"),
        ]
