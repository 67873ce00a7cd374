"""VAT numbers: what holds for every country and for whatever people type."""

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from customers import vat
from customers.vat_formats import CARRIED_BY, FORMATS, PREFIXES

MEMBER_STATES = {
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
}
FULL_WIDTH = {ord("0") + digit: ord("０") + digit for digit in range(10)} | {
    ord("A") + letter: ord("Ａ") + letter for letter in range(26)
}
ARABIC_INDIC = {ord("0") + digit: ord("٠") + digit for digit in range(10)}
BLANKS = "\u0009\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u2028\u202f\u205f\u3000"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufeff\ufe0f"

COSTUMES: dict[str, Callable[[vat.VatNumber], str]] = {
    "as printed": lambda number: number.readable,
    "canonical": str,
    "lower case": lambda number: str(number).lower(),
    "full width": lambda number: str(number).translate(FULL_WIDTH),
    "Arabic-Indic digits": lambda number: str(number).translate(ARABIC_INDIC),
    "blanks of every width": lambda number: BLANKS[0].join(number.readable.split()) + BLANKS[1:],
    "a blank between all characters": lambda number: f"{number.prefix} " + " ".join(number.body),
    "a no-break blank after the prefix": lambda number: f"{number.prefix}\u00a0{number.body}",
    "a narrow no-break blank": lambda number: f"{number.prefix}\u202f{number.body}",
    "invisible marks between all characters": lambda number: INVISIBLE.join(str(number)),
    "a direction mark around": lambda number: f"\u202b{number}\u202c\u200e",
    "a line break after": lambda number: f"{number}\r\n",
    "dots": lambda number: f"{number.prefix}.{number.body[:3]}.{number.body[3:]}",
    "slashes": lambda number: f"{number.prefix}/{number.body[:3]}/{number.body[3:]}",
    "a colon": lambda number: f"{number.prefix}: {number.body}",
    "dashes of every kind": lambda number: number.prefix + DASHES + number.body[:4] + DASHES + number.body[4:],
    "an English label": lambda number: f"VAT number: {number}",
    "a Dutch label": lambda number: f"BTW-nr. {number}",
    "a French label": lambda number: f"N° TVA : {number}",
    "a German label": lambda number: f"USt-IdNr.: {number}",
    "a glued label": lambda number: f"BTW{number}",
    "a doubled prefix": lambda number: f"{number.prefix} {number}",
    "the prefix in brackets": lambda number: f"({number.prefix}) {number.body}",
    "quotation marks": lambda number: f"“{number}”",
    "a company before": lambda number: f"Example Trading Ltd - {number}",
    "a town behind": lambda number: f"{number} Leuven",
}


@pytest.mark.parametrize("costume", COSTUMES.values(), ids=COSTUMES.keys())
@pytest.mark.parametrize("country", FORMATS)
def test_a_number_is_understood_in_any_costume(country: str, costume: Callable[[vat.VatNumber], str]) -> None:
    number = vat.parse(vat.COUNTRIES[country].example)
    typed = costume(number)
    assert vat.parse(typed) == number
    assert vat.parse(typed, country) == number


@pytest.mark.parametrize("country", vat.COUNTRIES)
def test_the_example_of_a_country_is_a_number_of_it_as_printed(country: str) -> None:
    offered = vat.COUNTRIES[country]
    number = vat.parse(offered.example, country)
    assert number.readable == offered.example
    assert (number.country, number.prefix) == (CARRIED_BY.get(country, country), offered.prefix)
    assert str(number).startswith(offered.prefix)


def test_the_countries_are_those_the_product_promises() -> None:
    assert set(vat.COUNTRIES) == MEMBER_STATES | {"XI", "GB", "CH", "LI", "NO"}


@pytest.mark.parametrize("country", vat.COUNTRIES)
def test_the_chosen_country_stands_in_for_a_missing_prefix(country: str) -> None:
    number = vat.parse(vat.COUNTRIES[country].example)
    assert vat.parse(number.body, country) == number
    assert vat.parse(number.body, country.lower()) == number


