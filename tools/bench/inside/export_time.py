"""Prints how long a CSV of every customer takes, and a bare COPY of the same rows: `export_time EMAIL ROUNDS`."""

import json
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402

from portal.directory.listing import Listing  # noqa: E402
from portal.exports import csv_file  # noqa: E402
from portal.exports.rows import Table, reading, table_of  # noqa: E402
from portal.models import User  # noqa: E402
from tools.bench.interleave import interleaved  # noqa: E402
from tools.bench.run import Extent  # noqa: E402

SECONDS = 600


def file(table: Table) -> float:
    start = time.perf_counter()
    rows = sum(piece.rows for piece in csv_file.pieces(table, seconds=SECONDS))
    seconds = time.perf_counter() - start
    assert rows == table.count()
    return seconds


def copy(table: Table) -> float:
    plain = table.plain()
    assert plain is not None
    statement, params = plain
    start = time.perf_counter()
    bare = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    with reading(SECONDS), connection.cursor() as cursor, cursor.copy(bare, params) as lines:
        for _line in lines:
            pass
    return time.perf_counter() - start


def main(email: str, rounds: int) -> None:
    user = User.objects.get(email=email)
    table = table_of(Listing.read(user, QueryDict("")), user)
    sides: dict[str, Callable[[Table], float]] = {"file": file, "copy": copy, "copy again": copy}
    times = interleaved(sides, [table], Extent(rounds=rounds))
    taken = {side: times.by_subject(side)[0] for side in sides}
    told = [{side: taken[side][turn] for side in sides} for turn in range(rounds)]
    print(json.dumps({"rows": table.count(), "rounds": told}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
