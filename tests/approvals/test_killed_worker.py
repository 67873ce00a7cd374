"""A worker killed in the middle of a question: real processes, a real register that hangs, SIGKILL."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from approvals import vat_rechecks
from customers.models import Partner, VatCheck
from customers.vies import Cause, Outcome
from portal.demo.register import Register
from portal.models import User
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = "BE0999123457"
PATIENCE = 30


class Questions(list[str]):
    """What the register was asked, for somebody who waits for the first."""

    def __init__(self) -> None:
        super().__init__()
        self.came = threading.Event()

    def append(self, number: str) -> None:
        super().append(number)
        self.came.set()


def database_url() -> str:
    """The address of the database of this test, for other processes."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def worker(settings: Settings, vat_register: Register) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`worker("--batch")` starts `manage.py db_worker`, which waits for the register far longer than any test."""
    running: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "LOCAL": "True",
        "DATABASE_URL": database_url(),
        "VIES_URL": settings.VIES_URL,
        "VIES_TIMEOUT": str(PATIENCE),
    }

    def start(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", *options]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    yield start
    vat_register.closing.set()
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def due(partner: Partner, onboarder: User) -> VatCheck:
    """A number that somebody waits for, whose next try is due now."""
    make_request(partner, onboarder, vat_number=NUMBER)
    earlier = timezone.now() - timedelta(minutes=2)
    check = VatCheck.objects.create(
        partner=partner,
        number=NUMBER,
        outcome=Outcome.NO_ANSWER.value,
        cause=Cause.TIMEOUT.value,
        tries=1,
        asked_at=earlier,
        tried_at=earlier,
        silent_since=earlier,
        next_try_at=timezone.now(),
    )
    vat_rechecks.ask_again.enqueue(check.pk)
    return check


def test_a_number_whose_worker_was_killed_is_asked_about_again_once(
    due: VatCheck, vat_register: Register, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    vat_register.asked, vat_register.behaviour.slow = (questions := Questions()), PATIENCE
    asking = worker()
    assert questions.came.wait(PATIENCE)
    asking.kill()
    assert asking.wait() == -9
    due.refresh_from_db()
    assert (due.outcome, due.next_try_at is not None and due.next_try_at > timezone.now()) == ("no_answer", True)

    vat_register.behaviour.slow = 0
    call_command("requeue_vat_checks", verbosity=0)
    assert worker("--batch").wait(PATIENCE) == 0
    assert questions == [NUMBER]

    VatCheck.objects.update(next_try_at=timezone.now() - 2 * vat_rechecks.CLAIM)
    for _time in range(3):
        call_command("requeue_vat_checks", verbosity=0)
    workers = [worker("--batch") for _time in range(2)]
    assert [one.wait(PATIENCE) for one in workers] == [0, 0]
    due.refresh_from_db()
    assert (questions, due.outcome, due.tries, due.next_try_at) == ([NUMBER, NUMBER], Outcome.REGISTERED, 0, None)
