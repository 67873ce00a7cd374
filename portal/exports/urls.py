from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.exports import views

urlpatterns = [
    path("customers/export.<export_format:file_format>", views.listing_as_file, name="export-file"),
    path("customers/exports/new/<export_format:file_format>/", views.new, name="export-new"),
    path("customers/exports/<export_number:number>/", views.export, name="export"),
    path("customers/exports/<export_number:number>/file/", views.fetch, name="export-fetch"),
    path("customers/exports/<export_number:number>/<export_verb:verb>/", views.act, name="export-act"),
]
