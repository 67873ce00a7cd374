"""What is worth a second look in the details of a company: it is named, and nothing is refused."""

from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers.details_hints import hints
from customers.hint_words import WORDS, words_for_hint
from customers.hints import Hint

RIGHT = {"country": "BE", "postcode": "2300", "city": "Turnhout", "number": "+32 14 55 01 42", "vat_country": "BE"}


def found(**changed: str) -> list[tuple[str, str]]:
    return [(hint.field, hint.code) for hint in hints(**(RIGHT | changed))]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"postcode": "B-2300", "city": "TURNHOUT"}, []),
        ({"city": "Antwerpen"}, [("city", "other_town")]),
        ({"city": ""}, []),
        ({"postcode": "2399"}, [("postcode", "unknown_postcode")]),
        ({"postcode": "ABC"}, [("postcode", "postcode_format")]),
        ({"postcode": ""}, []),
        ({"country": "HK", "postcode": "12345"}, [("country", "other_country"), ("postcode", "no_postcodes")]),
        ({"country": "NL", "postcode": "1012ab", "city": "Amsterdam"}, [("country", "other_country")]),
        ({"country": "NL", "postcode": "1012ab", "vat_country": "NL"}, []),
        ({"country": "GB", "postcode": "BT1 1AA", "vat_country": "XI"}, []),
        ({"country": "GR", "postcode": "10557", "vat_country": "EL"}, []),
        ({"country": "LI", "postcode": "FL-9490", "vat_country": "CH"}, []),
        ({"country": "MC", "postcode": "98000", "vat_country": "FR"}, []),
        ({"country": "IM", "postcode": "IM1 1AA", "vat_country": "GB"}, []),
        ({"country": "CH", "postcode": "8001", "vat_country": "LI"}, [("country", "other_country")]),
        ({"country": "NL", "postcode": "1012ab", "vat_country": ""}, []),
        ({"country": "", "postcode": "x"}, []),
        ({"country": "ZZ", "vat_country": ""}, []),
        ({"number": "+32 440 12 34 56"}, [("phone", "phone_not_planned")]),
        ({"number": "112"}, []),
        ({"number": ""}, []),
        ({"number": "0800 12 345"}, []),
        (
            {"country": "NL", "postcode": "99", "number": "+32 440 12 34 56"},
            [("country", "other_country"), ("postcode", "postcode_format"), ("phone", "phone_not_planned")],
        ),
    ],
)
def test_what_is_odd_is_named_at_its_field(changed: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert found(**changed) == expected


@pytest.mark.parametrize(
    ("postcode", "towns"),
    [
        ("2300", "Turnhout"),
        ("1050", "Brussel / Bruxelles, Elsene / Ixelles"),
        ("3700", "Tongeren-Borgloon / Tongres-Looz, Berg, Diets-Heur, Haren…"),
    ],
)
def test_another_town_is_told_in_both_languages(postcode: str, towns: str) -> None:
    (hint,) = hints(country="BE", postcode=postcode, city="Elders")
    assert hint.params == {"postcode": postcode, "towns": towns, "city": "Elders"}
    assert words_for_hint(hint) == (
        f"{postcode} is the postcode of {towns}, and you typed Elders. Go on if that is right: Arxus sees it."
    )


def test_countries_go_by_their_names() -> None:
    (hint,) = hints(country="NL", vat_country="BE")
    assert words_for_hint(hint) == (
        "The VAT number (Belgium) and the address (Netherlands) are of two countries. "
        "Go on if that is right: Arxus sees it."
    )


def test_words_hold_whatever_was_typed() -> None:
    (hint,) = hints(country="BE", postcode="2300", city="100% %(x)s {0} <b>")
    assert "100% %(x)s {0} <b>" in words_for_hint(hint)


def test_every_hint_has_words_that_name_only_what_it_carries() -> None:
    every = {
        "other_country": {"country": "NL", "vat_country": "BE"},
        "postcode_format": {"country": "NL", "example": "1234 AB"},
        "no_postcodes": {"country": "HK"},
        "unknown_postcode": {"postcode": "2399"},
        "other_town": {"postcode": "2300", "towns": "Turnhout", "city": "Gent"},
        "phone_not_planned": {},
        "typo": {"domain": "gmial.com", "meant": "gmail.com"},
        "free_mail": {"domain": "gmail.com"},
        "customers_domain": {"domain": "a.example"},
        "own_domain": {"domain": "a.example"},
        "near_banned": {"domain": "a.cronos.be", "banned": "cronos.be"},
    }
    assert set(every) == set(WORDS)
    for code, params in every.items():
        said = words_for_hint(Hint(field="x", code=code, params=params))
        assert said
        assert next(iter(Formatter().parse(said)))[1] is None


@settings(deadline=None, max_examples=300)
@given(st.text(), st.text(), st.text(), st.sampled_from(["BE", "NL", "HK", "", "XI", "?"]), st.text(max_size=4))
def test_no_text_raises(postcode: str, city: str, number: str, country: str, vat_country: str) -> None:
    for hint in hints(country=country, postcode=postcode, city=city, number=number, vat_country=vat_country):
        assert words_for_hint(hint)
