"""A list of customers as Django's admin makes it from `search_fields`."""

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from customers.models import Customer
from tools.bench.peers import FIELDS, ROWS_A_PAGE

site = AdminSite()


class CustomerAdmin(ModelAdmin):
    list_display = ("name", "number", "vat_number", "city", "partner", "relationship", "status")
    list_select_related = ("partner",)
    list_per_page = ROWS_A_PAGE
    search_fields = FIELDS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Customer]:
        return super().get_queryset(request).filter(status="active")


site.register(Customer, CustomerAdmin)
