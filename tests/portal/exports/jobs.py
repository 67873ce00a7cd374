"""Exports in the background, as a person makes them."""

from pathlib import Path

import pytest
from django.test import Client

from portal.exports import limits
from portal.models import Export
from portal.models.export import export_storage


def begin(client: Client, address: str = "", file_format: str = "csv") -> Export:
    """Ask for a file on the page that offers it; the export whose page that leads to."""
    answer = client.post(f"/customers/exports/new/{file_format}/?{address}")
    assert answer.status_code == 302, answer.status_code
    return Export.objects.get(number=answer.headers["Location"].split("/")[3])


def page_of(export: Export) -> str:
    return f"/customers/exports/{export.number}/"


def with_patience_for(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Lists of more rows than that are made in the background."""
    monkeypatch.setattr(limits, "WHILE_ONE_WAITS", dict.fromkeys(limits.WHILE_ONE_WAITS, rows))


def files() -> list[str]:
    """What lies in the store."""
    folder = Path(export_storage().path(""))
    return sorted(path.name for path in folder.glob("*")) if folder.exists() else []
