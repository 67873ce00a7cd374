from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.directory import customer_views, filter_page, suggestions, view_pages, views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/filters/<slug:key>/", filter_page.choose, name="customer-filter"),
    path("customers/find/", suggestions.suggestions, name="find-customer"),
    path("customers/columns/", view_pages.columns, name="customer-columns"),
    path("customers/views/", view_pages.views, name="saved-views"),
    path("customers/views/new/", view_pages.new, name="saved-view-new"),
    path("customers/views/<view_number:number>/rename/", view_pages.rename, name="saved-view-rename"),
    path("customers/views/<view_number:number>/change/", view_pages.change, name="saved-view-change"),
    path("customers/views/<view_number:number>/delete/", view_pages.delete, name="saved-view-delete"),
    path("customers/views/<view_number:number>/<slug:name>/", view_pages.act, name="saved-view-act"),
    path("customers/<customer_number:number>/", customer_views.customer, name="customer"),
    path("customers/<customer_number:number>/contacts/", customer_views.contacts, name="customer-contacts"),
    path("customers/<customer_number:number>/documents/", customer_views.documents, name="customer-documents"),
    path("customers/<customer_number:number>/requests/", customer_views.requests, name="customer-requests"),
    path("customers/<customer_number:number>/history/", customer_views.history, name="customer-history"),
]
