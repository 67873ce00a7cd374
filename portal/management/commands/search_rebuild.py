from typing import Any

from django.core.management.base import BaseCommand

from contacts.search_drift import rebuild

EVERY = 50_000


class Command(BaseCommand):
    help = "Write every search row that is missing or not true. The portal may go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        def told(count: int) -> None:
            if count % EVERY == 0:
                self.stdout.write(f"{count} looked at")

        self.stdout.write(f"{rebuild(told)} search rows mended.")
