"""The two questions of whoever watches over the portal."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def unreachable(*_args: Any, **_kwargs: Any) -> None:
    raise OperationalError("connection refused")


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_it_answers_without_signing_in(address: str, db: None) -> None:
    response = Client().get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


def test_living_needs_no_database(django_assert_num_queries: Callable[..., Any], db: None) -> None:
    with django_assert_num_queries(0):
        assert Client().get("/healthz/live").status_code == 200


def test_without_a_database_it_is_not_ready_and_says_no_more(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as gone:
        gone.setattr(connection, "cursor", unreachable)
        gone.setattr(connection, "ensure_connection", unreachable)
        ready, live = Client().get("/healthz/ready"), Client().get("/healthz/live")

    assert (ready.status_code, ready.content) == (503, b"not ready\n")
    assert live.status_code == 200


def test_with_a_migration_to_apply_it_is_not_ready(db: None) -> None:
    (latest,) = MigrationLoader(connection).graph.leaf_nodes("portal")
    MigrationRecorder(connection).record_unapplied(*latest)

    assert Client().get("/healthz/ready").status_code == 503


@pytest.mark.parametrize("address", ["/healthz/live", "/healthz/ready"])
def test_it_is_only_asked(address: str, db: None) -> None:
    assert Client().post(address).status_code == 405
