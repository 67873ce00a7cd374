"""A list of customers with django-tables2 and django-filter: `icontains` joined by OR, exact count, pages by offset."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django_filters import CharFilter, FilterSet
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin, Table

from customers.models import Customer
from tools.bench.peers import FIELDS, ROWS_A_PAGE


class CustomerFilter(FilterSet):
    q = CharFilter(method="search")

    class Meta:
        model = Customer
        fields = ("relationship", "country")

    def search(self, found: "QuerySet[Customer]", _name: str, text: str) -> "QuerySet[Customer]":
        every_word = Q()
        for word in text.split():
            every_word &= reduce(or_, (Q(**{f"{field}__icontains": word}) for field in FIELDS))
        return found.filter(every_word).distinct()


class CustomerTable(Table):
    class Meta:
        model = Customer
        fields = ("name", "vat_number", "city", "relationship", "partner", "approved_at")
        template_name = "django_tables2/bootstrap5.html"


class CustomersView(SingleTableMixin, FilterView):
    table_class = CustomerTable
    filterset_class = CustomerFilter
    paginate_by = ROWS_A_PAGE
    template_name = "peers/customers.html"

    def get_queryset(self) -> Any:
        return Customer.objects.visible_to(self.request.user).active().select_related("partner").order_by("name", "pk")
