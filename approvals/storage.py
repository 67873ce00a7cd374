"""Where evidence is kept: a private folder, files whole or not there at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """Writes beside the final name, to the disk, then renames: a full disk or a crash leaves no truncated document."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        mode = self.directory_permissions_mode or 0o700
        Path(self.location).mkdir(mode=mode, parents=True, exist_ok=True)
        target.parent.mkdir(mode=mode, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=target.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(unfinished).chmod(self.file_permissions_mode or 0o600)
            os.replace(unfinished, target)
            _sync_directory(target.parent)
        except BaseException:
            for path in (unfinished, target):
                with suppress(OSError):
                    os.unlink(path)
            raise
        return str(name).replace("\\", "/")


def _sync_directory(directory: Path) -> None:
    """The rename itself must survive a power cut."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
