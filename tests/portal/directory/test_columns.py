"""The columns of the table: what they say on the page is what stands in a file."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict

from contacts import search_rows
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from customers.search_pages import find
from portal.directory.columns import COLUMNS
from portal.directory.listing import Listing
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import text_of

NUMBERS = (
    "BE0477472701",
    "NL991044125B01",
    "DE123456788",
    "FR11123456782",
    "FRXX123456782",
    "CHE123456788",
    "GB123456727",
    "GBGD123",
    "DK12345607",
    "PT123456789",
    "NO974760673",
    "EL123456783",
    "XI123456727",
    "ATU12345675",
    "US12345",
)


@pytest.fixture
def every_kind(partner: Partner, other_partner: Partner) -> None:
    """Customers that differ in all that a column can say."""
    for serial, number in enumerate(NUMBERS):
        country = {"EL": "GR", "CH": "CH", "XI": "GB"}.get(number[:2], number[:2])
        builders.make_customer(
            other_partner if serial % 4 == 1 else partner,
            name=f"Made {serial:02}",
            vat_number=number,
            country=country,
            city="" if serial % 5 == 3 else "Liège",
            relationship=[Relationship.RESELLER, Relationship.VALUE_ADD_PARTNER][serial % 2],
            approved_at=datetime(2026, 3, 31, 20 + serial % 4, 30, tzinfo=UTC),
        )
    for national, country in (("BE0123456749", "BE"), ("DE HRB 12345", "DE")):
        builders.make_customer(
            partner,
            vat_number="",
            national_number=national,
            no_vat_reason="exempt",
            country=country,
            status=CustomerStatus.ENDED,
            phone="+31201234567",
        )
    _with_gaps(list(Customer.objects.order_by("pk")))


def _with_gaps(customers: list[Customer]) -> None:
    for count, customer in enumerate(customers[:7]):
        for role in list(Role)[: min(count, len(Role))]:
            builders.assign(customer, role, builders.make_contact(customer.partner))
    Contact.objects.filter(assignments__customer=customers[5], assignments__role=Role.COMMERCIAL).update(phone="")
    Contact.objects.filter(assignments__customer=customers[6]).update(phone="")
    search_rows.refresh(customers)


def test_a_file_says_what_the_page_says(every_kind: None, csm: User) -> None:
    everything = QueryDict(f"status=any&columns={','.join(COLUMNS)}")
    selection = Listing.read(csm, everything).selection(csm)
    rows = {row["customer_id"]: row for row in find(selection).rows}

    for key, column in COLUMNS.items():
        written = selection.queryset().annotate(**{f"{key}_written": column.export()})
        for row in written.values("pk", f"{key}_written"):
            assert as_text(key, row[f"{key}_written"]) == as_shown(key, column.cell(rows[row["pk"]])), key
    assert len(rows) == len(NUMBERS) + 2


def as_text(key: str, written: Any) -> str:
    if isinstance(written, date):
        return f"{written:%-d %b %Y}"
    return "" if written is None else str(written)


def as_shown(key: str, said: str) -> str:
    # The one difference: a file keeps phone numbers as they are dialled.
    return said.replace(" ", "") if key == "phone" else said


def test_every_column_is_shown_where_it_is_chosen(customer: Customer, csm: User, signed_in: SignIn) -> None:
    row = find(Listing.read(csm, QueryDict("")).selection(csm)).rows[0]

    said = text_of(signed_in(csm).get(f"/customers/?columns={','.join(COLUMNS)}"))

    for column in COLUMNS.values():
        assert column.cell(row) in said, column.key
    assert "Hanne Wouters" in said
    assert "Transport and storage" in said


def test_columns_stand_in_the_order_they_were_chosen_in(customer: Customer, onboarder: User, signed_in: SignIn) -> None:
    said = text_of(signed_in(onboarder).get("/customers/?columns=number,roles,vat"))

    assert "Company Town Number Roles VAT number" in said
    assert "Relationship Roles" not in said


def test_only_what_customers_are_found_by_is_marked(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    builders.make_customer(partner, name="Ressort NV")

    page = signed_in(onboarder).get("/customers/?q=res").content.decode()

    assert "<mark>Res</mark>sort" in page
    assert "<mark>Res</mark>eller" not in page


def test_a_csm_without_a_name_goes_by_the_address(customer: Customer, csm: User, signed_in: SignIn) -> None:
    User.objects.filter(pk=csm.pk).update(first_name="", last_name="")
    selection = Listing.read(csm, QueryDict("columns=company,csm")).selection(csm)

    assert COLUMNS["csm"].cell(find(selection).rows[0]) == "csm@arxus.example"
    assert selection.queryset().values_list(COLUMNS["csm"].export(), flat=True).get() == "csm@arxus.example"
