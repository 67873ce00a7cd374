from typing import Any

from django.core.management.base import BaseCommand, CommandError

from approvals.sweeping import missing, sweep


class Command(BaseCommand):
    help = "Delete files that no document or attachment has, and report those whose file is gone. Run it once a day."

    def handle(self, **options: Any) -> None:
        orphans = sweep()
        self.stdout.write(f"{len(orphans)} files without a document deleted.")
        damaged = [f"{document.belongs_to} {document.key}" for document in missing()]
        if damaged:
            raise CommandError("Documents whose file is gone or cut off: " + ", ".join(damaged))
