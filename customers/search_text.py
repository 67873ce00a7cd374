"""The folded text a customer is found by. Pure; the same for every database.

Folding: accents off, case off, punctuation deleted (not replaced: `a.b@x-y.be` -> `abxybe`), so that a word of a query
folded the same way is found wherever people put dots and dashes. Fields stand apart by one blank, with a blank at both
ends, so that `% nv%` finds word starts.
"""

import re
import unicodedata
from collections.abc import Iterable

MAX_QUERY_CHARACTERS = 100
MAX_QUERY_WORDS = 8
SHORT_WORD = 2
"""Words up to this length match at word starts only: they hold no trigram, and inside words they mean nothing."""

# Letters that no decomposition takes apart; what people type instead of them.
_SPECIAL = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_ONLY_NUMBER = re.compile(r"[\d\s.,/\-‐-―+()]+")
# What people put into a phone number and no stored form has: `+32 (0)2 …`, `0032 2 …`.
_DIALLED_ONLY = re.compile(r"\(0\)|^\s*00")


def fold(text: str) -> str:
    """Fold one text: `Société d'Énergie (N.V.)` -> `societe denergie nv`. Idempotent."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_SPECIAL)
    kept = []
    for character in unicodedata.normalize("NFKD", decomposed):
        if character.isalnum():
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
    return " ".join("".join(kept).split())


def document(fields: Iterable[str]) -> str:
    """Fold several fields into the text that is searched: blanks between them and at both ends."""
    folded = " ".join(filter(None, map(fold, fields)))
    return f" {folded} "


def words(query: str) -> list[str]:
    """Split what somebody typed into the folded words that all have to match.

    Digits with separators only are one word (`02 555 01 42`); at most 8 words of the first 100 characters count.
    """
    query = query[:MAX_QUERY_CHARACTERS]
    if _ONLY_NUMBER.fullmatch(query):
        joined = fold(_DIALLED_ONLY.sub("", query)).replace(" ", "")
        return [joined] if joined else []
    return list(dict.fromkeys(fold(query).split()))[:MAX_QUERY_WORDS]


def like_pattern(word: str) -> str:
    """The LIKE pattern of one folded word. Folded words hold letters and digits only: nothing to escape."""
    return f"% {word}%" if len(word) <= SHORT_WORD else f"%{word}%"
