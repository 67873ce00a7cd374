from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from customers.models import Customer, Partner
from portal.exports import tasks
from tests import builders


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    stores = {name: dict(store) for name, store in settings.STORAGES.items()}
    stores["exports"]["OPTIONS"] = stores["exports"]["OPTIONS"] | {"location": str(tmp_path / "exports")}
    settings.STORAGES = stores


@pytest.fixture(autouse=True)
def _nothing_is_told_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test within a transaction of its own cannot be written to by another connection, however slow the machine."""
    monkeypatch.setattr(tasks, "TELLING", timedelta(hours=1))


@pytest.fixture
def customers(partner: Partner, other_partner: Partner) -> list[Customer]:
    builders.make_customer(other_partner, name="Of somebody else")
    return [builders.make_customer(partner, name=name) for name in ("Alfa", "Beta", "Gamma")]
