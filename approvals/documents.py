"""Which files are taken as evidence: PDF, PNG and JPEG, by content and by name. No Django.

Looked at are the parts every reader of these formats starts from. What is in the compressed parts of a PDF stays
unread, and a file can be sound in two formats at once: so documents leave the portal as attachments only.
"""

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic

EXTENSIONS = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
}
MAX_NAME = 200
MAX_SIDE = 30_000
MAX_PIXELS = 120_000_000
"""More than any telephone's camera makes; a small file can unpack to far more."""
MAX_ESCAPES = 20_000
"""Names in a PDF may be written with escapes; nobody needs that many, except to hide something."""

_PNG = b"\x89PNG\r\n\x1a\n"
_STREAM = re.compile(rb"stream\r?\n")
_ENCRYPTED = re.compile(rb"/Encrypt\s{1,9}\d{1,10}\s{1,9}\d{1,10}\s{1,9}R|/Encrypt\s{0,9}<<")
# Scripts, programs to start, files inside the file, embedded players. PDF 2.0 (ISO 32000-2), 7.11.4 and 12.6.4.
_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_UNSAFE_IN_NAMES = re.compile(r'[<>:"|?*;]')


class Unacceptable(ValueError):
    """A file that is not taken. `code`: empty, type, extension, damaged, encrypted, active, too_many_pixels."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Document:
    name: str
    content_type: str


def inspect(name: str, content: bytes) -> Document:
    """Return the cleaned name and the type of an acceptable file. Raises Unacceptable, and nothing else."""
    if not content:
        raise Unacceptable("empty")
    content_type = _type_of(content)
    name = clean_name(name)
    if PurePosixPath(name).suffix[1:].lower() not in EXTENSIONS[content_type]:
        raise Unacceptable("extension")
    _CHECKS[content_type](content)
    return Document(name, content_type)


def clean_name(name: str) -> str:
    """What somebody called a file, fit to be shown and downloaded by: no path, nothing invisible, never empty."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode("utf-8"))
    text = text.replace("\\", "/").rpartition("/")[2]
    text = "".join(" " if character.isspace() else character for character in text)
    text = "".join(character for character in text if unicodedata.category(character)[0] != "C")
    text = " ".join(_UNSAFE_IN_NAMES.sub("_", text).split()).strip(" .").lstrip("-.~ ")
    stem, dot, extension = text.rpartition(".")
    if dot and len(extension) < 10:
        return f"{stem[: MAX_NAME - len(extension) - 1].rstrip() or 'document'}.{extension}"
    return text[:MAX_NAME].rstrip() or "document"


def _type_of(content: bytes) -> str:
    try:
        found = {match.mime_type for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        raise Unacceptable("type") from None
    allowed = found & EXTENSIONS.keys()
    if len(allowed) != 1:
        raise Unacceptable("type")
    return allowed.pop()


def _check_pdf(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise Unacceptable("type")
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b" \t\r\n\f\0"):
        raise Unacceptable("damaged")
    structure = _outside_streams(content)
    if structure.count(b"#") > MAX_ESCAPES:
        raise Unacceptable("active")
    structure = _ESCAPE.sub(lambda match: bytes.fromhex(match[1].decode()), structure)
    if _ENCRYPTED.search(structure):
        raise Unacceptable("encrypted")
    if _ACTIVE.search(structure):
        raise Unacceptable("active")


def _outside_streams(content: bytes) -> bytes:
    """The objects of a PDF without the data of its streams: page texts, pictures, fonts."""
    kept, place = [], 0
    while (found := _STREAM.search(content, place)) is not None:
        kept.append(content[place : found.start()])
        end = content.find(b"endstream", found.end())
        if end < 0:
            return b" ".join([*kept, content[found.end() :]])
        place = end + len(b"endstream")
    return b" ".join([*kept, content[place:]])


def _check_png(content: bytes) -> None:
    """Walk the chunks (PNG, third edition, 5.3): each whole, the header first, nothing behind the end."""
    if not content.startswith(_PNG):
        raise Unacceptable("type")
    kinds: list[bytes] = []
    place = len(_PNG)
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        kind, end = content[place + 4 : place + 8], place + 8 + length
        if zlib.crc32(content[place + 4 : end]) != int.from_bytes(content[end : end + 4], "big"):
            raise Unacceptable("damaged")
        if not kinds:
            if kind != b"IHDR" or length != 13:
                raise Unacceptable("damaged")
            _check_size(*struct.unpack(">II", content[place + 8 : place + 16]))
        kinds.append(kind)
        place = end + 4
        if kind == b"IEND":
            break
    if kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds or place != len(content):
        raise Unacceptable("damaged")


_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def _check_jpeg(content: bytes) -> None:
    """Walk the segments (ITU T.81, B.1) to the picture, which must come to an end. Cameras add their own behind it."""
    place, framed = 2, False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Unacceptable("damaged")
        marker = content[place + 1]
        if marker == 0xFF:
            place += len(content[place:]) - len(content[place:].lstrip(b"\xff")) - 1
            continue
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        if length < 2:
            raise Unacceptable("damaged")
        if marker in _JPEG_FRAMES:
            if length < 8 or place + 9 > len(content):
                raise Unacceptable("damaged")
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            _check_size(width, height)
            framed = True
        place += 2 + length
        if marker == 0xDA:
            if framed and content.find(b"\xff\xd9", place) >= 0:
                return
            break
    raise Unacceptable("damaged")


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unacceptable("damaged")
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unacceptable("too_many_pixels")


_CHECKS = {"application/pdf": _check_pdf, "image/png": _check_png, "image/jpeg": _check_jpeg}
