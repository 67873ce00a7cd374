"""Pytest plugin: whatever still holds a session of the test database at the end is told and ended.

A worker that a test kills in the middle of a statement, or a browser that closes in the middle of a page, leaves one
behind for a while, and PostgreSQL drops no database that somebody uses.
"""

import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

END_THE_OTHERS = """
SELECT pg_terminate_backend(pid), state, left(query, 200)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


@pytest.fixture(scope="session", autouse=True)
def _no_session_is_left(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    request.getfixturevalue("django_db_setup")
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(END_THE_OTHERS)
        for _ended, state, query in cursor.fetchall():
            print(f"A session was left behind, {state}: {query}", file=sys.__stderr__)
