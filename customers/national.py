"""National registration numbers, of companies that have no VAT number. Pure.

A Belgian enterprise number is the VAT number without its prefix: it has the same faults, and is stored in the same
form (`BE0123456749`), so that both are found as one company. Of other countries nothing is known here: the number
stays as it is typed, behind the country (`DE HRB 12345`), in capitals and with single blanks, so that two spellings
compare equal.
"""

import re
import unicodedata
from dataclasses import dataclass

from customers import vat
from customers.country_codes import iso
from customers.faults import Fault
from customers.typed_text import MAX_CHARACTERS, BrokenText, plain

LONGEST = 40
_BETWEEN = re.compile(r"[^\w]+|_+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")


class NationalFault(Fault):
    """What is wrong with a national number: the faults of a VAT number for Belgium, for other countries

    - empty, too_long.
    - format: no digit, or characters that no keyboard types.
    - no_country: none was chosen.
    """


@dataclass(frozen=True)
class NationalNumber:
    """A number in a national register. `str()` is the canonical form, in which it is stored and compared."""

    country: str
    text: str
    """Without the country."""

    def __str__(self) -> str:
        return f"BE{self.text}" if self.country == "BE" else f"{self.country} {self.text}"

    @property
    def readable(self) -> str:
        """The number as one would print it, behind its country."""
        return readable(str(self))


def parse(text: str | None, country: str | None) -> NationalNumber:
    """Return the number that the text holds. Raises NationalFault, and nothing else, whatever the text."""
    code = iso(country)
    if code == "BE":
        return _belgian(text)
    if not re.fullmatch("[A-Z]{2}", code):
        raise NationalFault("no_country")
    if len(text or "") > MAX_CHARACTERS:
        raise NationalFault("too_long", longest=LONGEST)
    try:
        cleaned = as_typed(text or "")
    except BrokenText:
        raise NationalFault("format") from None
    if not cleaned:
        raise NationalFault("empty")
    if len(cleaned) > LONGEST:
        raise NationalFault("too_long", longest=LONGEST)
    if not any(character.isdigit() for character in cleaned):
        raise NationalFault("format")
    return NationalNumber(code, cleaned)


def as_typed(text: str) -> str:
    """Clean a number of which nothing is known: letters and digits, in capitals, in words with one blank between.

    What stands between two digits is no more than a way to write them: `12-345 678` -> `12345678`. Raises BrokenText.
    """
    words = _BETWEEN.sub(" ", plain(text)).upper().strip()
    return unicodedata.normalize("NFC", _BETWEEN_DIGITS.sub("", words))


def readable(stored: str) -> str:
    """A stored number as one would print it: `BE 0123.456.749`, `DE HRB 12345`; "" for none."""
    number = vat.stored(stored) if stored.startswith("BE") and " " not in stored else None
    return number.readable if number else stored


def _belgian(text: str | None) -> NationalNumber:
    try:
        return NationalNumber("BE", vat.parse(text, "BE").body)
    except vat.VatFault as fault:
        raise NationalFault(fault.code, **fault.params) from None
