import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand

from contacts.search_drift import drifts

SHOWN = 20


class Command(BaseCommand):
    help = "Find customers and contacts whose search row is missing or not true. Exits with 1 where there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        found = drifts()
        shown = list(islice(found, SHOWN))
        for drift in shown:
            self.stdout.write(f"{drift.subject.number}: {', '.join(drift.fields) or 'no search row'}")
        count = len(shown) + sum(1 for _ in found)
        if count:
            self.stdout.write(f"{count} to mend: run search_rebuild.")
            sys.exit(1)
        self.stdout.write("Every search row is true.")
