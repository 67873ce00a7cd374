"""VAT numbers: which number a text means, or what is wrong with it. Pure.

Understood are labels and what else stands around a number on an invoice, separators, blanks and dashes of every kind,
invisible characters, full-width letters, digits of every script, a prefix or none or twice. Letters of other alphabets
are not taken for ours, however alike they look: somebody should see what they typed.

Formats, and what was decided about them: `customers.vat_formats`. Words for the faults: `customers.fault_words`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from customers.country_codes import iso
from customers.faults import Fault
from customers.typed_text import MAX_CHARACTERS, BrokenText, plain
from customers.vat_formats import CARRIED_BY, FORMATS, PREFIXES, Format
from customers.vat_reading import readings, without_number_signs


@dataclass(frozen=True)
class VatNumber:
    """A number of sound form. `str()` is the canonical form, in which it is stored and compared."""

    country: str
    """ISO 3166, with `XI` for Northern Ireland: whose number it is."""
    prefix: str
    """What stands before the body: the country, but `EL` for Greece and `CHE` for Switzerland."""
    body: str
    was_completed: bool = field(default=False, compare=False)
    """Whether something people leave out was added: the 0 of a nine-digit Belgian number, the U of an Austrian one."""

    def __str__(self) -> str:
        return self.prefix + self.body

    @property
    def readable(self) -> str:
        """The number as one would print it: `BE 0123.456.749`."""
        entry = FORMATS.get(self.country)
        return entry.readable(self.body) if entry else f"{self.prefix} {self.body}"

    @property
    def is_in_vies(self) -> bool:
        """Whether the European Union's register can be asked: its members, and Northern Ireland."""
        return self.country in FORMATS and self.country not in {"CH", "GB", "NO"}

    @property
    def is_known(self) -> bool:
        """Whether the form of its country's numbers is known; else it is kept as somebody typed it."""
        return self.country in FORMATS

    @property
    def is_sound(self) -> bool:
        """Whether form and check digits are right, as far as they are known."""
        return not self.is_known or FORMATS[self.country].fault(self.body) is None


@dataclass(frozen=True)
class Country:
    """A country whose numbers are understood, for a select and the hint below it."""

    code: str
    prefix: str
    example: str


COUNTRIES: dict[str, Country] = {
    code: Country(code, entry.prefix, entry.readable(entry.example))
    for code, entry in sorted({**FORMATS, "LI": FORMATS["CH"]}.items())
}
"""By ISO 3166 code: the European Union's 27, Northern Ireland (XI), GB, CH, LI, NO. `parse` also takes MC and IM."""


class VatFault(Fault):
    """What is wrong with a VAT number: `code`, `params`, and `number` where only its check digits are wrong.

    - empty (example): nothing but blanks, punctuation and labels.
    - too_short, too_long (example): also any text of more than 200 characters is too long.
    - format (example): letters where digits belong, or no number at all.
    - foreign_letters (letters): letters of another alphabet.
    - all_zeros (example).
    - wrong_first_digit (country, first, example).
    - branch_number (first, example): Belgium's establishment units, which start with 2 to 8.
    - wrong_check_digits (country, example): `number` is what was understood, for a register to have the last word.
    - prefix_country_mismatch (country, prefix_country, as_chosen, as_prefixed): the prefix is another country's than
      the one chosen; `as_…` are the readable numbers that each would give, or "".
    - several_countries (candidates): no prefix, no country chosen, and it could be a number of each of these.
    - one_stop_shop (prefix): a number for the European Union's one-stop shop, which says nothing of a registration.
    - unknown_country (country): a prefix or a chosen country whose numbers are not known here.
    - typed_empty, typed_format, typed_too_long (longest): of `customers.vat_choices`, where a number of such a country
      is taken as typed.
    """

    def __init__(self, code: str, *, number: VatNumber | None = None, **params: object) -> None:
        super().__init__(code, **params)
        self.number = number


