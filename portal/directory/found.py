"""Why a customer is among the hits: where the words of a search stand in what people can read. Pure but for folding."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from customers.search_text import SHORT_WORD, fold


class Part(NamedTuple):
    """A piece of a text; `hit` where a word of the search stands. A page has hundreds."""

    text: str
    hit: bool = False


class Look(NamedTuple):
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
    if not starts:
        return Look((), (Part(text),))
    return Look(starts.keys(), tuple(_parts(text, _joined(_hits(text, folded, starts, squeezed=squeezed)))))


def _start(text: str, folded: str, word: str) -> int:
    """Where a word begins in the folded text, -1 for nowhere; of a domain, whether it is one of the text's: 0 or -1."""
    if word.startswith("@"):
        domain = text.partition("@")[2]
        return 0 if domain and "".join(map(_folded, domain)).replace(" ", "").startswith(word[1:]) else -1
    return f" {folded}".find(f" {word}") if len(word) <= SHORT_WORD else folded.find(word)


def _hits(text: str, folded: str, starts: Mapping[str, int], *, squeezed: bool) -> Iterator[tuple[int, int]]:
    """From where to where in the text each of the words stands."""
    # Where no character was dropped and none became two, places are the same in both.
    is_alike = text.isascii() and len(folded) == len(text)
    places = range(len(text)) if is_alike else _places(text, squeezed=squeezed)
    for word, start in starts.items():
        if word.startswith("@"):
            at = text.index("@")
            in_domain = _places(text[at:], squeezed=True)
            yield at, at + in_domain[len(word) - 2] + 1
        else:
            yield places[start], places[start + len(word) - 1] + 1


def _places(text: str, *, squeezed: bool) -> Sequence[int]:
    """For each character of the folded text, the place in the text that it came from."""
    places: list[int] = []
    for place, character in enumerate(text):
        piece = _folded(character)
        places += [place] * len(piece.strip() if squeezed else piece)
    return places


def _joined(hits: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In the order of the text, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _parts(text: str, hits: Iterable[tuple[int, int]]) -> Iterator[Part]:
    """The text cut where hits begin and end."""
    done = 0
    for start, end in hits:
        if start > done:
            yield Part(text[done:start])
        yield Part(text[start:end], hit=True)
        done = end
    if done < len(text):
        yield Part(text[done:])
