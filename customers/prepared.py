"""Queries put together once and asked with other values each time: every page asks some whose SQL takes longer to write
than to answer."""

from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.transaction import TransactionManagementError

Found = TypeVar("Found")


class Slot(Expression):
    """Stands in a queryset where a value comes in later: `filter(owner=Slot("owner", BigAutoField()))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


class Slots(Expression):
    """So many slots for the values of an `IN`: `filter(owner__in=Slots("owner", BigAutoField(), 3))`."""

    def __init__(self, name: str, output_field: "Field[Any, Any]", count: int) -> None:
        super().__init__(output_field=output_field)
        self.names = [f"{name}_{place}" for place in range(count)]

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        return ", ".join(["%s"] * len(self.names)), tuple(Slot(name, self.output_field) for name in self.names)


class Prepared(Generic[Found]):
    """A queryset with slots. Made where it is first asked, as it needs to know the database, and kept."""

    def __init__(self, queryset: "QuerySet[Any, Found]") -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(connection=connection)
        self._text, self._params = self._compiler.as_sql()

    def ask(self, **values: Any) -> list[Found]:
        """What the queryset finds with these values, a value for each slot. Raises KeyError where one is missing, and
        TransactionManagementError where rows are to be held and no transaction would hold them."""
        if self._queryset.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("Rows are held by a transaction, and there is none.")
        params = tuple(_filled(param, values) for param in self._params)
        compiler = copy(self._compiler)
        compiler.as_sql = lambda *_args, **_kwargs: (self._text, params)
        asked = self._queryset.all()
        asked.query.get_compiler = lambda *_args, **_kwargs: compiler  # type: ignore[method-assign]
        return list(asked)


def _filled(param: Any, values: dict[str, Any]) -> Any:
    if not isinstance(param, Slot):
        return param
    return param.output_field.get_db_prep_value(values[param.name], connection)
