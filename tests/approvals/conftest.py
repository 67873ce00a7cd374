import shutil
from pathlib import Path

import pytest
from django.core.files.storage import storages

from portal.models import User
from tests.approvals.told import PERSONAS
from tests.request_builders import approver_of_tests


@pytest.fixture
def store() -> Path:
    """The folder of the evidence, empty."""
    folder = Path(storages["evidence"].path(""))
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def files_in(store: Path) -> list[str]:
    """The names of everything in it."""
    return sorted(path.relative_to(store).as_posix() for path in store.glob("**/*") if path.is_file())


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """The personas, and the approver whom the builders of requests bring along."""
    return {name: request.getfixturevalue(name) for name in PERSONAS} | {"third_approver": approver_of_tests()}
