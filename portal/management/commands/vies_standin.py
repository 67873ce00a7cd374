from argparse import RawDescriptionHelpFormatter
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.demo.register import NEWCOMERS, TEST_CODES, Behaviour, Register, Server

HELP = """\
Stand in for the European Union's VAT register on this machine, with invented companies.
Start the portal with VIES_URL set to the address this prints.

  manage.py vies_standin                        answers at once, and truly
  manage.py vies_standin --slow 30              a page of the portal waits VIES_TIMEOUT seconds, no longer
  manage.py vies_standin --down                 out of service: 503 to everything
  manage.py vies_standin --say html             a web page instead of an answer, as during maintenance
  manage.py vies_standin --say broken           JSON that stops half-way
  manage.py vies_standin --say INVALID          denies every number
  manage.py vies_standin --say MS_UNAVAILABLE   any code of the protocol, whatever the number

These numbers, behind any country, always answer with a code, as those of the Union's own test service do:

{codes}

It knows the companies of the demonstration, and these, which no partner has yet:

{companies}
"""


def told() -> str:
    codes = "\n".join(f"  {number}  {code}" for number, code in TEST_CODES.items())
    companies = "\n".join(f"  {number:16}{name}" for number, (name, _address) in NEWCOMERS.items())
    return HELP.format(codes=codes, companies=companies)


class Command(BaseCommand):
    help = told()
    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs)

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
        for number, (name, _address) in NEWCOMERS.items():
            self.stdout.write(f"  {number:16}{name}")
        self.stdout.flush()
        with server, suppress(KeyboardInterrupt):
            server.serve_forever()
