"""The PostgreSQL server of a run, with the settings a server of this size has."""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres import find_programs, free_port, without_root

SETTINGS = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
"""Everything else as PostgreSQL has it from the start: also durable commits (`fsync`)."""
AS_THE_PORTAL = "-c work_mem=32MB"
"""What the portal asks for on its connections; without it the same statements would take longer on ours."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    port: int
    password: str

    def url(self, database: str) -> str:
        return f"postgres://portal:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[Any]":
        return psycopg.connect(self.url(database), autocommit=True, prepare_threshold=None, options=AS_THE_PORTAL)

    def databases(self) -> set[str]:
        with self.connect() as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def create(self, database: str, template: str = "template1") -> None:
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')

    def drop(self, database: str) -> None:
        with self.connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def version(self) -> str:
        with self.connect() as connection:
            return str(connection.info.parameter_status("server_version")).split(" ")[0]


@contextmanager
def running(data: Path | None) -> Iterator[Cluster]:
    """Run a server on a free port; its data go with it, unless a folder is named that keeps them for the next run."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-postgres-") as folder:
        home = Path(folder)
        programs = find_programs()
        as_owner: dict[str, Any] = {}
        if os.geteuid() == 0:
            programs, as_owner = without_root(programs, home)
        kept = (data or home) / "cluster"
        server = _Server(programs=programs, home=home, data=kept, as_owner=as_owner)
        password = server.make()
        port = free_port()
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        try:
            options = f"-c listen_addresses=127.0.0.1 -p {port} -k {home} {settings}"
            server.run("pg_ctl", "start", "--wait", "--timeout=120", "-o", options)
            yield Cluster(port=port, password=password)
        finally:
            if (kept / "postmaster.pid").exists():
                server.run("pg_ctl", "stop", "--mode=fast" if data else "--mode=immediate")


@dataclass(frozen=True, kw_only=True)
class _Server:
    programs: Path
    home: Path
    data: Path
    as_owner: dict[str, Any]

    def make(self) -> str:
        """Make the cluster where there is none yet; return the password of its owner."""
        password_file = self.data.parent / "password"
        if (self.data / "PG_VERSION").exists():
            return password_file.read_text()
        self.data.parent.mkdir(parents=True, exist_ok=True)
        if self.as_owner:
            os.chown(self.data.parent, self.as_owner["user"], self.as_owner["group"])
        password_file.write_text(secrets.token_hex())
        self.run(
            "initdb",
            *("--username=portal", f"--pwfile={password_file}", "--auth=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
        )
        return password_file.read_text()

    def run(self, program: str, *arguments: str) -> None:
        """Raises RuntimeError with the server's log where it fails."""
        log = self.home / "log"
        # A file, because the server would keep a pipe open for as long as it lives.
        with log.open("ab") as output:
            done = subprocess.run(
                [self.programs / program, "-D", self.data, *arguments],
                **self.as_owner,
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{log.read_text()}")
