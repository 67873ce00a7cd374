"""Why a customer is among the hits: where the words of a search stand in what people can read. Pure but for folding."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from customers.search_text import SHORT_WORD, fold


@dataclass(frozen=True)
class Part:
    """A piece of a text; `hit` where a word of the search stands."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Look:
    """What a look for some words in a text came to."""

    found: Collection[str]
    """The folded words that stand in it."""
    parts: Sequence[Part]
    """The text, so that a page can mark what was found; none of an empty one."""


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return " " if character.isspace() else fold(character)


# Most texts are plain: this folds them in one go, letter by letter like the others.
_ASCII = {code: _folded(chr(code)) for code in range(128)}


def look(text: str, words: Collection[str], *, squeezed: bool = False) -> Look:
    """Look for folded words in a text. `squeezed`: blanks in it do not count, as in a phone number.

    Short words count at word starts only.
    """
    if not text:
        return Look((), ())
    if not words:
        return Look((), (Part(text),))
    folded = text.translate(_ASCII) if text.isascii() else "".join(map(_folded, text))
    if squeezed:
        folded = folded.replace(" ", "")
    starts = {word: start for word in words if (start := _start(text, folded, word)) >= 0}
    return Look(starts.keys(), _parts(text, _hits(text, starts, squeezed=squeezed)) if starts else (Part(text),))


def _start(text: str, folded: str, word: str) -> int:
    """Where a word begins in the folded text, -1 for nowhere; of a domain, whether it is one of the text's: 0 or -1."""
    if word.startswith("@"):
        domain = text.partition("@")[2]
        return 0 if domain and "".join(map(_folded, domain)).replace(" ", "").startswith(word[1:]) else -1
    return f" {folded}".find(f" {word}") if len(word) <= SHORT_WORD else folded.find(word)


def _hits(text: str, starts: Mapping[str, int], *, squeezed: bool) -> set[int]:
    """The places in the text, of its characters, at which one of the words stands."""
    places = _places(text, squeezed=squeezed)
    hits: set[int] = set()
    for word, start in starts.items():
        if word.startswith("@"):
            at = text.index("@")
            in_domain = _places(text[at:], squeezed=True)
            hits |= set(range(at, at + in_domain[len(word) - 2] + 1))
        else:
            hits |= set(range(places[start], places[start + len(word) - 1] + 1))
    return hits


def _places(text: str, *, squeezed: bool) -> list[int]:
    """For each character of the folded text, the place in the text that it came from."""
    places: list[int] = []
    for place, character in enumerate(text):
        piece = _folded(character)
        places += [place] * len(piece.strip() if squeezed else piece)
    return places


def _parts(text: str, hits: Iterable[int]) -> Sequence[Part]:
    """The text cut where hits begin and end."""
    marked = set(hits)
    cuts = [place for place in range(1, len(text)) if (place in marked) != (place - 1 in marked)]
    return tuple(
        Part(text[start:end], start in marked) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)
    )
