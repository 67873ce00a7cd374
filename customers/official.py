"""How far what people type departs from what a register says of the company. Pure."""

from difflib import SequenceMatcher
from enum import StrEnum

from customers.official_address import Address, split
from customers.search_text import fold

LEGAL_FORMS = frozenset((
    "ab", "ag", "aps", "asbl", "as", "bv", "bvba", "comm", "commv", "cv", "cvba", "doo", "ek", "eurl", "gbr",
    "gcv", "gmbh", "kft", "kg", "lda", "llc", "ltd", "maatschap", "nv", "ohg", "oy", "oyj", "plc", "sa", "sarl",
    "sas", "sasu", "sc", "scs", "se", "sl", "slu", "snc", "spa", "spol", "sprl", "sprlu", "srl", "srls", "vof",
    "vzw", "zoo",
))  # fmt: skip
"""Folded; left out of account where names are close, never left out of what is shown."""

CLOSE = 0.8
"""Of `SequenceMatcher`: a wrong letter or a box number, no other street."""


class Likeness(StrEnum):
    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"
    NOT_DISCLOSED = "not_disclosed"


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
