"""A mail server that is down, a worker killed before its mail left, a database connection cut in the middle of a verb:
what was decided or said stands or does not, the history says which, and each mail leaves once when things are back."""

import logging
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django.utils import timezone
from pytest_django import Settings

from approvals import tasks
from approvals.conversations import conversation
from approvals.decisions import decide
from approvals.models import (
    Decision,
    FirstApproval,
    Mailing,
    MailOutcome,
    Message,
    Notification,
    NotificationChoice,
    NotificationKind,
    RegistrationRequest,
)
from approvals.workflow import Move, State
from customers.models import Customer, CustomerStatus, Event, Partner
from portal.models import User
from tests.approvals.test_killed_worker import database_url
from tests.postgres import free_port
from tests.request_builders import make_request
from tests.smtp import MailServer, mail_server
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db(transaction=True)

LIABILITY = "We have no such agreement. Brightcloud accepts all legal liability for this customer."
PATIENCE = 30
WRITES = ("INSERT", "UPDATE", "DELETE")
RESELLER, SECOND = "reseller@brightcloud.example", "approver2@arxus.example"
# What is done: the action on record, and who gets a mail of it.
ACTS = {
    "approval": ("request.approved", [RESELLER]),
    "changes": ("request.changes_requested", [RESELLER]),
    "rejection": ("request.rejected", [RESELLER]),
    "first approval": ("request.approved_first", [SECOND]),
    "message": ("message.sent", [RESELLER]),
}


@pytest.fixture(params=ACTS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def waiting(kind: str, partner: Partner, onboarder: User, second_approver: User) -> RegistrationRequest:
    choice = {"kind": NotificationKind.SECOND_APPROVAL, "by_mail": True}
    NotificationChoice.objects.create(user=second_approver, **choice)
    return make_request(partner, onboarder, **({"liability": LIABILITY} if kind == "first approval" else {}))


@pytest.fixture
def act(kind: str, waiting: RegistrationRequest, approver: User) -> Callable[[], Any]:
    """Do it, once, in the name of the first approver."""
    token = uuid.uuid4()
    moves = {"changes": Move.ASK_FOR_CHANGES, "rejection": Move.REJECT}

    def act() -> Any:
        request = RegistrationRequest.objects.get(pk=waiting.pk)
        if kind == "message":
            return conversation.write(actor=approver, request=request, body="Which Ines is it?", token=token)
        reason = "Which Ines is it?" if kind in moves else ""
        return decide(actor=approver, request=request, move=moves.get(kind, Move.APPROVE), version=1, reason=reason)

    return act


def on_record(request: RegistrationRequest) -> list[str]:
    events = Event.objects.filter(reference=request.reference).order_by("pk")
    actions = list(events.values_list("action", flat=True))[2:]
    return [action for action in actions if action != "contact.to_be_invited"]


def done(kind: str) -> list[str]:
    """What the history says after the act: deciding takes the request first."""
    return [*([] if kind == "message" else ["request.taken"]), ACTS[kind][0]]


def letters_of(kind: str) -> list[tuple[str, str]]:
    """What the mail server has to get, once."""
    host = Mailing.objects.values_list("recipient__email", "key")
    assert sorted(reader for reader, _key in host) == ACTS[kind][1]
    return sorted((reader, f"<{key}@127.0.0.1>") for reader, key in host)


def test_while_the_mail_server_is_down_it_stands_and_the_mail_leaves_afterwards(
    kind: str,
    waiting: RegistrationRequest,
    act: Callable[[], Any],
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.CRITICAL)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    act()
    for _time in range(2):
        run_queued_tasks()
    assert on_record(waiting) == done(kind)
    assert set(Mailing.objects.values_list("outcome", "tries")) == {(MailOutcome.WAITING, 1)}

    with mail_server(settings.EMAIL_PORT) as server, time_machine.travel(timezone.now() + timedelta(hours=1)):
        for _time in range(3):
            tasks.requeue_lost()
            run_queued_tasks()
        assert server.taken == letters_of(kind)
    assert set(Mailing.objects.values_list("outcome", "tries")) == {(MailOutcome.SENT, 2)}
    assert on_record(waiting) == done(kind)


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def worker(post: MailServer) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """`worker("--batch")` starts `manage.py db_worker`, whose mails go to the mail server of the test."""
    running: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "LOCAL": "True",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{post.port}",
    }

    def start(*options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", *options]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.parametrize("kind", ["approval", "first approval", "message"], indirect=True)
def test_a_worker_killed_between_the_commit_and_the_mail_loses_nothing_and_sends_nothing_twice(
    kind: str,
    waiting: RegistrationRequest,
    act: Callable[[], Any],
    post: MailServer,
    worker: Callable[..., subprocess.Popen[bytes]],
) -> None:
    act()
    post.is_silent = True
    sending = worker()
    assert post.came.wait(PATIENCE)
    sending.kill()
    assert sending.wait() == -9
    post.is_silent = False
    assert (on_record(waiting), post.taken) == (done(kind), [])

    call_command("requeue_mail", verbosity=0)
    assert worker("--batch").wait(PATIENCE) == 0
    assert post.taken == []  # The one that was killed might still have it.

    Mailing.objects.update(next_try_at=timezone.now() - 2 * tasks.CLAIM)
    for _time in range(3):
        call_command("requeue_mail", verbosity=0)
    workers = [worker("--batch") for _time in range(2)]
    assert [one.wait(PATIENCE) for one in workers] == [0, 0]
    assert post.taken == letters_of(kind)
    assert set(Mailing.objects.values_list("outcome", flat=True)) == {MailOutcome.SENT}
    assert on_record(waiting) == done(kind)


def cut() -> None:
    """The database ends the connection of this thread, as when its server restarts; of SQLite, the disk fails."""
    if connection.vendor == "sqlite":
        raise OperationalError("disk I/O error")
    with psycopg.connect(database_url()) as other:
        pid = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])


