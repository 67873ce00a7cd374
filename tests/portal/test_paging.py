"""Numbered pages without a count."""

import pytest

from customers.models import Industry
from portal.paging import LAST_PAGE, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("1", 1),
        ("2", 2),
        ("0", 1),
        ("-3", 1),
        ("", 1),
        ("two", 1),
        ("²", 1),
        ("٣", 1),
        ("99999", LAST_PAGE),
        ("9" * 40, 1),
    ],
)
def test_a_page_is_a_number_and_anything_else_the_first(asked: str, number: int) -> None:
    assert page_of(Industry.objects.all(), asked, 5).number == number


def test_pages_follow_each_other() -> None:
    industries = Industry.objects.order_by("pk")
    size = industries.count() - 1

    first, second = page_of(industries, "1", size), page_of(industries, "2", size)

    assert [*first.rows, *second.rows] == list(industries)
    assert (first.previous, first.next, second.previous, second.next) == (0, 2, 1, 0)
