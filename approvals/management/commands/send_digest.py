from typing import Any

from django.core.management.base import BaseCommand

from approvals.notices.lateness import announce_late, write_digests


class Command(BaseCommand):
    help = (
        "Tell of answers that have become late, and once a working day mail the digest of what waits too long. "
        "Run it every ten minutes: harmless at any time, and nobody is told twice."
    )

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{announce_late()} late answers told of, {write_digests()} digests written.")
