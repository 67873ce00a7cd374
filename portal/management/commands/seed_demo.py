from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo import accounts, story


class Command(BaseCommand):
    help = "Write the demo data and its accounts. Harmless to run again: what is there stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also on a server")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LOCAL and not options["force"]:
            raise CommandError(
                "These accounts have a password that everybody knows. "
                "Set LOCAL=1 to try the portal out, or add --force if you mean it."
            )
        story.tell()
        self.stdout.write(f"\nDemo accounts, password {accounts.PASSWORD}\n")
        width = max(len(account.email) for account in accounts.ACCOUNTS)
        for account in accounts.ACCOUNTS:
            self.stdout.write(f"  {account.email:{width}}  {account.what}")
        # Set from EMAIL_URL alone: Django itself has no such default.
        if mails := getattr(settings, "EMAIL_FILE_PATH", ""):
            self.stdout.write(f"\nMails are written to files in {mails}\n")