# What a reading that missed the number comes to; another reading's fault says more.
_UNSPECIFIC = frozenset({"format", "foreign_letters", "unknown_country"})

# Some Romanian numbers are shorter, and any two digits would pass for one.
_SHORTEST = 5


def parse(text: str | None, country: str | None = None) -> VatNumber:
    """Return the number that the text holds; `country` (ISO, or EL, UK, XI) decides where it has no prefix.

    Raises VatFault, and nothing else, whatever the text.
    """
    chosen = iso(country)
    home = FORMATS.get(CARRIED_BY.get(chosen, chosen), FORMATS["BE"])
    text = text or ""
    if len(text) > MAX_CHARACTERS:
        raise _fault("too_long", home)
    try:
        found = readings(plain(without_number_signs(text)))
    except BrokenText:
        raise _fault("format", home) from None
    if not found:
        raise _fault("empty", home)
    faults: list[VatFault] = []
    for reading in found:
        try:
            return _understood(reading, chosen)
        except VatFault as fault:
            faults.append(fault)
    raise next((fault for fault in faults if fault.code not in _UNSPECIFIC), faults[0])


def stored(canonical: str) -> VatNumber | None:
    """Return the number that was stored under this canonical form, however it was let through; None for none of ours.

    Check digits may be wrong, where the register had the last word, and the country one whose numbers are not known.
    """
    if re.match("[A-Z]{2}", canonical) and not _prefix(canonical):
        return VatNumber(canonical[:2], canonical[:2], canonical[2:])
    try:
        return parse(canonical)
    except VatFault as fault:
        return fault.number


def readable(canonical: str) -> str:
    """Return a stored number as one would print it. Its form is read, nothing is judged: a table shows many."""
    entry = FORMATS.get(_country_of_prefix(canonical) or "")
    if entry:
        return entry.readable(canonical.removeprefix(entry.prefix)) if canonical.startswith(entry.prefix) else canonical
    return f"{canonical[:2]} {canonical[2:]}" if re.match("[A-Z]{2}", canonical) else canonical


def is_in_register(text: str) -> bool:
    """Whether a text holds a number, prefix included, that the European Union's register can be asked about."""
    try:
        return parse(text).is_in_vies
    except VatFault:
        return False


def _understood(reading: str, chosen: str) -> VatNumber:
    if foreign := "".join(dict.fromkeys(letter for letter in reading if not letter.isascii())):
        raise VatFault("foreign_letters", letters=foreign[:10])
    prefixed = _country_of_prefix(reading)
    carrier = CARRIED_BY.get(chosen, chosen)
    if reading.isalpha() and reading not in PREFIXES:
        raise _fault("format", FORMATS.get(carrier, FORMATS["BE"]))
    if not chosen:
        return _with_prefix(reading, prefixed) if prefixed else _without_country(reading)
    if carrier not in FORMATS:
        raise _beside_unknown_country(reading, chosen, prefixed)
    if prefixed and (carrier == prefixed or (carrier, prefixed) == ("GB", "XI")):
        return _with_prefix(reading, prefixed)
    if number := _sound(FORMATS[carrier], reading):
        return number
    if chosen == "IM" and (number := _sound(FORMATS["GB"], reading.removeprefix("IM"))):
        return number
    if prefixed:
        raise _mismatch(reading, chosen, prefixed)
    _refuse_one_stop_shop(reading)
    return _examined(FORMATS[carrier], reading)


def _with_prefix(reading: str, country: str) -> VatNumber:
    """Read a number that starts with a prefix of its own country, once or more often.

    The longest body that is sound wins: the first two letters of a French number can look like a prefix.
    """
    body = _after_prefix(reading)
    while (number := _sound(FORMATS[country], body)) is None and _country_of_prefix(body) == country:
        body = _after_prefix(body)
    return number or _examined(FORMATS[country], body)


