"""What a search that found nothing looks like: a VAT number, a request's reference, an e-mail address, a phone number.

Pure but for words. Whoever searched finds in it what to try next.
"""

import re
from dataclasses import dataclass
from typing import Literal

from customers import numbers, vat
from customers.fault_words import words_for
from customers.search_text import fold
from customers.vat import VatFault, VatNumber

LEAST_DIGITS = 7
"""Of a VAT number without its letters: shorter ones (a few of Romania's) are rather the end of a phone number."""
TELLING_DIGITS = 6
"""The end of a phone number that tells it from others; what stands before it is written in more than one way."""

_PHONE = re.compile(r"[+(]?[\d\s.,/()‐-―\-]+")
_BELGIAN_NUMBER = re.compile(r"[01]?\d{3}\.\d{3}\.\d{3}")
_EMAIL = re.compile(r"(\S+)@([^\s@.]\S*)")
# Faults that say something about a number; the others only say that the text is none.
_TELLING_FAULTS = frozenset({"wrong_check_digits", "branch_number", "wrong_first_digit", "all_zeros", "one_stop_shop"})


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a query looks like; everything empty where it is words like any others."""

    number: VatNumber | None = None
    fault: str = ""
    """What is wrong with what looks like a VAT number, in words."""
    reference: str = ""
    """Of a registration request, as it is stored."""
    kind: Literal["", "email", "phone"] = ""
    shorter: str = ""
    """Part of the query that may find more: the domain of an e-mail address, the end of a phone number."""


def shape_of(query: str, country: str) -> Shape:
    """Read a query; `country` is where a VAT number without letters is from."""
    if reference := reference_in(query):
        return Shape(reference=reference)
    if found := _EMAIL.fullmatch(query):
        return Shape(kind="email", shorter=f"@{found[2]}")
    number, fault = _number(query, country)
    digits = "".join(filter(str.isdigit, query))
    if number is None and not fault and _PHONE.fullmatch(query) and len(digits) >= TELLING_DIGITS:
        return Shape(kind="phone", shorter=digits[-TELLING_DIGITS:] if len(digits) > TELLING_DIGITS else "")
    return Shape(number=number, fault=fault)


def reference_in(query: str) -> str:
    """The reference a query spells out, prefix included: eight letters alone are more likely a word."""
    if not fold(query).startswith(numbers.REQUEST.casefold()):
        return ""
    try:
        return numbers.parse(query, numbers.REQUEST)
    except numbers.NotANumber:
        return ""


def _number(query: str, country: str) -> tuple[VatNumber | None, str]:
    letters = fold(query).replace(" ", "").upper()
    is_long = sum(map(str.isdigit, query)) >= LEAST_DIGITS
    try:
        number = vat.parse(query)
        if number.prefix in letters or number.country in letters:
            return number, ""
    except VatFault as fault:
        if is_long and letters[:2].isalpha() and fault.code in _TELLING_FAULTS:
            return None, words_for(fault)
    try:
        return (vat.parse(query, country), "") if is_long else (None, "")
    except VatFault as fault:
        tells = fault.code in _TELLING_FAULTS and _BELGIAN_NUMBER.fullmatch(query)
        return None, words_for(fault) if tells else ""
