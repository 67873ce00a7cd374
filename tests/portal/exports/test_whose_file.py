"""A file is for the one person who asked, as long as they may see what is in it, and for a day."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone
from pytest_django import Settings

from customers.models import Customer, Event, Membership, Partner
from portal.exports import letters, sweeping, tasks
from portal.models import Export, ExportFault, ExportState, User
from portal.models.export import export_storage
from tests.conftest import SignIn
from tests.portal.exports.jobs import begin, files, page_of
from tests.portal.exports.reading import content_of, csv_texts
from tests.portal.reading import text_of
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


def test_whoever_lost_access_meanwhile_gets_no_file_and_no_page(
    customers: list[Customer], onboarder: User, other_partner: Partner, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    made, waiting = begin(client, "q=alfa"), begin(client, "q=beta")
    tasks.make.call(made.number)
    assert len(csv_texts(content_of(client.get(f"{page_of(made)}file/")))) == 2
    # Of another partner now: what they may see there is not what they asked for.
    Membership.objects.filter(user=onboarder).update(partner=other_partner)
    run_queued_tasks()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.fault, waiting.file) == (ExportState.FAILED, ExportFault.NO_ACCESS, "")
    for export in (made, waiting):
        assert client.get(page_of(export)).status_code == client.get(f"{page_of(export)}file/").status_code == 404
    Membership.objects.filter(user=onboarder).delete()
    assert client.get(page_of(made)).status_code == client.get("/customers/export.csv").status_code == 404


def test_staff_who_may_see_customers_no_more_get_nothing(
    csm: User, customers: list[Customer], signed_in: SignIn
) -> None:
    client = signed_in(csm)
    export = begin(client)
    csm.groups.clear()
    run_queued_tasks()
    export.refresh_from_db()
    assert (export.state, export.fault) == (ExportState.FAILED, ExportFault.NO_ACCESS)
    assert client.get(page_of(export)).status_code == client.get("/customers/export.xlsx").status_code == 404


def test_nobody_else_reaches_an_export_by_any_address_of_it(
    customers: list[Customer], onboarder: User, colleague: User, stranger: User, csm: User, signed_in: SignIn
) -> None:
    export = begin(signed_in(onboarder))
    run_queued_tasks()
    for other in (colleague, stranger, csm):
        client = signed_in(other)
        assert client.get(page_of(export)).status_code == client.get(f"{page_of(export)}file/").status_code == 404
        for verb in ("cancel", "again", "delete"):
            assert client.post(f"{page_of(export)}{verb}/").status_code == 404
        assert export.number not in client.get("/notifications/").content.decode()
    assert Export.objects.get().state == ExportState.READY


def test_a_file_is_kept_for_a_day_and_its_entry_for_a_month(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client)
    run_queued_tasks()
    assert len(files()) == 1
    (Path(export_storage().path("")) / "left-behind.part").write_text("half")
    with time_machine.travel(timezone.now() + tasks.KEPT + timedelta(minutes=1)):
        client = signed_in(onboarder)
        assert client.get(f"{page_of(export)}file/").status_code == 302
        assert "This file is not there any more." in text_of(client.get(page_of(export)))
        call_command("sweep_exports", verbosity=0)
        assert (files(), Export.objects.count()) == ([], 1)
    with time_machine.travel(timezone.now() + sweeping.ROWS_KEPT + timedelta(days=1)):
        call_command("sweep_exports", verbosity=0)
    assert not Export.objects.exists()


def test_a_file_that_was_lost_is_said_to_be_gone_and_can_be_made_again(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    export = begin(client)
    run_queued_tasks()
    export_storage().delete(files()[0])
    answer = client.get(f"{page_of(export)}file/", follow=True)
    assert "This file is not there any more. Make it again." in text_of(answer)
    assert "Your file is ready" not in text_of(answer)
    assert not Event.objects.filter(action="export.fetched").exists()
    client.post(f"{page_of(export)}again/")
    run_queued_tasks()
    assert content_of(client.get(f"{page_of(export)}file/"))


def test_the_mail_writes_large_numbers_as_the_page_does(
    customers: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    export = begin(signed_in(onboarder))
    run_queued_tasks()
    export.refresh_from_db()
    export.written = 20_115
    assert "20,115 customers, as CSV." in str(letters.compose(export).body)


def test_whoever_left_is_told_in_the_inbox_and_by_mail_and_whoever_fetched_is_not(
    customers: list[Customer], onboarder: User, signed_in: SignIn, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    client = signed_in(onboarder)
    export, fetched = begin(client, "q=alfa"), begin(client, "q=beta")
    assert text_of(client.get("/notifications/")).count("Customers as CSV: under way") == 2
    run_queued_tasks()
    inbox = client.get("/notifications/")
    assert text_of(inbox).count("Customers as CSV: 1 row is ready") == 2
    assert "Notifications, 2 unread" in inbox.content.decode()
    content_of(client.get(f"{page_of(fetched)}file/"))
    assert "Notifications, 1 unread" in client.get("/notifications/").content.decode()
    assert mailoutbox == []
    with time_machine.travel(timezone.now() + tasks.LEFT + timedelta(seconds=5)):
        run_queued_tasks()
    assert [mail.to for mail in mailoutbox] == [["reseller@brightcloud.example"]]
    mail = mailoutbox[0]
    assert mail.subject == f"{export.number}: your export is ready"
    assert f"{page_of(export)}\n" in str(mail.body)
    assert "1 customer, as CSV." in str(mail.body)
    assert "Alfa" not in str(mail.body) + str(mail.alternatives[0][0])


def test_a_mail_that_is_not_taken_is_tried_again_and_none_goes_to_somebody_without_access(
    customers: list[Customer],
    onboarder: User,
    signed_in: SignIn,
    settings: Settings,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:
    export = begin(signed_in(onboarder))
    tasks.make.call(export.number)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.no_such_backend"
    assert tasks.tell.call(export.number) == "not sent"
    settings.EMAIL_BACKEND = working
    assert tasks.tell.call(export.number) == "sent"
    Membership.objects.filter(user=onboarder).delete()
    assert tasks.tell.call(export.number) == "nothing to do"
    assert len(mailoutbox) == 1


def test_of_one_person_the_latest_files_are_kept(
    customers: list[Customer], onboarder: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST_KEPT", 2)
    client = signed_in(onboarder)
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = []
        for query in ("alfa", "beta", "gamma"):
            made.append(begin(client, f"q={query}"))
            tasks.make.call(made[-1].number)
    kept = Export.objects.order_by("pk").exclude(file="")
    assert list(kept) == made[1:]
    assert files() == sorted(kept.values_list("file", flat=True))
