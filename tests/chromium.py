"""The browser the tests drive: the system's own Chromium."""

import os
import shutil

from tests import packages

# Without these it looks up its maker's hosts at every start; as root it has no sandbox.
OPTIONS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def executable() -> str | None:
    """The path of Chromium (or Chrome), None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def ensure() -> None:
    """Install Chromium where it is missing; raise `packages.Missing` where that fails."""
    if executable() is None:
        try:
            packages.install("chromium")
        except packages.Missing as missing:
            raise packages.Missing(f"The browser tests need Chromium. {missing}") from None
