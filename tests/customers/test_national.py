"""National registration numbers: what each typed form comes to, and what is refused by which name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers import national, vat

# canonical form | readable | typed | country
FORMS = """
BE0477472701 | BE 0477.472.701 | 0477.472.701 | BE
BE0477472701 | BE 0477.472.701 | KBO 0477.472.701 RPR Leuven | BE
BE0477472701 | BE 0477.472.701 | be0477472701 | BE
BE0477472701 | BE 0477.472.701 | 477472701 | BE
DE HRB 12345 | DE HRB 12345 | HRB 12345 | DE
DE HRB 12345 | DE HRB 12345 | hrb-12345 | DE
DE HRB 12345 AMTSGERICHT MUNCHEN | DE HRB 12345 AMTSGERICHT MUNCHEN | HRB 12345, Amtsgericht München | DE
NL 12345678 | NL 12345678 | 12.34.56.78 | NL
FR 123456782 | FR 123456782 | 123 456 782 | FR
GR 123 | GR 123 | 123 | EL
US 123456789 | US 123456789 | 12-3456789 | US
JP 1234 | JP 1234 | １２３４ | JP
RS 08123456 Ж | RS 08123456 Ж | 08123456 ж | RS
"""

FAULTS = f"""
empty |  | BE
too_short | 0477.472 | BE
too_long | 0477.472.70111 | BE
format | abc | BE
foreign_letters | ВЕ0202239951 | BE
all_zeros | 0000000000 | BE
wrong_first_digit | 9477472701 | BE
branch_number | 2.123.456.789 | BE
wrong_check_digits | 0477.472.702 | BE
prefix_country_mismatch | NL123456782B90 | BE
one_stop_shop | EU372022452 | BE
unknown_country | XX0477472701 | BE
empty | ... | DE
too_long | {"1" * 41} | DE
too_long | {"." * 201} | DE
format | HRB | DE
no_country | 0477472701 |
no_country | 0477472701 | <b>
"""


@pytest.mark.parametrize("row", FORMS.strip().splitlines())
def test_each_typed_form_comes_to_its_canonical_form(row: str) -> None:
    canonical, readable, typed, country = (cell.strip() for cell in row.split(" | "))
    number = national.parse(typed, country)
    assert (str(number), number.readable, national.readable(canonical)) == (canonical, readable, readable)


@pytest.mark.parametrize("row", FAULTS.strip().splitlines())
def test_each_typed_form_is_refused_by_the_name_of_its_fault(row: str) -> None:
    code, typed, country = (cell.strip() for cell in row.split("|"))
    with pytest.raises(national.NationalFault) as refusal:
        national.parse(typed, country)
    assert refusal.value.code == code


def test_a_belgian_company_has_one_number_with_and_without_vat() -> None:
    assert str(national.parse("0477.472.701", "BE")) == str(vat.parse("BE 0477.472.701"))


def test_a_character_that_no_keyboard_types_is_refused() -> None:
    with pytest.raises(national.NationalFault, match=r"\Aformat\Z"):
        national.parse("12\x0034", "DE")


@given(typed=st.text(), country=st.sampled_from(["BE", "DE", "US", "", "ZZ", "\x00"]))
def test_whatever_is_typed_gives_a_number_that_stays_itself_or_a_named_fault(typed: str, country: str) -> None:
    try:
        number = national.parse(typed, country)
    except national.NationalFault:
        return
    assert national.parse(number.text, country) == number
    assert len(str(number)) <= 60
