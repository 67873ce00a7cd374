from typing import Any

from django.core.management.base import BaseCommand

from customers.vat_checks import sweep


class Command(BaseCommand):
    help = "Delete what the VAT register said, over a month ago, of numbers that came to no customer. Run it every day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{sweep()} VAT checks deleted.")
