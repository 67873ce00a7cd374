"""SQL put together from parts: the conditions are Django's own, and whatever was typed is a parameter."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, cast

from django.core.exceptions import FullResultSet
from django.db import connection
from django.db.models import Field, Q

from customers.models import CustomerSearch

TABLE = f'"{CustomerSearch._meta.db_table}"'


class JoinedCondition(ValueError):
    """A filter reaches into another table by a join; it must be a column of the search row or a subquery."""


@dataclass(frozen=True)
class Sql:
    text: str
    params: tuple[Any, ...] = ()


ALWAYS = Sql("1 = 1")


def composed(template: str, **parts: Sql | str | int) -> Sql:
    """The template with its parts in their places, and their parameters in the same order."""
    text: list[str] = []
    params: list[Any] = []
    for literal, name in _parsed(template):
        text.append(literal)
        if name is None:
            continue
        part = parts[name]
        if isinstance(part, Sql):
            text.append(part.text)
            params += part.params
        else:
            text.append(str(part))
    return Sql("".join(text), tuple(params))


def joined(separator: str, parts: Iterable[Sql]) -> Sql:
    """The parts one behind the other, and their parameters in the same order."""
    parts = list(parts)
    return Sql(separator.join(part.text for part in parts), tuple(one for part in parts for one in part.params))


def written(column: str, value: Any) -> Sql:
    """What a column of the search row is compared with: a value, or what stands in SQL already."""
    if isinstance(value, Sql):
        return value
    field = cast(Field, CustomerSearch._meta.get_field(column))
    return Sql("%s", (field.get_db_prep_value(value, connection),))


@cache
def _parsed(template: str) -> list[tuple[str, str | None]]:
    return [(literal, name) for literal, name, *_ in Formatter().parse(template)]


def condition(wanted: Q) -> Sql:
    """A condition on search rows in SQL. Raises EmptyResultSet where it can never hold, and JoinedCondition."""
    query = CustomerSearch.objects.filter(wanted).query
    if sum(map(bool, query.alias_refcount.values())) > 1:
        raise JoinedCondition(str(wanted))
    try:
        text, params = query.get_compiler(connection=connection).compile(query.where)
    except FullResultSet:
        return ALWAYS
    return Sql(text, tuple(params))
