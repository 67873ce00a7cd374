"""What of a query has to be found, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.search_text import document, domain, fold, full_names, like_pattern, without_legal_forms, words


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("Société d'Énergie", ["%societe%", "%denergie%"]),
        ("De Smet nv", ["% de%", "%smet%", "% nv%"]),
        ("smet Smet SMET", ["%smet%"]),
        ("02 555 01 42", ["%025550142%"]),
        ("+32 (0)2 555", ["%322555%"]),
        ("0032 2 555", ["%322555%"]),
        ("els@x-y.be", ["%elsxybe%"]),
        ("@x-y.be", ["% @xybe%"]),
        ("acme @X", ["%acme%", "% @x%"]),
        ("@ @@", []),
        ("BE 0477.472", ["% be0477472%"]),
        ("be 477", ["% be0477%"]),
        ("BE1", ["%be1%"]),
        ("BE 12", ["% be%", "% 12%"]),
        ("gr 094", ["% el094%"]),
        ("NL 1234 56 B01", ["% nl123456b01%"]),
        ("De 3 biggen", ["% de%", "% 3%", "%biggen%"]),
        ("B-2300 Turnhout", ["%2300%", "%turnhout%"]),
        ("D-10115", ["%10115%"]),
        ("C-1234-5678", ["%c12345678%"]),
        ("--- %_\\", []),
    ],
)
def test_words_and_where_they_stand(query: str, patterns: list[str]) -> None:
    assert [like_pattern(word) for word in words(query)] == patterns


def test_a_query_has_at_most_eight_words_of_its_first_hundred_characters() -> None:
    assert words("a b c d e f g h i j") == list("abcdefgh")
    assert words("x" * 99 + " yz") == ["x" * 99]


def test_fields_stand_apart_and_an_at_in_front_is_kept() -> None:
    assert document(["Acme N.V.", "", "els@x-y.be", domain("els@x-y.be")]) == " acme nv elsxybe @xybe "
    assert domain("no address") == "@noaddress"
    assert domain("") == ""


def test_a_full_name_is_given_with_any_legal_form_or_none() -> None:
    names = full_names("Acme B.V.")

    assert {"acme", "acme bv", "acme nv", "sa acme"} <= set(names)
    assert names[:2] == ["acme bv", "acme"]
    assert full_names("nv") == ["nv"]
    assert full_names("---") == []
    assert without_legal_forms("de nv zwaan bv") == "de zwaan"


@given(st.text(max_size=120))
def test_words_are_folded_already_and_hold_nothing_to_escape(query: str) -> None:
    for word in words(query):
        assert fold(word) == word.lstrip("@")
        assert not set(word) & set("%_\\ ")
