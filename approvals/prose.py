"""What people write in sentences, reasons and messages, as it is kept. Pure.

Whoever wrote it has the text before their eyes, so nothing is refused: what cannot be seen, or would disturb the page
around it, is left out.
"""

import re
import unicodedata

from customers.one_line import MOST_MARKS

_JOINERS = "\u200c\u200d"
"""Persian and emoji need them."""
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LETTERS = dict.fromkeys(map(ord, "\t\u115f\u1160\u2800\u3164\uffa0"), " ")
_GAP = re.compile(r"\n[ \n]*\n(?=[ \n]*\n)")


def cleaned(text: str) -> str:
    """The text without control and invisible characters; "" where nothing readable is left. Line breaks stay, one
    empty line at a time."""
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text)).translate(_BLANK_LETTERS)
    kept, marks = [], 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if character == "\n" or character in _JOINERS or (category[0] != "C" and marks <= MOST_MARKS):
            kept.append(character)
    lines = [line.rstrip() for line in "".join(kept).split("\n")]
    text = _GAP.sub("\n", "\n".join(lines)).strip()
    return text if text.translate(dict.fromkeys(map(ord, _JOINERS))).strip() else ""
