"""Serve the portal with demo data until Ctrl-C: the web server, the task worker, and a VAT register to ask."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATABASE = ROOT / "db.sqlite3"
MEDIA = ROOT / "var" / "media"
MAIL = ROOT / "var" / "mail"

# Set here and not taken from the environment: accounts with a published password must never end up in a
# database that somebody's shell happens to point at, nor letters about invented companies in real mailboxes.
ENVIRONMENT = os.environ | {
    "DEBUG": "False",  # Whoever takes a wrong turn sees the error pages of the portal.
    "LOCAL": "True",
    "SECURE_SSL_REDIRECT": "False",
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "DATABASE_URL": f"sqlite:///{DATABASE}",
    "MEDIA_ROOT": str(MEDIA),
    "EMAIL_URL": f"filemail:///{MAIL}",
    "PYTHONUNBUFFERED": "1",
    "DJANGO_RUNSERVER_HIDE_WARNING": "true",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--start-over", action="store_true", help="with fresh demo data")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))

    register_port = free_port()
    ENVIRONMENT["SITE_URL"] = f"http://127.0.0.1:{arguments.port}"
    ENVIRONMENT["VIES_URL"] = f"http://127.0.0.1:{register_port}"
    if in_use(arguments.port):
        print(f"Port {arguments.port} is in use. Choose another: make demo PORT={arguments.port + 1}")
        return 1
    if arguments.start_over:
        remove_data()
    try:
        for preparation in (["migrate", "--verbosity", "0"], ["seed_demo", "--skip-checks"]):
            if code := manage(*preparation).wait():
                return code
        return serve(arguments.port, register_port)
    except KeyboardInterrupt:
        return 0


def in_use(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def remove_data() -> None:
    for suffix in ("", "-shm", "-wal"):
        Path(f"{DATABASE}{suffix}").unlink(missing_ok=True)
    shutil.rmtree(MEDIA, ignore_errors=True)


def serve(port: int, register_port: int) -> int:
    """Keep all processes up; when one ends, so do the others. Returns the exit code."""
    processes = [
        manage("vies_standin", "--port", str(register_port)),
        manage("db_worker", "--skip-checks", "--no-reload", "--queue-name", "*"),
        manage("runserver", "--skip-checks", "--noreload", f"127.0.0.1:{port}"),
    ]
    try:
        while not any(ended := [process.poll() is not None for process in processes]):
            time.sleep(0.2)
        return processes[ended.index(True)].returncode
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def manage(*command: str) -> subprocess.Popen[bytes]:
    # A session of its own keeps Ctrl-C from reaching the process twice.
    return subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=ENVIRONMENT, start_new_session=True)


if __name__ == "__main__":
    sys.exit(main())
