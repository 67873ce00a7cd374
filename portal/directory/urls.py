from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.directory import customer_page, suggestions, views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/find/", suggestions.suggestions, name="find-customer"),
    path("customers/<customer_number:number>/", customer_page.customer, name="customer"),
    path("customers/<customer_number:number>/documents/", customer_page.documents, name="customer-documents"),
    path("customers/<customer_number:number>/history/", customer_page.history, name="customer-history"),
]
