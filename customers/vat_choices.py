"""What a VAT number comes to beside the country somebody chose: taken, or which countries to ask about. Pure.

`customers.vat` knows the numbers; here stands what is made of them where people register a company:

- A foreign number of the European Union with wrong check digits is taken, for the register to have the last word:
  formats change before anybody hears of it. A Belgian one is not.
- A number of a country whose numbers are not known is taken as it is typed, for a person to check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from customers import vat
from customers.country_codes import iso
from customers.national import as_typed
from customers.typed_text import MAX_CHARACTERS, BrokenText
from customers.vat import VatFault, VatNumber
from customers.vat_formats import CARRIED_BY, FORMATS

HOME = "BE"
LONGEST = 18
"""Letters and digits of a number that is taken as typed; the longest there are have 15 (India)."""
_ASKING = {"several_countries", "prefix_country_mismatch"}


@dataclass(frozen=True)
class Offer:
    """A country to choose by one press: the number is of this country."""

    country: str
    readable: str
    """The number as it would be then; "" where that is only known once it is chosen."""


def take(text: str | None, country: str | None) -> VatNumber:
    """Return the number that somebody typed beside the country they chose. Raises VatFault, whatever the text."""
    chosen = iso(country)
    try:
        return vat.parse(text, chosen)
    except VatFault as fault:
        if is_known(chosen):
            if fault.number is None or not is_for_the_register(fault.number):
                raise
            return fault.number
        if fault.code == "prefix_country_mismatch" or not re.fullmatch("[A-Z]{2}", chosen):
            raise
    return _as_typed(text or "", chosen)


def is_known(country: str) -> bool:
    """Whether numbers of this country are understood."""
    return CARRIED_BY.get(country, country) in FORMATS


def is_for_the_register(number: VatNumber) -> bool:
    """Whether a number with wrong check digits is taken, as the register decides."""
    return number.is_in_vies and number.country != HOME


def offers(text: str | None, country: str | None, fault: VatFault) -> tuple[Offer, ...]:
    """Return the countries to ask about where the number does not fit the one that was chosen."""
    chosen = iso(country)
    if fault.code == "prefix_country_mismatch":
        return tuple(_both(chosen, fault))
    return tuple(_others(text, chosen))


def settled(text: str, country: str | None) -> str:
    """Return the text to go on with once somebody said that the number is of this country. Raises VatFault."""
    chosen = iso(country)
    try:
        vat.parse(text, chosen)
    except VatFault as fault:
        if fault.code == "prefix_country_mismatch":
            return str(fault.params["as_chosen"]) or (text if is_known(chosen) else str(_as_typed(text, chosen)))
    return text


def _both(chosen: str, fault: VatFault) -> Iterator[Offer]:
    yield Offer(str(fault.params["prefix_country"]), str(fault.params["as_prefixed"]))
    if fault.params["as_chosen"] or not is_known(chosen):
        yield Offer(chosen, str(fault.params["as_chosen"]))


def _others(text: str | None, chosen: str) -> Iterator[Offer]:
    """The other countries whose companies have sound numbers like this. Northern Ireland's look like Britain's."""
    for code in FORMATS:
        if code in ("XI", CARRIED_BY.get(chosen, chosen)):
            continue
        try:
            number = vat.parse(text, code)
        except VatFault:
            continue
        if FORMATS[code].fits(number.body, organisation=True):
            yield Offer(code, number.readable)


def _as_typed(text: str, country: str) -> VatNumber:
    if len(text) > MAX_CHARACTERS:
        raise VatFault("typed_too_long", longest=LONGEST)
    try:
        body = as_typed(text).replace(" ", "").removeprefix(country)
    except BrokenText:
        raise VatFault("typed_format") from None
    if not body:
        raise VatFault("typed_empty")
    if not any(character.isdigit() for character in body):
        raise VatFault("typed_format")
    if len(body) > LONGEST:
        raise VatFault("typed_too_long", longest=LONGEST)
    return VatNumber(country, country, body)
