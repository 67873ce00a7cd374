from django.urls import include, path

from portal.directory import column_page, filter_page, suggestions, views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/filters/<slug:key>/", filter_page.choose, name="customer-filter"),
    path("customers/columns/", column_page.choose, name="customer-columns"),
    path("customers/find/", suggestions.suggestions, name="find-customer"),
    path("customers/views/", include("portal.directory.saved_views.urls")),
    path("customers/", include("portal.directory.customer.urls")),
]
