"""The search rows are true, or it is found out and mended."""

from io import StringIO

import pytest
from django.core.management import call_command

from contacts.models import Contact
from customers.models import Customer, CustomerSearch, Partner
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def customers(partner: Partner) -> list[Customer]:
    made = [builders.make_customer(partner, name=name) for name in ("Appel", "Banaan", "Citroen", "Dadel")]
    builders.make_contact(made[0], first_name="Anna", last_name="Claes")
    call_command("search_rebuild", stdout=StringIO())
    return made


def check() -> tuple[int, str]:
    told = StringIO()
    try:
        call_command("search_check", stdout=told)
    except SystemExit as end:
        return int(str(end.code)), told.getvalue()
    return 0, told.getvalue()


@pytest.mark.usefixtures("customers")
def test_true_rows_are_said_to_be_true() -> None:
    assert check() == (0, "Every search row is true.\n")


def test_a_missing_row_a_wrong_name_and_people_that_changed_are_found(customers: list[Customer]) -> None:
    Contact.objects.update(last_name="Peeters")
    CustomerSearch.objects.filter(customer=customers[1]).delete()
    CustomerSearch.objects.filter(customer=customers[2]).update(name_sort="something else", status="ended")

    assert check() == (
        1,
        (
            f"{customers[0].number}: people, doc\n"
            f"{customers[1].number}: no search row\n"
            f"{customers[2].number}: status, name_sort\n"
            f"{Contact.objects.get().number}: name_sort, doc\n"
            "4 to mend: run search_rebuild.\n"
        ),
    )


def test_what_is_not_true_is_mended_and_nothing_else_is_written(customers: list[Customer]) -> None:
    CustomerSearch.objects.filter(customer=customers[1]).delete()
    CustomerSearch.objects.filter(customer=customers[2]).update(doc=" nonsense ")
    told = StringIO()

    call_command("search_rebuild", stdout=told)

    assert told.getvalue() == "2 search rows mended.\n"
    assert check() == (0, "Every search row is true.\n")
    assert list(CustomerSearch.objects.matching("citroen").values_list("customer", flat=True)) == [customers[2].pk]
