"""Prints by how much this process grew at most while it wrote a CSV of every customer of a person: Linux only."""

import json
import re
import sys
from pathlib import Path

import django

django.setup()

from django.http import QueryDict  # noqa: E402

from portal.directory.listing import Listing  # noqa: E402
from portal.exports import csv_file  # noqa: E402
from portal.exports.rows import table_of  # noqa: E402
from portal.models import User  # noqa: E402

RESET_PEAK = "5"


def memory(name: str) -> int:
    """In bytes: `VmRSS` now, or `VmHWM`, the most there was since the peak was reset."""
    found = re.search(rf"^{name}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024


def main(email: str) -> None:
    user = User.objects.get(email=email)
    table = table_of(Listing.read(user, QueryDict("")), user)
    Path("/proc/self/clear_refs").write_text(RESET_PEAK)
    before = memory("VmRSS")
    rows = written = 0
    for piece in csv_file.pieces(table, seconds=600):
        rows += piece.rows
        written += len(piece.content)
    print(json.dumps({"rows": rows, "bytes": written, "grown": memory("VmHWM") - before}))


if __name__ == "__main__":
    main(sys.argv[1])
