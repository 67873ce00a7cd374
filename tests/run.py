"""The whole suite: every test on PostgreSQL, those that touch the database on SQLite too.

Arguments go to pytest: `python -m tests.run -k wizard`.
"""

import os
import signal
import subprocess
import sys
import tempfile

from tests import chromium, packages, postgres

NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(1))
    try:
        chromium.ensure()
        with tempfile.TemporaryDirectory(prefix="portal-compiled-", ignore_cleanup_errors=True) as compiled:
            with postgres.server() as url:
                on_postgres = run("Every test, on PostgreSQL", arguments, compiled, DATABASE_URL=url)
            selected = ["-m", "database and not browser", *arguments]
            on_sqlite = run("Tests that touch the database, on SQLite", selected, compiled)
    except packages.Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    if arguments and on_sqlite == NOTHING_COLLECTED:
        # A selection of tests may well hold none that touches the database.
        on_sqlite = 0
    return 1 if on_postgres or on_sqlite else 0


def run(title: str, arguments: list[str], compiled: str, **variables: str) -> int:
    print(f"\n{title}\n", flush=True)
    environment = {name: os.environ[name] for name in os.environ if name != "DATABASE_URL"} | variables
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Every process would compile whatever it imports, all the tests among it: what is kept is gone after the run.
        environment["PYTHONPYCACHEPREFIX"] = compiled
    command = [sys.executable, "-m", "pytest", "--numprocesses=2", "--dist=worksteal", *arguments]
    # One place for everything temporary, so that nothing stays behind however the run ends.
    with tempfile.TemporaryDirectory(prefix="portal-run-", ignore_cleanup_errors=True) as folder:
        pytest = subprocess.Popen(command, env=environment | {"TMPDIR": folder})
        try:
            return pytest.wait()
        except BaseException as interruption:
            # Ctrl-C has reached pytest as well; any other end is ours to pass on.
            if not isinstance(interruption, KeyboardInterrupt):
                pytest.terminate()
            pytest.wait()
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
