"""Slips of the finger: letters left out, added, changed, or swapped with the next. Pure.

A folded text has a blank on either side of each word; the patterns are such that PostgreSQL (which finds them through
its trigrams), SQLite and Python read them alike.
"""

import re
from functools import lru_cache

SHORTEST = 4
"""Of fewer letters, everything is near everything."""
BEGINNING = 5
"""From so many letters on it may be the beginning of a longer word, where no whole one comes near."""
TWO_SLIPS = 8
"""From so many letters on, two of them may be wrong; and the beginning of a word is as much as people type of it."""
LETTER = "[^ ]"


def can_slip(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def can_begin(word: str) -> bool:
    """Whether it is looked at as the beginning of a longer word where no whole word is near; longer ones always are."""
    return can_slip(word) and BEGINNING <= len(word) < TWO_SLIPS


def one_slip(word: str) -> str:
    """The pattern of the folded texts in which a word stands that is one slip away from this one."""
    places = range(len(word))
    meant = [
        *(f"{word[:place]}{LETTER}{word[place:]}" for place in places),
        *(word[:place] + word[place + 1 :] for place in places),
        *(f"{word[:place]}{LETTER}{word[place + 1 :]}" for place in places),
        *(word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in places[:-1]),
    ]
    return f" ({'|'.join(dict.fromkeys(meant))}){'' if len(word) >= TWO_SLIPS else ' '}"


def two_slips(word: str) -> str:
    """The pattern of the folded texts in which a word stands that has one half of this one, and may have the other but
    for two slips; "" for a word that is too short for so many."""
    if len(word) < TWO_SLIPS:
        return ""
    half = len(word) // 2
    rest = len(word) - half
    return f" ({word[:half]}{LETTER}{{{rest - 2},{rest + 2}}}|{LETTER}{{{half - 2},{half + 2}}}{word[half:]}) "


def near_patterns(word: str) -> list[str]:
    """The patterns of the folded texts in which a word stands that is near this one. One for both kinds of slips takes
    PostgreSQL four times as long as two."""
    return [pattern for pattern in (one_slip(word), two_slips(word)) if pattern]


def begun_pattern(word: str) -> str:
    """The pattern of the folded texts in which a word begins with one that is one slip away from this one."""
    return one_slip(word).rstrip()


def parts_of(word: str) -> list[str]:
    """Parts of a folded text one of which is still there where a word near this one stands in it."""
    half = len(word) // 2
    end = "" if len(word) >= TWO_SLIPS else " "
    # Two letters that changed places across the middle spoil both halves.
    swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    return [f" {word[:half]}", f"{word[half:]}{end}", f" {swapped}{end}"]


def begun_part_of(word: str) -> str:
    """The same for a word that begins with one near this one. What slipped earlier leaves too little to look up."""
    return f" {word[: (len(word) + 1) // 2]}"


def near_words(typed: str, folded: str) -> set[str]:
    """The words of a folded text that somebody may have meant who typed this one; longer ones that begin so only where
    there is no other."""
    allowed = 1 if len(typed) < TWO_SLIPS else 2
    found = {match.group()[1:] for match in _looking(typed).finditer(folded)}
    near = {word: distance(typed, word) for word in found if word != typed and word.isalpha()}
    whole = {word for word, slipped in near.items() if slipped <= allowed}
    return whole or {word for word, slipped in near.items() if can_begin(typed) and slipped <= allowed + 1}


@lru_cache(maxsize=16)
def _looking(typed: str) -> re.Pattern[str]:
    """For any word near this one, to its end, with the blank before it and without that behind it."""
    patterns = (pattern.strip() for pattern in (one_slip(typed), two_slips(typed)) if pattern)
    return re.compile(f" (?:{'|'.join(patterns)}){LETTER}*")


def distance(typed: str, meant: str) -> int:
    """In slips; a word that goes on behind what was typed of it is one further off."""
    whole, start = slips(typed, meant)
    return min(whole, start + 1)


def slips(typed: str, meant: str) -> tuple[int, int]:
    """How many letters were left out, added, changed or swapped with the next: in the whole word, and at the fewest in
    its beginning."""
    longest = len(typed) + 3
    before: list[int] = []
    row = list(range(min(len(meant), longest) + 1))
    for place, letter in enumerate(typed, start=1):
        last, row = row, [place]
        for there, other in enumerate(meant[:longest], start=1):
            cost = min(last[there] + 1, row[there - 1] + 1, last[there - 1] + (letter != other))
            if place > 1 and there > 1 and letter == meant[there - 2] and typed[place - 2] == other:
                cost = min(cost, before[there - 2] + 1)
            row.append(cost)
        before = last
    return row[-1] + max(len(meant) - longest, 0), min(row)