@pytest.mark.parametrize(
    ("typed", "readable"),
    [
        ("BE0123456749", "BE 0123.456.749"),
        ("NL123456782B90", "NL 123456782B90"),
        ("CHE100155212", "CHE-100.155.212"),
        ("NO995525828", "NO 995 525 828"),
        ("FR40303265045", "FR 40 303 265 045"),
        ("FRK7399859412", "FR K7399859412"),
        ("GB980780684", "GB 980 7806 84"),
        ("GBGD001", "GB GD001"),
        ("ATU13585627", "AT U13585627"),
        ("GR094259216", "EL 094259216"),
    ],
)
def test_a_number_is_shown_the_way_its_country_prints_it(typed: str, readable: str) -> None:
    assert vat.parse(typed).readable == readable


@pytest.mark.parametrize(
    ("typed", "country", "completed"),
    [
        ("477.472.701", "BE", True),
        ("0477.472.701", "BE", False),
        ("BE 0477.472.701", None, False),
        ("AT 13585627", None, True),
        ("CHE-100.155.212 MWST", None, False),
    ],
)
def test_a_number_says_whether_something_was_added_to_it(typed: str, country: str | None, completed: bool) -> None:
    assert vat.parse(typed, country).was_completed is completed


def test_only_the_union_and_northern_ireland_are_in_its_register() -> None:
    in_vies = {code for code, country in vat.COUNTRIES.items() if vat.parse(country.example, code).is_in_vies}
    assert in_vies == MEMBER_STATES | {"XI"}


def test_a_number_is_the_same_however_it_was_typed() -> None:
    assert vat.parse("477.472.701", "BE") == vat.parse("BTW BE0477472701")
    assert len({vat.parse("477.472.701", "BE"), vat.parse("BE0477472701")}) == 1


PIECES = st.sampled_from(
    [*PREFIXES, "BTW", "TVA", "N°", "EU", "IM", "NO", "DE", "(0)", "RPR", "Leuven", "MWST", "B", "U"]
)
PIECE = st.one_of(
    PIECES,
    st.text("0123456789", min_size=1, max_size=13),
    st.sampled_from([*BLANKS, *DASHES, *INVISIBLE, ".", "/", ",", "+", "*"]),
    st.text(max_size=3),
    st.sampled_from([country.example for country in vat.COUNTRIES.values()]),
)
COUNTRY = st.one_of(
    st.none(), st.sampled_from([*vat.COUNTRIES, "EL", "UK", "MC", "IM", "US", "ZZ", ""]), st.text(max_size=4)
)


@settings(max_examples=1000)
@given(typed=st.one_of(st.text(), st.lists(PIECE, max_size=8).map("".join)), country=COUNTRY)
@example(typed="BE\ud800", country="BE")
@example(typed="½²Ⅷ①፩ﷺ", country=None)
@example(typed="FRFR303265045", country="FR")
def test_whatever_is_typed_gives_a_number_that_stays_itself_or_a_named_fault(typed: str, country: str | None) -> None:
    try:
        number = vat.parse(typed, country)
    except vat.VatFault:
        return
    assert str(number).isascii()
    assert vat.parse(str(number)) == number
    assert vat.parse(number.readable) == number
    assert vat.parse(number.readable, number.country) == number
    assert vat.parse(number.readable).readable == number.readable


@given(country=st.sampled_from(sorted(FORMATS)), data=st.data())
def test_a_digit_that_differs_is_never_put_right_silently(country: str, data: st.DataObject) -> None:
    body = FORMATS[country].example
    place = data.draw(st.sampled_from([place for place, character in enumerate(body) if character.isdigit()]))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {body[place]})))
    typed = body[:place] + digit + body[place + 1 :]
    try:
        understood = str(vat.parse(typed, country))
    except vat.VatFault:
        return
    assert understood == FORMATS[country].canonical(typed)


@pytest.mark.parametrize("typed", ["1" * 10_000, "BTW " * 2_500, "B." * 5_000, "(0)" * 3_000, "!" * 10_000, "BE" * 100])
def test_a_long_text_is_answered_at_once(typed: str) -> None:
    started = time.perf_counter()
    with pytest.raises(vat.VatFault):
        vat.parse(typed, "BE")
    assert time.perf_counter() - started < 0.05


def test_a_text_of_more_than_200_characters_is_too_long_whatever_it_holds() -> None:
    assert str(vat.parse("BE0477472701" + " " * 188)) == "BE0477472701"
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("BE0477472701" + " " * 189)
    assert refusal.value.code == "too_long"


def test_a_fault_is_a_value_error_and_goes_by_its_code() -> None:
    with pytest.raises(ValueError, match=r"\Atoo_short\Z"):
        vat.parse("BE 0477")
