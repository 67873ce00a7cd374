from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from customers.models import Customer
from portal.synthetic.load import AlreadyThere, create
from portal.synthetic.portfolio import CUSTOMERS_A_PARTNER


class Command(BaseCommand):
    help = (
        "Write realistic synthetic customers with contacts and roles, in bulk: to see how the portal does with many. "
        "The same numbers and seed make the same customers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--customers", type=int, required=True, metavar="N")
        parser.add_argument("--partners", type=int, metavar="M", help="of how many partners; one for each 1,615 or so")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="another seed makes others; 1 unless told")
        parser.add_argument("--force", action="store_true", help="also on a server that holds customers")

    def handle(self, *args: Any, **options: Any) -> None:
        customers = options["customers"]
        partners = options["partners"]
        if partners is None:
            partners = min(max(2, round(customers / CUSTOMERS_A_PARTNER)), max(customers, 1))
        if not 1 <= partners <= customers <= 5_000_000:
            raise CommandError("From 1 to 5,000,000 customers, and no more partners than customers.")
        if not settings.LOCAL and not options["force"] and Customer.objects.exists():
            raise CommandError("This server holds customers. Add --force to put synthetic ones beside them.")
        try:
            total = create(customers=customers, partners=partners, seed=options["seed"], told=self.stdout.write)
        except AlreadyThere as found:
            raise CommandError(f"The customers of this seed are here already (partner {found}).") from None
        self.stdout.write(f"{customers} customers of {partners} partners written; {total} in all.")
