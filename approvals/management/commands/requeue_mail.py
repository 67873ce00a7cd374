from typing import Any

from django.core.management.base import BaseCommand

from approvals.tasks import requeue_lost


class Command(BaseCommand):
    help = "Put mails back in the queue whose worker was killed. Run it every ten minutes."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Mails queued again: {requeue_lost()}.")
