"""A query that is put together once finds each time what it is asked for then."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import BigAutoField, CharField, Count, DateTimeField

from customers.models import Customer, Partner
from customers.prepared import Prepared, Slot, Slots
from tests import builders

APPROVED = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def of_partner(db: None) -> Prepared[Customer]:
    customers = Customer.objects.filter(partner=Slot("partner", BigAutoField())).order_by("name")
    return Prepared(customers.select_related("partner").annotate(roles=Count("assignments")))


def test_each_time_it_finds_what_it_is_asked_for_then(
    of_partner: Prepared[Customer], partner: Partner, other_partner: Partner
) -> None:
    first = builders.make_customer(partner, name="Anker")

    assert of_partner.ask(partner=partner.pk) == [first]
    assert of_partner.ask(partner=other_partner.pk) == []

    second, other = builders.make_customer(partner, name="Brug"), builders.make_customer(other_partner, name="Cool")
    assert of_partner.ask(partner=partner.pk) == [first, second]
    assert of_partner.ask(partner=other_partner.pk) == [other]


def test_rows_come_with_all_that_the_queryset_brings_along(
    of_partner: Prepared[Customer], partner: Partner, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    builders.make_customer(partner)

    with django_assert_num_queries(1):  # type: ignore[operator]
        (customer,) = of_partner.ask(partner=partner.pk)
        assert (customer.partner.name, customer.roles) == (partner.name, 0)


def test_plain_values_are_found_by_moments_and_texts(partner: Partner) -> None:
    builders.make_customer(partner, name="Anker", approved_at=APPROVED)
    since = Slot("since", DateTimeField())
    names = Prepared(
        Customer.objects.filter(approved_at__gt=since, name=Slot("name", CharField())).values_list("name", flat=True)
    )

    assert names.ask(since=APPROVED - timedelta(seconds=1), name="Anker") == ["Anker"]
    assert names.ask(since=APPROVED, name="Anker") == []
    assert names.ask(since=APPROVED - timedelta(seconds=1), name="Brug' OR 1=1 --") == []


def test_a_value_that_was_forgotten_is_an_error(of_partner: Prepared[Customer]) -> None:
    with pytest.raises(KeyError, match="partner"):
        of_partner.ask()


@pytest.mark.django_db(transaction=True)
def test_rows_are_held_in_a_transaction_or_not_at_all() -> None:
    with transaction.atomic():
        held = Prepared(Partner.objects.select_for_update().filter(pk=Slot("key", BigAutoField())))

        assert held.ask(key=0) == []

    with pytest.raises(transaction.TransactionManagementError):
        held.ask(key=0)


def test_several_values_stand_beside_each_other(partner: Partner) -> None:
    slots = Slots("key", BigAutoField(), 2)
    ours = [builders.make_customer(partner, name=name) for name in ("Anker", "Brug", "Cool")]
    some = Prepared(Customer.objects.filter(pk__in=slots).order_by("name"))

    def asked(*customers: Customer) -> list[Customer]:
        return some.ask(**dict(zip(slots.names, (one.pk for one in customers), strict=True)))

    assert asked(ours[0], ours[1]) == [ours[0], ours[1]]
    assert asked(ours[2], ours[0]) == [ours[0], ours[2]]
    assert asked(ours[1], ours[1]) == [ours[1]]
