from typing import Any

from django.core.management.base import BaseCommand

from portal.exports.sweeping import sweep


class Command(BaseCommand):
    help = "Delete the files of exports that are older than a day, and what a crash left of them. Run it every hour."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{sweep()} files of exports deleted.")
