from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.directory.saved_views import pages

urlpatterns = [
    path("", pages.views, name="saved-views"),
    path("new/", pages.new, name="saved-view-new"),
    path("<view_number:number>/rename/", pages.rename, name="saved-view-rename"),
    path("<view_number:number>/change/", pages.change, name="saved-view-change"),
    path("<view_number:number>/delete/", pages.delete, name="saved-view-delete"),
    path("<view_number:number>/<slug:name>/", pages.act, name="saved-view-act"),
]
