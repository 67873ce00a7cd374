"""Why a customer is among the hits: where the words of a search stand in what people can read. Pure but for folding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from customers.search_text import SHORT_WORD, fold


@dataclass(frozen=True)
class Part:
    """A piece of a text; `hit` where a word of the search stands."""

    text: str
    hit: bool = False


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    return " " if character.isspace() else fold(character)


def _with_places(text: str, *, squeezed: bool) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in the text that it came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        piece = _folded(character)
        if squeezed:
            piece = piece.strip()
        folded.append(piece)
        places += [place] * len(piece)
    return "".join(folded), places


def _spans(text: str, words: Iterable[str], *, squeezed: bool) -> dict[str, tuple[int, int]]:
    """For each word that stands in the text, from where to where. Short words count at word starts only."""
    folded, places = _with_places(text, squeezed=squeezed)
    spans: dict[str, tuple[int, int]] = {}
    for word in words:
        if word.startswith("@"):
            spans |= _domain_span(text, word)
            continue
        start = _start(folded, word)
        if start >= 0:
            spans[word] = (places[start], places[start + len(word) - 1] + 1)
    return spans


def _domain_span(text: str, word: str) -> dict[str, tuple[int, int]]:
    """Where the domain of an e-mail address begins with what was typed after an `@`."""
    at = text.find("@")
    folded, places = _with_places(text[at:], squeezed=True)
    if at < 0 or not folded.startswith(word[1:]):
        return {}
    return {word: (at, at + places[len(word) - 2] + 1)}


def _start(folded: str, word: str) -> int:
    return f" {folded}".find(f" {word}") if len(word) <= SHORT_WORD else folded.find(word)


def words_in(text: str, words: Iterable[str], *, squeezed: bool = False) -> set[str]:
    """Which of the folded words stand in the text. `squeezed`: blanks in it do not count, as in a phone number."""
    if not words:
        return set()
    folded = "".join(map(_folded, text))
    if squeezed:
        folded = folded.replace(" ", "")
    return {word for word in words if (_domain_span(text, word) if word.startswith("@") else _start(folded, word) >= 0)}


def marked(text: str, words: Iterable[str], *, squeezed: bool = False) -> Sequence[Part]:
    """The text in parts, so that a page can mark what was found."""
    words = words_in(text, words, squeezed=squeezed)
    if not words:
        return (Part(text),) if text else ()
    hits = {place for start, end in _spans(text, words, squeezed=squeezed).values() for place in range(start, end)}
    parts: list[Part] = []
    for place, character in enumerate(text):
        hit = place in hits
        if parts and parts[-1].hit == hit:
            parts[-1] = Part(parts[-1].text + character, hit)
        else:
            parts.append(Part(character, hit))
    return parts
