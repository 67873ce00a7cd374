"""Public numbers: eight random characters of Crockford's base 32, as in `C-4K7P-M2XN`. Pure.

They tell nothing of anybody's volume, can be read out on the phone, and are understood however typed.
Alphabet and the reading of look-alikes: https://www.crockford.com/base32.html
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

CUSTOMER = "C"
CONTACT = "CON"
REQUEST = "REQ"
MESSAGE = "MSG"
VIEW = "V"
EXPORT = "EXP"

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = re.compile(r"[\s\-‐-―.]+")


class NotANumber(ValueError):
    """The text is no public number of this kind."""


def new(prefix: str) -> str:
    """Draw a number: `new("C")` -> `C-4K7P-M2XN`. 2**40 of each kind; the column is unique all the same."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{body[:4]}-{body[4:]}"


def parse(text: str, prefix: str) -> str:
    """Return the number as stored, however it was typed: any case, dashes or none, O for 0, I or L for 1.

    Raises NotANumber for anything else, a number of another kind included.
    """
    if len(text) > 40:
        raise NotANumber(text[:40])
    squeezed = _SEPARATORS.sub("", text).upper()
    body = squeezed.removeprefix(prefix) if len(squeezed) > LENGTH else squeezed
    body = body.translate(_LOOK_ALIKES)
    if len(body) != LENGTH or any(character not in ALPHABET for character in body):
        raise NotANumber(text)
    return f"{prefix}-{body[:4]}-{body[4:]}"
