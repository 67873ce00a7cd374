from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.directory import views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/<customer_number:number>/", views.customer, name="customer"),
    path("customers/<customer_number:number>/documents/", views.documents, name="customer-documents"),
    path("customers/<customer_number:number>/history/", views.history, name="customer-history"),
]
