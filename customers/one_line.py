"""Names, streets and other free text of one line, as it is kept: what people see is what is stored. Pure.

The text comes out in NFC, with single blanks and without characters that show as nothing, so that two texts that look
the same are the same. Kept is what writing needs: any script, emoji, a few accents on a letter, the joiners of Persian
and of emoji. Refused is what only serves to deceive or to break something: control characters, marks that turn the
direction of the text around, piles of accents.
"""

import re
import unicodedata

from customers.faults import Fault

MOST_MARKS = 8
"""Accents in a row. Vietnamese needs two, Tibetan five; hundreds of them cover the lines around."""

# Show as nothing: soft hyphen, zero-width blank, word joiner, byte order mark, direction hints, blank-looking letters.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u034f\u061c\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u180e"))
_BLANK_LETTERS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"), " ")
_BREAKS = re.compile("[\n\r\v\f\x85\u2028\u2029]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN_ALONE = re.compile("[\u200c\u200d\U000e0020-\U000e007f]")
"""Joiners, and the tags of flags: they change what stands beside them."""


class LineFault(Fault):
    """What is wrong with a text of one line.

    - several_lines: a line break within it.
    - control_character: NUL, escape, half a surrogate pair, or the mark of a byte that could not be read.
    - turned_text: marks that show the text in another order than it is stored in.
    - piled_marks: more accents on one letter than any language has.
    """


def one_line(text: str) -> str:
    """Return the text as it is kept; "" where nothing of it can be seen. Raises LineFault."""
    text = unicodedata.normalize("NFC", text).strip().translate(_INVISIBLE)
    if _BREAKS.search(text.strip()):
        raise LineFault("several_lines")
    if _TURNING.search(text):
        raise LineFault("turned_text")
    text = " ".join(text.translate(_BLANK_LETTERS).split())
    if any(character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cs", "Co") for character in text):
        raise LineFault("control_character")
    if _piles_marks(text):
        raise LineFault("piled_marks")
    return text if _UNSEEN_ALONE.sub("", text).strip() else ""


def _piles_marks(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run > MOST_MARKS:
            return True
    return False
