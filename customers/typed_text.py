"""What people type and paste, brought down to plain characters. Pure."""

import unicodedata

MAX_CHARACTERS = 200
"""Nobody types a number or a postcode longer than this; whatever is, is refused before it costs anything."""

# Characters that Unicode calls letters or symbols, and that show as nothing at all or as a dash.
_AS_SHOWN = {**dict.fromkeys(map(ord, "\u115f\u1160\u2800"), " "), ord("\u2212"): "-"}


class BrokenText(ValueError):
    """The text holds what no keyboard types: NUL and other control characters, half a surrogate pair, no character."""


def plain(text: str) -> str:
    """Fold compatibility forms, digits of any script and blanks of any width to ASCII.

    Accents and what is invisible are dropped, letters of other alphabets stay as they are: `ＢＥ０２０２` -> `BE0202`.
    Raises BrokenText.
    """
    return "".join(map(_plain, unicodedata.normalize("NFKD", text).translate(_AS_SHOWN)))


def _plain(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    if character.isspace():
        return " "
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
        case "Cf" | "Mn" | "Mc" | "Me":
            return ""
        case "Cc" | "Cs" | "Co" | "Cn":
            raise BrokenText(f"U+{ord(character):04X}")
    return character
