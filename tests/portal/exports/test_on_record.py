"""Every export is on record for Arxus, counted for the person, and holds nothing of anybody else."""

from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from customers.models import Customer, CustomerStatus, Event, Partner
from portal.models import User
from portal.querysets import organisation_of
from portal.templatetags.look import vat_readable
from tests import builders
from tests.conftest import SignIn
from tests.portal.exports.jobs import begin, page_of
from tests.portal.exports.reading import content_of
from tests.portal.reading import text_of
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

HISTORY = "/admin/customers/event/"


@pytest.fixture
def theirs(other_partner: Partner, csm: User) -> Customer:
    industry = builders.make_industry("Z", name="Their very own industry")
    return builders.make_customer(other_partner, name="Kept apart NV", city="Theirville", industry=industry)


def test_who_exported_how_many_rows_of_which_list_is_on_record_for_staff_and_for_nobody_else(
    customers: list[Customer], onboarder: User, approver: User, partner: Partner, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    content_of(client.get("/customers/export.csv?q=alfa&nonsense=1"))
    export = begin(client, "sort=-name", "xlsx")
    run_queued_tasks()
    content_of(client.get(f"{page_of(export)}file/"))

    told = Event.objects.filter(action__startswith="export.").order_by("pk")
    assert [(event.action, event.actor, event.partner, event.reference, event.facts) for event in told] == [
        ("export.taken", onboarder, partner, "", {"rows": 1, "format": "csv", "address": "q=alfa"}),
        ("export.asked", onboarder, partner, export.number, {"format": "xlsx", "address": "sort=-name"}),
        ("export.made", None, partner, export.number, {"rows": 3, "format": "xlsx", "address": "sort=-name"}),
        ("export.fetched", onboarder, partner, export.number, {"rows": 3, "format": "xlsx", "address": "sort=-name"}),
    ]
    history = signed_in(approver).get(HISTORY, {"kind": "exports"})
    said = text_of(history)
    assert "Lotte Verlinden exported a list of customers: 1 row, as CSV" in said
    assert "Lotte Verlinden downloaded the list of customers: 3 rows, as XLSX" in said
    assert 'href="/customers/?q=alfa"' in history.content.decode()
    assert "3 rows, as XLSX" in text_of(signed_in(approver).get(HISTORY, {"reference": export.number}))
    pages = [f"/customers/{customers[0].number}/history/", "/", "/notifications/"]
    assert not [page for page in pages if "exported a list" in client.get(page).content.decode()]


def test_looking_at_the_pages_of_an_export_records_nothing(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client)
    before = Event.objects.count()
    for address in ("/customers/exports/new/csv/", "/customers/exports/new/xlsx/?q=a", page_of(export)):
        assert client.get(address).status_code == 200
    assert client.head("/customers/export.csv").status_code == client.post("/customers/export.csv").status_code == 405
    assert client.get(f"{page_of(export)}cancel/").status_code == 405
    assert Event.objects.count() == before


def test_beyond_the_limit_a_page_says_when_again_and_others_go_on(
    customers: list[Customer], onboarder: User, colleague: User, signed_in: SignIn, settings: Settings
) -> None:
    settings.EXPORTS_PER_HOUR = 2
    with time_machine.travel("2026-11-23T09:00:00+01:00", tick=False) as clock:
        client = signed_in(onboarder)
        content_of(client.get("/customers/export.csv"))
        clock.shift(timedelta(minutes=20))
        begin(client)
        for refused in (client.get("/customers/export.xlsx"), client.post("/customers/exports/new/csv/?q=beta")):
            assert (refused.status_code, refused.headers["Retry-After"]) == (429, "2401")
            said = "You exported 2 times within the last hour. The next export is possible at 10:00."
            assert said in text_of(refused)
        assert client.get("/customers/").status_code == 200
        content_of(signed_in(colleague).get("/customers/export.csv"))
        clock.shift(timedelta(minutes=40))
        content_of(client.get("/customers/export.csv"))
        assert client.get("/customers/export.csv").status_code == 429


def test_an_export_of_a_partner_holds_nothing_of_another_whatever_the_address_says(
    customers: list[Customer], theirs: Customer, onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    columns = "columns=company,vat,town,country,relationship,industry,partner,csm,roles,approved,phone,number"
    theirs_of_it = (
        theirs.name,
        theirs.number,
        vat_readable(theirs.vat_number),
        "Northwind",
        "Theirville",
        "Their very own",
    )
    for asked in (
        "",
        f"partner={theirs.partner_id}",
        "q=kept apart",
        f"q={theirs.vat_number}",
        "csm=mine&sort=partner",
    ):
        address = f"status=any&{columns}&{asked}"
        content = content_of(client.get(f"/customers/export.csv?{address}"))
        assert not [text for text in theirs_of_it if text in content.decode()]
        assert b"Partner" not in content.splitlines()[0]
        export = begin(client, address)
        run_queued_tasks()
        assert content_of(client.get(f"{page_of(export)}file/")) == content


def test_what_is_not_approved_is_in_no_file(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    builders.make_customer(partner, name="Not yet", status=CustomerStatus.PENDING)
    assert b"Not yet" not in content_of(signed_in(onboarder).get("/customers/export.csv?status=any"))


def test_a_customers_own_people_export_nothing(customer_user: User, signed_in: SignIn) -> None:
    assert organisation_of(customer_user) is None
    client = signed_in(customer_user)
    for address in ("export.csv", "export.xlsx", "exports/new/csv/", "exports/EXP-0000-0000/"):
        assert client.get(f"/customers/{address}").status_code == 404
