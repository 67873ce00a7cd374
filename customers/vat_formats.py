"""What a VAT number looks like, country by country. Pure.

Structure: the European Commission's table in the questions and answers of VIES; for the United Kingdom HMRC's formats
and reserved ranges, for Switzerland and Liechtenstein the UID register's, for Norway those of the Brønnøysund
registers. Check digits: python-stdnum.

Decided where those leave room:

- The canonical form of a Swiss number is `CHE` and nine digits, of a Norwegian one `NO` and nine digits: MWST, TVA, IVA
  and MVA say that the company is registered and are no part of its number.
- British numbers from 01 to 09 are refused: HMRC keeps these for other schemes (00 is the Isle of Man). The three
  digits of a branch trader stay, as VIES knows such numbers.
- Czech ten-digit numbers are taken whatever birth date they hold: the published format asks for digits only.
- A Romanian personal code (thirteen digits) is no VAT number: the published format ends at ten.
- The long form of a Hungarian number (`12345676-2-41`) is taken for the VAT number that it starts with.
- Belgian check digits are 01 to 97; python-stdnum also takes 98, 99 and 00, which are the same modulo 97.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum.be import vat as be_vat
from stdnum.ch import uid
from stdnum.eu import vat as eu_vat
from stdnum.no import orgnr


@dataclass(frozen=True)
class Format:
    """How the numbers of one country look. Patterns are of the body: the number without its prefix."""

    country: str
    prefix: str
    example: str
    """The body of a valid number that stands for nobody in particular."""
    shape: str
    lengths: tuple[int, ...]
    """The usual one first."""
    zeros: str = r"0+\d"
    """A number without a number: its check digits may well be right."""
    never_starts: str = ""
    branch_starts: str = ""
    organisation: str = ""
    """The shape of companies' numbers, where people's numbers have another."""
    implied: tuple[tuple[str, str], ...] = ()
    """What people leave out or add, and how the whole body follows from it."""
    picture: str = ""
    """The readable form of a body of digits, where it is more than prefix, blank, body."""
    is_valid: Callable[[str], bool] = eu_vat.is_valid
    """Whether the check digits of a canonical number of this shape are right."""

    def canonical(self, body: str) -> str:
        """Return the number as it is stored: `BE0123456749`."""
        return self.prefix + body

    def readable(self, body: str) -> str:
        """Return the number as one would print it: `BE 0123.456.749`."""
        if body.isdigit() and self.picture.count("_") == len(body):
            return self.picture.replace("_", "%s") % tuple(body)
        return f"{self.prefix} {body}"

    def completed(self, body: str) -> str:
        """Return the body with what is implied added, and with what is no part of it taken off."""
        for pattern, replacement in self.implied:
            if match := re.fullmatch(pattern, body):
                return match.expand(replacement)
        return body

    def fault(self, body: str) -> str | None:
        """Name what is wrong with a completed body; None where nothing is."""
        if not re.fullmatch(self.shape, body):
            return self._fault_of_shape(body)
        if re.fullmatch(self.zeros, body):
            return "all_zeros"
        if self.branch_starts and re.match(self.branch_starts, body):
            return "branch_number"
        if self._starts_wrong(body):
            return "wrong_first_digit"
        return None if self.is_valid(self.canonical(body)) else "wrong_check_digits"

    def fits(self, body: str, *, organisation: bool) -> bool:
        """Whether a number of this country, or of a company in it, can look like this, check digits apart."""
        shape = (organisation and self.organisation) or self.shape
        return bool(re.fullmatch(shape, body)) and not self._starts_wrong(body)

    def _fault_of_shape(self, body: str) -> str:
        is_digits_only = not re.search("[A-Z]", self.shape)
        if (is_digits_only and not body.isdigit() and body) or len(body) in self.lengths:
            return "format"
        return "too_short" if len(body) < self.lengths[0] else "too_long"

    def _starts_wrong(self, body: str) -> bool:
        return bool(self.never_starts and re.match(self.never_starts, body))


def _belgian(canonical: str) -> bool:
    return be_vat.is_valid(canonical) and 1 <= int(canonical[-2:]) <= 97


def _british(canonical: str) -> bool:
    # python-stdnum counts XI to the European Union and GB no longer; their numbers are the same.
    return eu_vat.is_valid("XI" + canonical[2:])


def _norwegian(canonical: str) -> bool:
    return orgnr.is_valid(canonical.removeprefix("NO"))


def _united_kingdom(prefix: str) -> Format:
    return Format(
        prefix,
        prefix,
        "123456727",
        r"[0-9]{9}(?:[0-9]{3})?|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}|GD8888[0-4][0-9]{4}|HA8888[5-9][0-9]{4}",
        (9, 12, 5, 11),
        zeros=r"0{7}[0-9]{2}(?:[0-9]{3})?",
        never_starts=r"0[1-9]",
        picture=f"{prefix} ___ ____ __",
        is_valid=_british,
    )


_ALL = (
    Format("AT", "AT", "U12345675", r"U[0-9]{8}", (9,), r"U0+[0-9]", implied=((r"([0-9]{8})", r"U\1"),)),
    Format(
        "BE",
        "BE",
        "0123456749",
        r"[0-9]{10}",
        (10,),
        r"0{8}[0-9]{2}",
        never_starts=r"[2-9]",
        branch_starts=r"[2-8]",
        implied=((r"([0-9]{9})", r"0\1"),),
        picture="BE ____.___.___",
        is_valid=_belgian,
    ),
    Format("BG", "BG", "123456786", r"[0-9]{9,10}", (9, 10), organisation=r"[0-9]{9}"),
    Format("CY", "CY", "10123456G", r"[0-9]{8}[A-Z]", (9,), r"0+[A-Z]"),
    Format("CZ", "CZ", "12345679", r"[0-9]{8,10}", (8, 9, 10), never_starts=r"9.{7}\Z", organisation=r"[0-9]{8}"),
    Format("DE", "DE", "123456788", r"[0-9]{9}", (9,), never_starts="0", picture="DE ___ ___ ___"),
    Format("DK", "DK", "12345607", r"[0-9]{8}", (8,), never_starts="0", picture="DK __ __ __ __"),
    Format("EE", "EE", "123456780", r"[0-9]{9}", (9,)),
    Format(
        "ES",
        "ES",
        "B12345674",
        r"[A-Z][0-9]{7}[0-9A-Z]|[0-9]{8}[A-Z]",
        (9,),
        r"[A-Z]?0+[0-9A-Z]",
        organisation=r"[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]",
    ),
    Format("FI", "FI", "12345671", r"[0-9]{8}", (8,)),
    Format("FR", "FR", "11123456782", r"[0-9A-HJ-NP-Z]{2}[0-9]{9}", (11,), r"..0+", picture="FR __ ___ ___ ___"),
    Format("GR", "EL", "123456783", r"[0-9]{9}", (9,), implied=((r"([0-9]{8})", r"0\1"),)),
    Format("HR", "HR", "12345678903", r"[0-9]{11}", (11,)),
    Format("HU", "HU", "12345676", r"[0-9]{8}", (8,), implied=((r"([0-9]{8})[1-5][0-9]{2}", r"\1"),)),
    Format(
        "IE",
        "IE",
        "1234567T",
        r"[0-9]{7}[A-W][A-IW]?|[0-9][A-Z+*][0-9]{5}[A-W]",
        (8, 9),
        r"0[0A-Z+*]0{5}[A-Z]+",
    ),
    Format("IT", "IT", "12345670017", r"[0-9]{11}", (11,)),
    Format("LT", "LT", "123456715", r"[0-9]{9}|[0-9]{12}", (9, 12), organisation=r"[0-9]{9}"),
    Format("LU", "LU", "12345613", r"[0-9]{8}", (8,), r"0{6}[0-9]{2}"),
    Format("LV", "LV", "40123456783", r"[0-9]{11}", (11,), organisation=r"[4-9][0-9]{10}"),
    Format("MT", "MT", "12345634", r"[0-9]{8}", (8,), r"0{6}[0-9]{2}", never_starts="0"),
    Format(
        "NL",
        "NL",
        "123456782B90",
        r"[0-9]{9}B[0-9]{2}",
        (12,),
        r"0{9}B[0-9]{2}",
        implied=((r"([0-9]{8}B[0-9]{2})", r"0\1"), (r"([0-9]{7}B[0-9]{2})", r"00\1")),
    ),
    Format("PL", "PL", "1234567802", r"[0-9]{10}", (10,), organisation=r"[1-9](?:[0-9][1-9]|[1-9]0)[0-9]{7}"),
    Format("PT", "PT", "123456789", r"[0-9]{9}", (9,), never_starts="0", picture="PT ___ ___ ___"),
    Format(
        "RO",
        "RO",
        "12345674",
        r"[0-9]{2,10}",
        (10, *range(2, 10)),
        r"0+",
        never_starts="0",
        organisation=r"[0-9]{6,10}",
    ),
    Format("SE", "SE", "123456789701", r"[0-9]{12}", (12,), r"0+[0-9]01"),
    Format("SI", "SI", "12345679", r"[0-9]{8}", (8,), never_starts="0"),
    Format(
        "SK",
        "SK",
        "2021234501",
        r"[0-9]{10}",
        (10,),
        r"0+",
        organisation=r"[1-9][0-9][234789][0-9]{7}",
    ),
    _united_kingdom("XI"),
    _united_kingdom("GB"),
    Format(
        "CH",
        "CHE",
        "123456788",
        r"[0-9]{9}",
        (9,),
        implied=((r"([0-9]{9})(?:HR|MWST|TVA|IVA|TPV|VAT)+", r"\1"),),
        picture="CHE-___.___.___",
        is_valid=uid.is_valid,
    ),
    Format(
        "NO",
        "NO",
        "974760673",
        r"[0-9]{9}",
        (9,),
        implied=((r"([0-9]{9})MVA", r"\1"),),
        picture="NO ___ ___ ___",
        is_valid=_norwegian,
    ),
)

FORMATS: dict[str, Format] = {entry.country: entry for entry in _ALL}

CARRIED_BY = {"LI": "CH", "MC": "FR", "IM": "GB"}
"""Countries whose companies carry another one's numbers: Liechtenstein, Monaco, the Isle of Man."""

PREFIXES: dict[str, str] = {
    **{entry.prefix: entry.country for entry in _ALL},
    "GR": "GR",
    "UK": "GB",
    "CH": "CH",
    "LI": "CH",
    "MC": "FR",
}
"""What may stand before a number, and whose number it is then. `CHE` comes before `CH`."""