@contextmanager
def cut_after(writes: int) -> Iterator[list[str]]:
    """Cut the connection after so many statements that write; yields those that were made."""
    made: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(WRITES):
            made.append(sql)
            if len(made) == writes:
                cut()
        return result

    with connection.execute_wrapper(watch):
        yield made


def rows() -> dict[str, Any]:
    tables = (RegistrationRequest, Customer, Decision, FirstApproval, Message, Event, Notification, Mailing)
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}


def test_a_connection_cut_after_any_statement_leaves_all_of_it_or_nothing(
    kind: str, waiting: RegistrationRequest, act: Callable[[], Any], settings: Settings, post: MailServer
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    before = rows()
    for writes in range(1, 60):
        with cut_after(writes) as made:
            try:
                act()
            except (DatabaseError, InterfaceError):
                pass
            else:
                break
        # As the next request of whoever pressed does: with a new connection.
        connection.close()
        assert rows() == before, made[-1]
    assert writes > 5
    assert on_record(waiting) == done(kind)

    if kind != "message":
        assert act_again(act) in {"WrongState", "SecondApproverNeeded"}
    run_queued_tasks()
    assert post.taken == letters_of(kind)
    waiting.refresh_from_db()
    stands = {"approval": State.APPROVED, "changes": State.CHANGES_REQUESTED, "rejection": State.REJECTED}
    assert waiting.state == stands.get(kind, State.SUBMITTED)
    assert Customer.objects.filter(status=CustomerStatus.ACTIVE).exists() is (kind == "approval")


def act_again(act: Callable[[], Any]) -> str:
    try:
        act()
    except Exception as refused:
        return type(refused).__name__
    return "done"


@pytest.mark.parametrize("kind", ["approval", "first approval", "message"], indirect=True)
def test_a_connection_cut_right_after_the_commit_still_sends_its_mail(
    kind: str, waiting: RegistrationRequest, act: Callable[[], Any], settings: Settings, post: MailServer
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port

    def press() -> None:
        act()
        with suppress(OperationalError):
            cut()
        connections.close_all()

    thread = threading.Thread(target=press)
    thread.start()
    thread.join()
    assert on_record(waiting) == done(kind)
    run_queued_tasks()
    assert post.taken == letters_of(kind)
