"""Workers that are told to stop, that die in the middle, and people who press at the same moment."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.utils import timezone
from pytest_django import Settings

from customers.models import Event, Partner
from portal.directory.listing import Listing
from portal.exports import jobs, sweeping, tasks
from portal.exports.refusals import TooManyAtOnce, TooManyExports
from portal.exports.rows import Piece
from portal.models import Export, ExportState, User
from tests import builders
from tests.approvals.test_killed_worker import database_url
from tests.approvals.test_parallel import at_once, kinds
from tests.portal.exports.jobs import files
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listing(partner: Partner, onboarder: User) -> Listing:
    builders.make_customer(partner)
    return listed(onboarder, "")


def listed(user: User, query: str) -> Listing:
    return Listing.read(user, QueryDict(query))


def test_a_worker_tells_how_far_it_is_and_stops_when_the_export_is_cancelled(
    listing: Listing, onboarder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def slowly(*_args: object, **_options: object) -> Iterator[Piece]:
        for _time in range(50):
            yield Piece(b"row\r\n", 10)
            seen.append(Export.objects.get().written)
            if len(seen) == 3:
                jobs.cancel(actor=onboarder, export=Export.objects.get())

    monkeypatch.setattr(tasks, "TELLING", timedelta(0))
    monkeypatch.setattr(tasks, "pieces_of", slowly)
    export = jobs.ask(actor=onboarder, listing=listing, file_format="csv")
    assert tasks.make.call(export.number) == "stopped"
    assert seen == [10, 20, 30]
    export.refresh_from_db()
    assert (export.state, export.file, files()) == (ExportState.CANCELLED, "", [])
    actions = Event.objects.filter(reference=export.number).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["export.asked", "export.cancelled"]


def test_twenty_at_once_count_like_twenty_one_after_another(
    listing: Listing, onboarder: User, settings: Settings
) -> None:
    settings.EXPORTS_PER_HOUR = 4
    take = partial(jobs.take, actor=onboarder, listing=listing, file_format="csv", rows=1)
    assert kinds(at_once(*[take] * 8)) == {"Event": 4, TooManyExports.__name__: 4}


def test_files_asked_for_at_once_are_as_many_as_may_be_under_way(listing: Listing, onboarder: User) -> None:
    listings = [listing, *(listed(onboarder, f"q={text}") for text in ("alfa", "beta", "gamma"))]
    asks = [partial(jobs.ask, actor=onboarder, listing=one, file_format="csv") for one in listings]
    assert kinds(at_once(*asks)) == {"Export": 2, TooManyAtOnce.__name__: 2}


IN_THE_MIDDLE = """
import sys
import django
django.setup()
from portal.exports import tasks
from portal.exports.rows import Piece

def hanging(*_args, **_options):
    yield Piece(b"half a file", 1)
    print("writing", flush=True)
    sys.stdin.read()

tasks.pieces_of = hanging
tasks.make.call(sys.argv[1])
"""
"""A worker that has written half of a file."""


def test_a_worker_killed_in_the_middle_leaves_an_export_that_another_makes_once(
    listing: Listing, onboarder: User, settings: Settings, mailoutbox: list[object]
) -> None:
    export = jobs.ask(actor=onboarder, listing=listing, file_format="csv")
    store = Path(settings.STORAGES["exports"]["OPTIONS"]["location"])
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "LOCAL": "True",
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(store.parent),
        "PYTHONPATH": str(Path.cwd()),
    }
    command = [sys.executable, "-c", IN_THE_MIDDLE, export.number]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.kill()
        assert process.wait() == -9
    left = files()
    assert [Path(name).suffix for name in left] == [".part"]

    call_command("requeue_exports", verbosity=0)
    run_queued_tasks()
    export.refresh_from_db()
    assert (export.state, export.is_interrupted) == (ExportState.RUNNING, False)

    Export.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    for _time in range(2):
        call_command("requeue_exports", verbosity=0)
    run_queued_tasks()
    export.refresh_from_db()
    assert (export.state, export.tries, export.written) == (ExportState.READY, 2, 1)
    assert Event.objects.filter(action="export.made", reference=export.number).count() == 1

    an_hour_ago = time.time() - 2 * sweeping.GRACE.total_seconds()
    os.utime(store / left[0], (an_hour_ago, an_hour_ago))
    call_command("sweep_exports", verbosity=0)
    assert files() == [export.file]
