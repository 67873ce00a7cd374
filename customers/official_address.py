"""Addresses as the member states' registers write them, in fields. Pure.

What they have in common: lines, the postcode and the city on the last one. What they do not is in the tables here. A
state that writes in a form of its own, or of none, is left to whoever reads it: nothing is guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from customers import postal
from customers.search_text import fold

MAX_STREET = 300
MAX_ADDRESS = 2_000

UNDISCLOSED = re.compile(r"[\s-]*\Z")
"""How VIES writes that a state does not tell: Germany and Spain never do."""

_SIGN = re.compile(r"^[A-Z]{1,3}-(?=\d)")
_FILLED_UP = re.compile(r"\b0+(?=\d)")
_COUNTY = re.compile(r"(?:CO\.?|COUNTY)\s", re.IGNORECASE)
_EIRCODE = re.compile(r"[A-Z]\d[\dW] ?[A-Z\d]{4}\Z", re.IGNORECASE)
_DUBLIN = re.compile(r"DUBLIN(?:\s+\d{1,2}W?)?\Z", re.IGNORECASE)

_COUNTRIES = {"SK": {"slovensko", "slovenska republika"}, "GB": {"gb", "xi", "united kingdom", "northern ireland"}}
"""What stands below an address and says only where the reader is anyway; folded."""

_POSTCODE_LAST = {"GB", "LV", "MT"}
"""Where the postcode stands behind the city, or on a line of its own."""


@dataclass(frozen=True, kw_only=True)
class Address:
    street: str = ""
    postcode: str = ""
    city: str = ""


def split(address: str, country: str) -> Address:
    """Return the official address in fields; `country` is where it is (ISO 3166).

    Where no form that is known stands there, the whole address is the street, for somebody to take apart; "" where it
    is too long for that. Never raises, whatever the text.
    """
    if UNDISCLOSED.match(address) or len(address) > MAX_ADDRESS:
        return Address()
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    while len(lines) > 1 and fold(lines[-1]) in _COUNTRIES.get(country, ()):
        lines.pop()
    found = _OWN_FORMS.get(country, _by_lines)(lines, country) or Address(street=", ".join(lines))
    return found if len(found.street) <= MAX_STREET else Address(postcode=found.postcode, city=found.city)


def _by_lines(lines: list[str], country: str) -> Address | None:
    """`street / postcode city`, with a province or nothing below it; commas part what stands on one line."""
    if len(lines) == 1:
        lines = [part.strip() for part in lines[0].split(",") if part.strip()]
    for place in range(len(lines) - 1, max(0, len(lines) - 3), -1):
        if found := _postcode_and_city(lines[place], country):
            postcode, city = found
            below = [line for line in lines[place + 1 :] if fold(line) not in ("", fold(city))]
            return _address(lines[:place], postcode, ", ".join([city, *below]), country)
    return _postcode_last(lines, country) if lines and country in _POSTCODE_LAST else None


def _postcode_and_city(line: str, country: str) -> tuple[str, str] | None:
    words = _SIGN.sub("", line).split()
    for length in (1, 2):
        postcode, city = _checked(words[:length], country), " ".join(words[length:]).strip("- ,")
        if postcode and city:
            return postcode, city
    return None


def _postcode_last(lines: list[str], country: str) -> Address | None:
    """`street / city / postcode`, or `street / city postcode`."""
    *above, last = lines
    words = last.split()
    if len(above) > 1 and (postcode := _checked(words, country)):
        *streets, city = above
        if streets[1:] and _COUNTY.match(city):
            city = f"{streets.pop()}, {city}"
        return _address(streets, postcode, city, country)
    for length in (2, 1):
        if above and len(words) > length and (postcode := _checked(words[-length:], country)):
            return _address(above, postcode, " ".join(words[:-length]).strip(" ,"), country)
    return None


def _irish(lines: list[str], country: str) -> Address | None:
    """Mostly without an Eircode: then the city is last where it is Dublin, or where its county stands behind it."""
    parts = [part.strip() for line in lines for part in line.split(",") if part.strip()]
    postcode = parts.pop() if parts and _EIRCODE.match(parts[-1]) else ""
    length = 2 if len(parts) > 2 and _COUNTY.match(parts[-1]) else 1
    if len(parts) <= length or not (length == 2 or postcode or _DUBLIN.match(parts[-1])):
        return None
    return _address(parts[:-length], postcode, ", ".join(parts[-length:]), country)


def _hungarian(lines: list[str], country: str) -> Address | None:
    """`1117 BUDAPEST OKTÓBER HUSZONHARMADIKA UTCA 18.`: from the large to the small."""
    if match := re.match(r"(\d{4}) ([^\s,]+),? (.+)", " ".join(lines)):
        return _address([match[3]], match[1], match[2], country)
    return None


def _estonian(lines: list[str], country: str) -> Address | None:
    """`Lootsa tn 4   10134 HARJU MAAKOND TALLINN`, where commas do not part it."""
    if found := _by_lines(lines, country):
        return found
    if match := re.match(r"(\D[^,]*?) (\d{5}) (.+)", " ".join(lines)):
        return _address([match[1]], match[2], match[3], country)
    return None


def _bulgarian(lines: list[str], country: str) -> Address | None:
    """`ж.к. Стрелбище обл.СОФИЯ, гр.СОФИЯ 1680`: province, town and postcode before or behind the street."""
    text = " ".join(lines)
    match = re.search(r"(?:обл\.[^,]{1,40}, ?)?(?:общ\.[^,]{1,40}, ?)?\b(?:гр|с)\. ?([^\d,.]{2,40}) (\d{4})\b", text)
    if match is None:
        return None
    around = [text[: match.start()].strip(" ,"), text[match.end() :].strip(" ,")]
    return _address([part for part in around if part], match[2], match[1].strip(), country)


def _romanian(lines: list[str], country: str) -> Address | None:
    """`JUD. CLUJ, MUN. CLUJ-NAPOCA / STR. MEMORANDUMULUI / NR. 28`: without a postcode, the city above the street."""
    match = re.match(
        r"(?:JUD\.? [^,]{1,40}, ?)?(?:MUNICIPIUL|MUN\.|ORAŞ|ORAȘ|ORŞ\.|ORȘ\.|COM\.|SAT) ?(.+)", lines[0], re.IGNORECASE
    )
    return _address(lines[1:], "", match[1], country) if match and lines[1:] else None


_OWN_FORMS: dict[str, Callable[[list[str], str], Address | None]] = {
    "BG": _bulgarian,
    "EE": _estonian,
    "HU": _hungarian,
    "IE": _irish,
    "RO": _romanian,
}


def _checked(words: list[str], country: str) -> str:
    try:
        return postal.check(" ".join(words), country)
    except postal.PostalFault:
        return ""


def _address(streets: list[str], postcode: str, city: str, country: str) -> Address | None:
    """The address, without lines that only say the city again; None where no street is left."""
    street = ", ".join(line for line in streets if fold(line) != fold(city))
    # The Netherlands fill house numbers up to five digits.
    street = _FILLED_UP.sub("", street) if country == "NL" else street
    written = _checked([postcode], country) if postcode else ""
    return Address(street=street, postcode=written, city=city) if street else None
