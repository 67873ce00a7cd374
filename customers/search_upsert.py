"""Writes rows of a search table, whose values are derived and need no instances of their own."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


def upsert(model: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows over those with the same key, in one statement; each holds every column, in the order of `columns`."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    values = [
        field.get_db_prep_save(value, connection) for row in rows for field, value in zip(fields, row, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, len(rows)), values)


def columns(model: type[models.Model]) -> tuple[str, ...]:
    """The attributes of a row, in the order of its columns."""
    return tuple(field.attname for field in model._meta.concrete_fields)


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], count: int) -> str:
    key, *others = (f'"{field.column}"' for field in model._meta.concrete_fields)
    row = f"({', '.join(['%s'] * (len(others) + 1))})"
    written = ", ".join(f"{name} = EXCLUDED.{name}" for name in others)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({", ".join([key, *others])}) VALUES {", ".join([row] * count)}'  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {written}"
    )
