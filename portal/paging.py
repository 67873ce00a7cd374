"""Pages of a list that nobody reads to its end: numbered, without counting what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True)
class NumberedPage:
    rows: Sequence[Any]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        """0 on the first page."""
        return self.number - 1

    @property
    def next(self) -> int:
        """0 on the last page."""
        return self.number + 1 if self.has_next else 0


def page_of(rows: QuerySet[Any], asked: str, size: int) -> NumberedPage:
    """The page that `asked` names; anything but a number is the first page. One query."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 5 else 1
    number = min(max(number, 1), LAST_PAGE)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return NumberedPage(rows=found[:size], number=number, has_next=len(found) > size)
