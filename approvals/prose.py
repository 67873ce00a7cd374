"""What people write in sentences, as it is kept. Pure."""

import unicodedata


def cleaned(text: str) -> str:
    """The text without control and invisible characters; "" where nothing readable is left. Line breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = "".join(character for character in text if character == "\n" or unicodedata.category(character)[0] != "C")
    return kept.strip()
