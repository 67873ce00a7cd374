"""E-mail addresses as people type them: one form for one mailbox. Pure.

Decided:

- One address and nothing beside it. A comma would make two recipients of one in the mailer, and a line break a header.
- The domain is one that the internet can reach: no bare host name, no IP address, no reserved name.
- A domain beyond ASCII is kept as people read it, and its punycode spelling is the same address.
- Before the @, ASCII only and no quotes: many mail servers carry nothing else.
- Invisible characters pasted along are left out; marks that turn the text around are refused.
"""

from email_validator import EmailNotValidError, validate_email

from customers.faults import Fault
from customers.one_line import LineFault, one_line

MAX_CHARACTERS = 254


class AddressFault(Fault):
    """What is wrong with an e-mail address.

    - empty, too_long.
    - hidden_characters: control characters, line breaks, marks that turn the text around.
    - several: more than one address, or a name beside it.
    - no_at: nothing that looks like an address.
    - local_part: what stands before the @.
    - domain: what stands behind it.
    """


def parse(text: str) -> str:
    """Return the address as it is kept: `Els@BrightCloud.Example ` -> `Els@brightcloud.example`.

    Raises AddressFault, and nothing else, whatever the text.
    """
    if len(text) > 4 * MAX_CHARACTERS:
        raise AddressFault("too_long")
    try:
        typed = one_line(text)
    except LineFault:
        raise AddressFault("hidden_characters") from None
    if not typed:
        raise AddressFault("empty")
    if typed.count("@") > 1 or any(character in typed for character in " ,;<>"):
        raise AddressFault("several")
    local, at, _domain = typed.rpartition("@")
    if not at or not local:
        raise AddressFault("no_at")
    try:
        address = validate_email(typed, check_deliverability=False, strict=True, allow_smtputf8=False).normalized
    except EmailNotValidError:
        raise AddressFault("domain" if _is_local_part(local) else "local_part") from None
    if len(address) > MAX_CHARACTERS:
        raise AddressFault("too_long")
    return address


def _is_local_part(local: str) -> bool:
    try:
        validate_email(f"{local}@a.example", check_deliverability=False, strict=True, allow_smtputf8=False)
    except EmailNotValidError:
        return False
    return True
