"""What takes longer than one waits is made in the background, for one person, who sees how far it is."""

from datetime import timedelta
from typing import NoReturn

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from customers.models import Customer
from portal.exports import limits, tasks, views
from portal.models import Export, ExportFault, ExportState, User
from tests.conftest import SignIn
from tests.portal.exports.jobs import begin, files, page_of, with_patience_for
from tests.portal.exports.reading import content_of, csv_texts, xlsx_texts
from tests.portal.reading import links_of, text_of
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


def test_a_long_list_is_made_in_the_background_and_fetched_when_it_is_ready(
    customers: list[Customer], onboarder: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_patience_for(monkeypatch, 2)
    client = signed_in(onboarder)
    answer = client.get("/customers/export.csv?sort=-name&columns=company")
    assert answer.headers["Location"] == "/customers/exports/new/csv/?sort=-name&columns=company"
    offered = text_of(client.get(answer.headers["Location"]))
    assert "More than 2 customers, in the order and with the columns of the list." in offered
    assert not Export.objects.exists()

    export = begin(client, "sort=-name&columns=company")
    waiting = client.get(page_of(export))
    assert "Your export waits for its turn." in text_of(waiting)
    assert f'hx-get="{page_of(export)}?shown=waiting"' in waiting.content.decode()
    run_queued_tasks()

    polled = client.get(f"{page_of(export)}?shown=waiting", headers={"HX-Request": "true"})
    assert polled.headers["HX-Retarget"] == "#export"
    assert ">Your file is ready.</p>" in polled.content.decode()
    assert "Your file is ready: 3 customers, " in text_of(client.get(page_of(export)))
    assert f"{page_of(export)}file/" in links_of(client.get(page_of(export)))
    fetched = client.get(f"{page_of(export)}file/")
    assert csv_texts(content_of(fetched)) == [
        ["Company", "Town"],
        *([name, "Turnhout"] for name in ("Gamma", "Beta", "Alfa")),
    ]
    assert fetched.headers["Content-Disposition"].startswith('attachment; filename="customers-')
    assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in fetched.headers["Cache-Control"]


def test_an_excel_file_is_made_in_the_background_too(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client, "columns=company", "xlsx")
    run_queued_tasks()
    assert [row[0] for row in xlsx_texts(content_of(client.get(f"{page_of(export)}file/")))] == [
        "Company",
        "Alfa",
        "Beta",
        "Gamma",
    ]


def test_an_excel_file_holds_so_many_customers_and_beyond_that_the_page_offers_csv(
    customers: list[Customer], onboarder: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(onboarder)
    export = begin(client, "", "xlsx")
    monkeypatch.setattr(limits, "MOST_ROWS", {"csv": None, "xlsx": 2})
    monkeypatch.setattr(tasks, "MOST_ROWS", {"csv": None, "xlsx": 2})
    page = client.get("/customers/exports/new/xlsx/?q=turnhout")
    assert "These are more than 2 customers, the most an Excel file of ours holds." in text_of(page)
    assert "/customers/export.csv?q=turnhout" in links_of(page)
    run_queued_tasks()
    export.refresh_from_db()
    assert (export.state, export.fault) == (ExportState.FAILED, ExportFault.TOO_MANY)
    assert "/customers/exports/new/csv/?" in links_of(client.get(page_of(export)))


def test_a_database_that_takes_too_long_for_the_first_line_leads_to_the_background(
    customers: list[Customer], onboarder: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_args: object, **_options: object) -> NoReturn:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(views, "pieces_of", cancelled)
    answer = signed_in(onboarder).get("/customers/export.csv?q=alfa")
    assert answer.headers["Location"] == "/customers/exports/new/csv/?q=alfa"


def test_a_file_asked_for_twice_is_made_once_and_two_are_under_way_at_most(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    first = begin(client, "q=alfa")
    assert begin(client, "q=alfa") == first
    second = begin(client, "q=beta")
    refused = client.post("/customers/exports/new/csv/?q=gamma")
    assert refused.status_code == 429
    assert "We are making 2 files for you. Wait until one is ready, or cancel one." in text_of(refused)
    assert {page_of(first), page_of(second)} <= set(links_of(refused))
    client.post(f"{page_of(first)}cancel/")
    assert begin(client, "q=gamma").state == ExportState.WAITING
    assert client.post(f"{page_of(first)}again/").headers["Location"] == page_of(first)
    first.refresh_from_db()
    assert first.state == ExportState.CANCELLED


def test_what_is_cancelled_is_not_made_and_can_be_tried_again(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client)
    client.post(f"{page_of(export)}cancel/")
    run_queued_tasks()
    assert "You cancelled this export. There is no file." in text_of(client.get(page_of(export)))
    assert client.get(f"{page_of(export)}file/").headers["Location"] == page_of(export)
    client.post(f"{page_of(export)}again/")
    run_queued_tasks()
    assert len(csv_texts(content_of(client.get(f"{page_of(export)}file/")))) == 4
    again = client.post(f"{page_of(export)}again/", follow=True)
    assert "This export has changed meanwhile. What is true now is below." in text_of(again)
    assert "The export and its file are deleted." in text_of(client.post(f"{page_of(export)}delete/", follow=True))


def test_a_worker_that_is_gone_is_noticed_and_after_three_tries_the_page_says_so(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client)
    for tries in range(1, 4):
        assert tasks._claim(export.number) is not None
        assert tasks.make.call(export.number) == "nothing to do"
        Export.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert "The work on this file stopped." in text_of(client.get(page_of(export)))
        polled = client.get(f"{page_of(export)}?shown=running", headers={"HX-Request": "true"})
        assert ("Start it again" in polled.content.decode(), polled.headers["HX-Retarget"]) == (True, "#export")
        call_command("requeue_exports", verbosity=0)
        export.refresh_from_db()
        assert (export.state, export.tries) == (ExportState.WAITING, tries)
    run_queued_tasks()
    page = text_of(client.get(page_of(export)))
    assert "There is no file. Something kept stopping our work on this file." in page
    client.post(f"{page_of(export)}again/")
    run_queued_tasks()
    assert "Your file is ready: 3 customers" in text_of(client.get(page_of(export)))


def test_trouble_while_a_file_is_written_leaves_no_file_and_says_so(
    customers: list[Customer],
    onboarder: User,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_args: object, **_options: object) -> object:
        yield tasks.Piece(b"half", 1)
        raise OSError("disk full")

    client = signed_in(onboarder)
    export = begin(client)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "pieces_of", broken)
        run_queued_tasks()
    assert (files(), "disk full" in caplog.text) == ([], True)
    assert "There is no file. Something went wrong on our side." in text_of(client.get(page_of(export)))


def test_the_line_above_the_table_offers_its_rows_as_a_file_where_there_are_any(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    page = client.get("/customers/?q=turnhout&sort=-name&page=after-C-0000-0000")
    assert "Export 3 Excel CSV These 3 rows, in this order" in text_of(page)
    offered = [link for link in links_of(page) if link.startswith("/customers/export.")]
    assert offered == [f"/customers/export.{ending}?q=turnhout&sort=-name" for ending in ("xlsx", "csv")]
    assert not [link for link in links_of(client.get("/customers/?q=nobody")) if "export" in link]
