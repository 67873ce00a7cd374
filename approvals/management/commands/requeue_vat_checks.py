from typing import Any

from django.core.management.base import BaseCommand

from approvals.vat_rechecks import requeue_lost


class Command(BaseCommand):
    help = "Put VAT numbers back in the queue whose worker was killed while asking. Run it every ten minutes."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"VAT numbers queued again: {requeue_lost()}.")
