"""Runs the portal as docs/production.md says, and beside it what it is compared with."""

import os
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
# As in docs/production.md, but for the address, and without the socket that gunicorn puts into one's home.
GUNICORN = (
    "--no-control-socket",
    *("--workers", "2", "--worker-class", "gthread", "--threads", "8"),
    *("--timeout", "30", "--max-requests", "5000", "--max-requests-jitter", "500"),
)
HOST = "portal.example"
PRODUCT = "portal.settings"
BESIDE = "tools.bench.beside.settings"
PEERS = "tools.bench.peers.settings"
GATHERING = "tools.bench.gathering"


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What every process of the portal shares: its environment, as a server sets it."""

    scratch: Path
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))

    def environment(self, database: str, settings: str = PRODUCT) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": settings,
            "SECRET_KEY": self.secret_key,
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1",
            "SITE_URL": f"https://{HOST}",
            "DATABASE_URL": database,
            "CACHE_URL": "dbcache://portal_cache",
            "MEDIA_ROOT": str(self.scratch / "media"),
            "STATIC_ROOT": str(self.scratch / "static"),
            "BEHIND_PROXY": "1",
            # One person of the run searches more often than anybody types.
            "SEARCHES_PER_MINUTE": "1000000",
        }

    def manage(self, database: str, *command: str, settings: str = PRODUCT) -> None:
        """Raises CalledProcessError, and shows what the command said, where it fails."""
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment(database, settings),
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def inside(self, script: str, database: str, *arguments: str, told: Mapping[str, str] | None = None) -> str:
        """What a script of `tools.bench.inside`, run in a process of the portal, prints."""
        done = subprocess.run(
            [sys.executable, "-m", f"tools.bench.inside.{script}", *arguments],
            cwd=ROOT,
            env=self.environment(database) | dict(told or {}),
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    @contextmanager
    def server(self, database: str, settings: str = PRODUCT) -> Iterator[str]:
        """Serve until the end of the block; yields the address. Raises RuntimeError where it does not start."""
        address = f"127.0.0.1:{free_port()}"
        log = self.scratch / f"gunicorn-{address.rpartition(':')[2]}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", address, *GUNICORN],
                cwd=ROOT,
                env=self.environment(database, settings),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            try:
                _wait_for(f"http://{address}/healthz/live", process, log)
                yield address
            finally:
                # With its workers, at once: nobody waits for an answer any more.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(url, headers={"Host": HOST})  # noqa: S310
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(request)  # noqa: S310
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
