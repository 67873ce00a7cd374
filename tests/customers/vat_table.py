"""Reads `vat_numbers_as_typed.table`."""

import re
from pathlib import Path
from typing import NamedTuple


class Typed(NamedTuple):
    outcome: str
    text: str
    country: str

    @property
    def is_number(self) -> bool:
        return self.outcome.isupper()


def _row(line: str) -> Typed:
    outcome, text, *country = (cell.strip() for cell in line.split(" | "))
    seen = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return Typed(outcome, seen, "".join(country))


_LINES = Path(__file__).with_name("vat_numbers_as_typed.table").read_text().splitlines()
TABLE = [_row(line) for line in _LINES if line and not line.startswith("#")]
FAULTS = "\n".join(line for line in _LINES if line[:1].islower())
