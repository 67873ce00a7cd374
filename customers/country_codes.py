"""Country codes as forms and people give them. Pure."""

_ALIASES = {"EL": "GR", "UK": "GB"}
_MAX_CHARACTERS = 8


def iso(country: object) -> str:
    """Return a code as ISO 3166 has it, in capitals; the European Union's EL is GR, people's UK is GB.

    XI, Northern Ireland, stays: it has VAT numbers of its own. "" where nothing is given. What is no code at all stays
    too, for a message to name: cut short, and with question marks for what is neither letter nor digit.
    """
    typed = str(country or "").strip()[:_MAX_CHARACTERS]
    code = "".join(mark if mark.isascii() and mark.isalnum() else "?" for mark in typed).upper()
    return _ALIASES.get(code, code)


def territory(country: object) -> str:
    """Return whose addresses and phone numbers are meant: Northern Ireland has the United Kingdom's."""
    code = iso(country)
    return "GB" if code == "XI" else code
