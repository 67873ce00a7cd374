"""What is on record stays as it was written: no code of ours, no admin and no statement changes or deletes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from contacts.models import Acceptance
from customers.history import record, told_of
from customers.models import Customer, Event, Partner
from customers.querysets import AppendOnly
from portal.models import User
from tests import builders
from tests.request_builders import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(approver: User, partner: Partner) -> Event:
    return record(actor=approver, action="partner.changed", partner=partner, name="Brightcloud")


@pytest.fixture
def acceptance(approver: User, customer: Customer) -> Acceptance:
    return Acceptance.objects.create(
        customer=customer,
        first_name="Els",
        last_name="Janssens",
        email="els@atelier-janssens.example",
        accepted_on="2026-03-02",
        recorded_by=approver,
    )


def values(row: models.Model) -> dict[str, Any]:
    return type(row)._base_manager.values().get(pk=row.pk)


TAMPERING: dict[str, Callable[[Any], Any]] = {
    "saving it": lambda row: row.save(),
    "deleting it": lambda row: row.delete(),
    "updating": lambda row: type(row).objects.filter(pk=row.pk).update(pk=row.pk),
    "updating many": lambda row: type(row).objects.bulk_update([row], ["id"]),
    "updating or creating": lambda row: type(row).objects.update_or_create(pk=row.pk),
    "deleting many": lambda row: type(row).objects.filter(pk=row.pk).delete(),
}


@pytest.mark.parametrize("kind", ["event", "acceptance"])
@pytest.mark.parametrize("how", TAMPERING)
def test_the_models_refuse_to_change_what_is_written(kind: str, how: str, request: pytest.FixtureRequest) -> None:
    row = request.getfixturevalue(kind)
    before = values(row)

    with pytest.raises(AppendOnly):
        TAMPERING[how](row)

    assert values(row) == before


STATEMENTS = {
    "event": ["at = '2020-01-01'", "actor_name = 'Nobody'", "facts = '{}'", "action = 'x'", "id = 9"],
    "acceptance": ["accepted_on = '2020-01-01'", "last_name = 'Nobody'", "recorded_at = '2020-01-01'", "id = 9"],
}


@pytest.mark.parametrize(("kind", "change"), [(kind, one) for kind, many in STATEMENTS.items() for one in many])
def test_the_database_refuses_every_statement_that_would_change_it(
    kind: str, change: str, request: pytest.FixtureRequest
) -> None:
    row = request.getfixturevalue(kind)
    before = values(row)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET {change}')  # noqa: S608

    assert values(row) == before


@pytest.mark.parametrize("kind", ["event", "acceptance"])
def test_the_database_refuses_to_delete_it(kind: str, request: pytest.FixtureRequest) -> None:
    row = request.getfixturevalue(kind)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}"')  # noqa: S608

    assert values(row)["id"] == row.pk


def test_nobody_else_is_put_in_the_place_of_who_acted(event: Event, approver: User) -> None:
    other = builders.make_user()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{Event._meta.db_table}" SET actor_id = %s', [other.pk])  # noqa: S608

    assert Event.objects.get().actor == approver


def test_deleting_an_account_leaves_its_name_on_what_it_did(event: Event, approver: User) -> None:
    before = values(event)

    approver.delete()

    assert values(event) == before | {"actor_id": None}
    assert Event.objects.get().actor_name == "Sofie Dhondt"


def test_what_is_on_record_keeps_its_organisation(event: Event, partner: Partner) -> None:
    with pytest.raises(models.ProtectedError):
        partner.delete()


def test_only_the_demonstration_dates_what_it_tells(approver: User, partner: Partner) -> None:
    moment = days_ago(40)

    with told_of(moment):
        told = record(actor=approver, action="partner.changed", partner=partner)
    now = record(actor=approver, action="partner.changed", partner=partner)

    assert told.at == moment
    assert now.at > days_ago(1)
