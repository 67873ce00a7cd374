"""What is wrong with a customer's roles, in words."""

import pytest

from contacts.gaps import GAP_CODES
from portal.role_cards import gap_words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", ""),
        ("role_empty:dpo", "DPO missing"),
        ("has_left:technical", "Technical has left"),
        ("missing:2", "2 roles missing"),
        ("mend:3", "3 roles to mend"),
    ],
)
def test_a_code_has_its_words(code: str, words: str) -> None:
    assert gap_words(code) == words


def test_every_code_has_words_of_its_own() -> None:
    assert len({gap_words(code) for code in GAP_CODES}) == len(GAP_CODES)
