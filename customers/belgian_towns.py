"""The towns of Belgian postcodes, in Dutch and French. Pure; `data/README.md` says where they come from.

Decided:

- A municipality, one before it was merged, and a place within it all name a town.
- Brussels, the word, does for every postcode of its region: people write `1030 Brussels` and mean Schaerbeek.
- What people add to a name takes nothing from it: `Sint-Gillis (Brussel)`, `Antwerpen-Berchem`, `Brussel 1`.
- The beginning of a name does: `Knokke`, and `Beveren`, which has been Beveren-Kruibeke-Zwijndrecht since 2025.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TOWNS = Path(__file__).parent / "data" / "belgian_towns.csv"
MAX_CHARACTERS = 200

_SAID_SHORT = {"st": ("sint", "saint", "sankt"), "ste": ("sainte",)}
_SAINTS = {"sint", "saint", "sainte", "sankt"}
_IN_ENGLISH = {"antwerp": "antwerpen", "brussels": "brussel", "ghent": "gent", "ostend": "oostende"}
_BRUSSELS = r"1[0-2][0-9]{2}"


@dataclass(frozen=True)
class Town:
    nl: str
    fr: str

    def name(self, language: str) -> str:
        """What it is called in a language (ISO 639): French in French, Dutch in all others."""
        return self.fr if language == "fr" else self.nl


def towns(postcode: str) -> tuple[Town, ...]:
    """The towns of a postcode as `postal.check` writes it, municipalities first; none where nobody has it."""
    return _towns().get(postcode, ())


def names(postcode: str) -> list[str]:
    """Every name of the towns of a postcode, in both languages."""
    return list(dict.fromkeys(name for town in towns(postcode) for name in (town.nl, town.fr)))


def is_town_of(postcode: str, city: str) -> bool:
    """Whether what somebody typed names a town of this postcode."""
    typed = _words(city[:MAX_CHARACTERS])
    typed = [_IN_ENGLISH.get(word, word) for word in typed]
    known = [_words(name) for name in names(postcode)]
    if re.fullmatch(_BRUSSELS, postcode):
        known += [["brussel"], ["bruxelles"]]
    return any(name and (_holds(typed, name) or _begins(name, typed)) for name in known)


@lru_cache(maxsize=1)
def _towns() -> dict[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = {}
    with TOWNS.open(encoding="utf-8", newline="") as file:
        for postcode, nl, fr in _rows(csv.reader(file)):
            found.setdefault(postcode, []).append(Town(nl=nl, fr=fr or nl))
    return {postcode: tuple(of_it) for postcode, of_it in found.items()}


def _rows(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    next(rows)  # the names of the columns
    return rows


def _words(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", name.casefold()).replace("œ", "oe").replace("ij", "y")
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return re.findall(r"[a-z]+", bare.replace("'", "").replace("’", ""))


def _holds(typed: list[str], name: list[str]) -> bool:
    """Whether all words of a name stand in what was typed, one behind the other; written in one word they do too."""
    if "".join(name) == "".join(typed):
        return True
    places = range(len(typed) - len(name) + 1)
    return any(all(map(_is_same, typed[place:], name)) for place in places)


def _begins(name: list[str], typed: list[str]) -> bool:
    """Whether a name begins with what was typed, and that says which town: `Sint` does not."""
    told = [word for word in typed if len(word) > 3 and word not in _SAINTS]
    return bool(told) and name[: len(typed)] == typed


def _is_same(typed: str, word: str) -> bool:
    return typed == word or word in _SAID_SHORT.get(typed, ())
