from typing import Any

from django.core.management.base import BaseCommand

from portal.exports.tasks import requeue_lost


class Command(BaseCommand):
    help = "Put exports back in the queue whose worker was killed. Run it every ten minutes."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Exports queued again: {requeue_lost()}.")
