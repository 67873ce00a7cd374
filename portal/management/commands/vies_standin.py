from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.demo.register import TEST_CODES, Behaviour, Register, Server


class Command(BaseCommand):
    help = (
        "Stand in for the European Union's VAT register on this machine, with invented companies. "
        "Start the portal with VIES_URL set to the address this prints."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8010, help="0 takes any free one (default: %(default)s)")
        parser.add_argument("--slow", type=float, default=0, metavar="SECONDS", help="wait before every answer")
        parser.add_argument("--down", action="store_true", help="answer 503 to everything")
        parser.add_argument(
            "--say",
            default="",
            choices=["html", "broken", *TEST_CODES.values()],
            help="answer this whatever the number: a web page, JSON that stops half-way, or a code of the protocol",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        behaviour = Behaviour(slow=options["slow"], down=options["down"], says=options["say"])
        server = Server(options["port"], Register(behaviour=behaviour))
        self.stdout.write(f"The stand-in for VIES answers on {server.url} until Ctrl-C. It knows, among others:")
        for number, (name, _address) in list(server.register.companies.items())[-6:]:
            self.stdout.write(f"  {number:16}{name}")
        self.stdout.flush()
        with server, suppress(KeyboardInterrupt):
            server.serve_forever()
