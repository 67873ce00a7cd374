"""What a register says of a company beside what people type: its address in fields, how far two texts differ. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from customers import postal
from customers.search_text import fold

MAX_STREET = 300

LEGAL_FORMS = frozenset((
    "ab", "ag", "aps", "asbl", "as", "bv", "bvba", "comm", "commv", "cv", "cvba", "doo", "ek", "eurl", "gbr",
    "gcv", "gmbh", "kft", "kg", "lda", "llc", "ltd", "maatschap", "nv", "ohg", "oy", "oyj", "plc", "sa", "sarl",
    "sas", "sasu", "sc", "scs", "se", "sl", "slu", "snc", "spa", "spol", "sprl", "sprlu", "srl", "srls", "vof",
    "vzw", "zoo",
))  # fmt: skip
"""Folded; left out of account where names are close, never left out of what is shown."""

CLOSE = 0.8
"""Of `SequenceMatcher`: a wrong letter or a box number, no other street."""

_SIGN = re.compile(r"^[A-Z]{1,3}-(?=\d)")
_FILLED_UP = re.compile(r"\b0+(?=\d)")


class Likeness(StrEnum):
    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"
    NOT_DISCLOSED = "not_disclosed"


@dataclass(frozen=True, kw_only=True)
class Address:
    street: str = ""
    postcode: str = ""
    city: str = ""


def split(address: str, country: str) -> Address:
    """Return the official address in fields.

    Member states write `postcode city` on the last line (`1015CJ AMSTERDAM`, `L-2165  LUXEMBOURG`). Where that is not
    what stands there, the whole address is the street, for somebody to take apart; "" where it is too long for that.
    """
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    if not lines:
        return Address()
    *streets, last = lines
    if streets and (found := _postcode_and_city(last, country)):
        postcode, city = found
        street = ", ".join(streets)
        # The Netherlands fill house numbers up to five digits.
        street = _FILLED_UP.sub("", street) if country == "NL" else street
        return Address(street=street if len(street) <= MAX_STREET else "", postcode=postcode, city=city)
    whole = ", ".join(lines)
    return Address(street=whole if len(whole) <= MAX_STREET else "")


def _postcode_and_city(line: str, country: str) -> tuple[str, str] | None:
    words = _SIGN.sub("", line).split()
    for length in (1, 2):
        if len(words) <= length:
            return None
        try:
            postcode = postal.check(" ".join(words[:length]), country)
        except postal.PostalFault:
            continue
        return (postcode, " ".join(words[length:]).lstrip("- ,")) if postcode else None
    return None


def name_likeness(official: str, *given: str) -> Likeness:
    """How far the name nearest to the official one departs from it."""
    if not official:
        return Likeness.NOT_DISCLOSED
    found = [_likeness(fold(official).split(), fold(name).split()) for name in given if name]
    return min(found, key=list(Likeness).index, default=Likeness.DIFFERENT)


def address_likeness(official: str, country: str, *, street: str, postcode: str, city: str) -> Likeness:
    """How far an address departs from the official one, whatever the order and the blanks in it."""
    if not official:
        return Likeness.NOT_DISCLOSED
    known = split(official, country)
    if not known.postcode:
        return _likeness(fold(official).split(), fold(f"{street} {postcode} {city}").split())
    ours, theirs = (
        [*fold(address.street).split(), fold(address.postcode).replace(" ", ""), *fold(address.city).split()]
        for address in (known, Address(street=street, postcode=postcode, city=city))
    )
    return _likeness(ours, theirs)


def _likeness(official: list[str], given: list[str]) -> Likeness:
    """Compare folded words. Their order says nothing: Belgium writes `NV Proximus`, Luxembourg `7, rue de la Tour`."""
    ours, theirs = sorted(official), sorted(given)
    if ours == theirs or "".join(official) == "".join(given):
        return Likeness.SAME
    ours, theirs = ([word for word in words if word not in LEGAL_FORMS] for words in (ours, theirs))
    if ours == theirs or SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio() >= CLOSE:
        return Likeness.CLOSE
    return Likeness.DIFFERENT
