"""The folded text a customer is found by. Pure; the same for every database.

Folding: accents off, case off, punctuation deleted (not replaced: `a.b@x-y.be` -> `abxybe`), so that a word of a query
folded the same way is found wherever people put dots and dashes. Fields stand apart by one blank, with a blank at both
ends, so that `% nv%` finds word starts. One sign is kept: an `@` in front, as in `@acmebe`, the domain of an address.
"""

import re
import unicodedata
from collections.abc import Iterable

MAX_QUERY_CHARACTERS = 100
MAX_QUERY_WORDS = 8
SHORT_WORD = 2
"""Words up to this length match at word starts only: they hold no trigram, and inside words they mean nothing."""

LEGAL_FORMS = (
    "nv", "bv", "bvba", "vof", "cv", "cvba", "commv", "vzw", "ivzw", "sa", "srl", "sprl", "snc", "sc", "scrl", "asbl",
    "aisbl", "sas", "sasu", "sarl", "eurl", "gmbh", "ag", "kg", "ug", "spa", "ltd", "llc", "inc",
)  # fmt: skip
"""Folded, of the countries around. They stand beside a name, and nobody remembers which one it was."""

# Most texts are plain: this spares them the long way.
_ASCII = {code: None for code in range(128) if not (chr(code).isalnum() or chr(code).isspace())}
# Letters that no decomposition takes apart; what people type instead of them.
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_ONLY_NUMBER = re.compile(r"[\d\s.,/\-‐-―+()]+")
# A prefix and three digits or more: with fewer it may as well be words, as in `De 3 Biggen`.
_PART_OF_VAT = re.compile(
    r"\s*(at|be|bg|cy|cz|de|dk|ee|el|es|fi|fr|gr|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk|xi|gb|uk|che|no)[\s.\-]*"
    r"([a-z]?(?:[\s.\-/]*\d){3,}[\s.\-]*(?:[a-z]{1,2}\s*\d{0,2})?)\s*",
    re.IGNORECASE | re.ASCII,
)
_OTHER_PREFIXES = {"gr": "el", "uk": "gb"}
_COUNTRY_OF_POSTCODE = re.compile(r"\b[A-Z]{1,2}-(?=\d{4,5}\b(?!-))", re.IGNORECASE)
# What people put into a phone number and no stored form has: `+32 (0)2 …`, `0032 2 …`.
_DIALLED_ONLY = re.compile(r"\(0\)|^\s*00")


def fold(text: str) -> str:
    """Fold one text: `Société d'Énergie (N.V.)` -> `societe denergie nv`. Idempotent."""
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    kept = []
    for character in unicodedata.normalize("NFKD", decomposed):
        if character.isalnum():
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
    return " ".join("".join(kept).split())


def domain(email: str) -> str:
    """The word by which everybody at one domain is found: `els@x-y.be` -> `@xybe`."""
    return _domain_word(email.rpartition("@")[2])


def _domain_word(name: str) -> str:
    folded = fold(name).replace(" ", "")
    return f"@{folded}" if folded else ""


def document(fields: Iterable[str]) -> str:
    """Fold several fields into the text that is searched: blanks between them and at both ends.

    A field that begins with an `@` keeps it.
    """
    return joined(f"@{fold(field)}" if field.startswith("@") else fold(field) for field in fields)


def joined(folded: Iterable[str]) -> str:
    """The text that is searched, of fields folded already."""
    return f" {' '.join(filter(None, folded))} "


def words(query: str) -> list[str]:
    """Split what somebody typed into the folded words that all have to match.

    Digits with separators only are one word (`02 555 01 42`), and so is the beginning of a VAT number with its prefix
    (`BE 0477.472`); an `@` in front stays, and the postcode is taken out of `B-2300`. At most 8 words of the first 100
    characters count.
    """
    query = query[:MAX_QUERY_CHARACTERS]
    if _ONLY_NUMBER.fullmatch(query):
        joined = fold(_DIALLED_ONLY.sub("", query)).replace(" ", "")
        return [joined] if joined else []
    if part := _PART_OF_VAT.fullmatch(query):
        return [_part_of_vat(*part.groups())]
    found: dict[str, None] = {}
    for typed in _COUNTRY_OF_POSTCODE.sub("", query).split():
        found |= dict.fromkeys([_domain_word(typed)] if typed.startswith("@") else fold(typed).split())
    return list(filter(None, found))[:MAX_QUERY_WORDS]


def _part_of_vat(typed_prefix: str, typed_body: str) -> str:
    """As it stands in a canonical number; the 0 that people leave out of Belgian ones is put back."""
    prefix, body = fold(typed_prefix), fold(typed_body).replace(" ", "")
    prefix = _OTHER_PREFIXES.get(prefix, prefix)
    return f"{prefix}0{body}" if prefix == "be" and body[0] > "1" else f"{prefix}{body}"


def like_pattern(word: str) -> str:
    """The LIKE pattern of one folded word. Folded words hold letters and digits only: nothing to escape."""
    at_start = len(word) <= SHORT_WORD or word.startswith("@") or _PART_OF_VAT.fullmatch(word)
    return f"% {word}%" if at_start else f"%{word}%"


def full_names(query: str) -> list[str]:
    """The folded names that a query gives in full: as typed, and with another legal form, before or after, or none.

    `acme` names `Acme NV`, and so does `acme bv`: who looks for a company need not know what it has become.
    """
    typed = fold(query[:MAX_QUERY_CHARACTERS])
    bare = without_legal_forms(typed)
    if not bare:
        return [typed] if typed else []
    return list(
        dict.fromkeys(
            [typed, bare, *(f"{bare} {form}" for form in LEGAL_FORMS), *(f"{form} {bare}" for form in LEGAL_FORMS)]
        )
    )


def without_legal_forms(folded: str) -> str:
    """The folded words that are no legal forms, in their order."""
    return " ".join(word for word in folded.split() if word not in LEGAL_FORMS)
