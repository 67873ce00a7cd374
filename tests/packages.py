"""What the suite needs beyond Python packages, and how it gets there."""

import os
import shutil
import subprocess


class Missing(Exception):
    """A needed system package is not there; the message says how to get it."""


def install(*packages: str) -> None:
    """Install Debian packages where that is allowed; raise `Missing` otherwise."""
    command = ["apt-get", "install", "--yes", *packages]
    advice = f"Install it and run again:  sudo {' '.join(command)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(advice)
    print(f"Installing {' '.join(packages)} ...", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=quiet, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"{' '.join(step)} failed:\n{done.stderr.strip()}\n{advice}")