def _without_country(reading: str) -> VatNumber:
    """Find the one country whose number it can be. A company's number goes before a person's, British before XI."""
    _refuse_one_stop_shop(reading)
    if (prefix := _unknown_prefix(reading)) and prefix not in {"GD", "HA"}:
        raise VatFault("unknown_country", country=prefix)
    if len(reading) < _SHORTEST:
        raise _fault("too_short", FORMATS["BE"])
    entries = [entry for entry in FORMATS.values() if entry.country != "XI"]
    companies, anybody = (
        [entry for entry in entries if entry.fits(entry.completed(reading), organisation=organisation)]
        for organisation in (True, False)
    )
    likely = companies or anybody
    sound = [number for entry in likely if (number := _sound(entry, reading))]
    if len(sound) == 1:
        return sound[0]
    if sound:
        raise _several(number.country for number in sound)
    if re.fullmatch(r"[2-8][0-9]{9}", reading) and (int(reading[:8]) + int(reading[8:])) % 97 == 0:
        raise _fault("branch_number", FORMATS["BE"], reading)
    if len(likely) > 1:
        raise _several(entry.country for entry in likely)
    return _examined(likely[0] if likely else FORMATS["BE"], reading)


def _sound(entry: Format, body: str) -> VatNumber | None:
    completed = entry.completed(body)
    return _number(entry, body) if entry.fault(completed) is None else None


def _examined(entry: Format, body: str) -> VatNumber:
    """Return the number, or raise what is wrong with it."""
    completed = entry.completed(body)
    code = entry.fault(completed)
    if code is None:
        return _number(entry, body)
    if code in {"format", "too_short", "too_long"} and (prefix := _unknown_prefix(body)):
        raise VatFault("unknown_country", country=prefix)
    raise _fault(code, entry, completed)


def _number(entry: Format, body: str) -> VatNumber:
    completed = entry.completed(body)
    return VatNumber(entry.country, entry.prefix, completed, was_completed=len(completed) > len(body))


def _fault(code: str, entry: Format, body: str = "") -> VatFault:
    example = entry.readable(entry.example)
    if code == "wrong_check_digits":
        return VatFault(code, number=_number(entry, body), country=entry.country, example=example)
    if code in {"wrong_first_digit", "branch_number"}:
        return VatFault(code, country=entry.country, first=body[0], example=example)
    return VatFault(code, example=example)


def _mismatch(reading: str, chosen: str, prefixed: str) -> VatFault:
    body = _after_prefix(reading)
    as_prefixed = _sound(FORMATS[prefixed], body)
    entry = FORMATS.get(CARRIED_BY.get(chosen, chosen))
    as_chosen = _sound(entry, body) if entry else None
    return VatFault(
        "prefix_country_mismatch",
        country=chosen,
        prefix_country=prefixed,
        as_chosen=as_chosen.readable if as_chosen else "",
        as_prefixed=as_prefixed.readable if as_prefixed else "",
    )


def _beside_unknown_country(reading: str, chosen: str, prefixed: str | None) -> VatFault:
    """Name the fault where the country chosen is none of ours: only a sound number of ours speaks against it."""
    if prefixed and _sound(FORMATS[prefixed], _after_prefix(reading)):
        return _mismatch(reading, chosen, prefixed)
    return VatFault("unknown_country", country=chosen)


def _several(countries: Iterable[str]) -> VatFault:
    return VatFault("several_countries", candidates=tuple(sorted(countries)))


def _refuse_one_stop_shop(reading: str) -> None:
    if match := re.fullmatch(r"(EU|IM)[0-9]+", reading):
        raise VatFault("one_stop_shop", prefix=match[1])


def _prefix(text: str) -> str:
    return next((prefix for prefix in PREFIXES if text.startswith(prefix)), "")


def _country_of_prefix(text: str) -> str | None:
    return PREFIXES.get(_prefix(text))


def _after_prefix(text: str) -> str:
    return text.removeprefix(_prefix(text))


def _unknown_prefix(text: str) -> str:
    match = re.match(r"([A-Z]{2})[0-9]{5}", text)
    return match[1] if match and match[1] not in PREFIXES else ""
