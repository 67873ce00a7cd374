"""Cells of a CSV file that a spreadsheet would read as something else than the text they are. Pure.

Excel runs what starts with `=`, `+`, `-` or `@`, looks behind blanks and quotes for it, and turns what looks like a
number into one: `+3214550142` loses its plus, `0612` its nought, `1-2` becomes a day. In a CSV file there are two ways
to keep a text a text. `="+32…"` is a formula itself, which is what we keep out, and other programs show it raw. An
apostrophe in front is Excel's own mark of a text, reads as what it is in every program, and can be taken away again
without loss (`restored`): that is what we write. In an Excel file nothing of this is needed.

https://owasp.org/www-community/attacks/CSV_Injection
"""

import re

MARK = "'"
_TRIGGERS = "=+@＝＋＠－-"  # The hyphen last: between two others it would mean a range.
_QUOTES = "\"'´‘’‚‛“”„‟«»‹›＂＇"
_BLANKS = "".join(
    map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0xAD, 0x1680, 0x180E, *range(0x2000, 0x2010)])
) + "".join(map(chr, [*range(0x2028, 0x2030), 0x205F, *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0x3000, 0xFEFF]))
_AROUND_NUMBERS = "().,:/%€$£' \u00a0\u202f"

FIRST_SOUND, BEYOND_SOUND = "A", "{"
"""What starts with a letter of ASCII is sound: all others, by the order of their code points, are looked at closely."""

DANGEROUS = (
    rf"\A(?:[{_QUOTES}{_BLANKS}]*[{_TRIGGERS}]"
    r"|[\t\r\n]"
    rf"|[{_AROUND_NUMBERS}]*[0-9][0-9{_AROUND_NUMBERS}+-]*(?:[eE][+-]?[0-9]+)?\Z)"
)
"""A regular expression that Python and PostgreSQL read alike."""

_DANGEROUS = re.compile(DANGEROUS)


def restored(cell: str) -> str:
    """The text of a cell as it was before it was defused."""
    return cell[1:] if cell.startswith(MARK) and _DANGEROUS.match(cell[1:]) else cell
