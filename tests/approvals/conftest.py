import shutil
from pathlib import Path

import pytest
from django.core.files.storage import storages


@pytest.fixture
def store() -> Path:
    """The folder of the evidence, empty."""
    folder = Path(storages["evidence"].path(""))
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def files_in(store: Path) -> list[str]:
    """The names of everything in it."""
    return sorted(path.relative_to(store).as_posix() for path in store.glob("**/*") if path.is_file())
