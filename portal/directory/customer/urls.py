from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.directory.customer import views

urlpatterns = [
    path("<customer_number:number>/", views.customer, name="customer"),
    path("<customer_number:number>/contacts/", views.contacts, name="customer-contacts"),
    path("<customer_number:number>/documents/", views.documents, name="customer-documents"),
    path("<customer_number:number>/requests/", views.requests, name="customer-requests"),
    path("<customer_number:number>/history/", views.history, name="customer-history"),
]
