"""What is refused as a VAT number, and by which name."""

import pytest

from customers import vat

# fault | typed | chosen country, if any
FAULTS = """
wrong_check_digits | BE0202239952
wrong_check_digits | BE 0477.472.702 | BE
wrong_check_digits | 477472702 | BE
wrong_check_digits | BTW BE 0477.472.702 RPR Leuven
wrong_check_digits | 0477472702
wrong_check_digits | DE136695977
wrong_check_digits | NL123456789B01
wrong_check_digits | FR41303265045
wrong_check_digits | ATU13585628
wrong_check_digits | EL094259217
wrong_check_digits | CHE-123.456.789
wrong_check_digits | NO 974 760 674 MVA
wrong_check_digits | GB980780685
wrong_check_digits | XI980780685
wrong_check_digits | IE6433435E
wrong_check_digits | ESB58378432
wrong_check_digits | PL8567346214
wrong_check_digits | SE123456789601
too_short | BE
too_short | BE 0477.472
too_short | 0477472 | BE
too_short | NL123456782
too_short | DE13669597
too_short | ATU1358562
too_short | GB98078068
too_short | CHE-123.456
too_short | LV4000352160
too_short | 12
too_short | 19
too_short | 1
too_long | BE04774727011
too_long | BE 0477.472.701 00
too_long | 00477472701 | BE
too_long | NL123456782B901
too_long | DE1366959760
too_long | CHE-123.456.788.1
too_long | RO12345678901
too_long | RO1800101221144
too_long | 12345678901234 | NL
wrong_first_digit | BE9999999999
wrong_first_digit | BE 9477.472.701
wrong_first_digit | 9477472701 | BE
wrong_first_digit | DE036695976
wrong_first_digit | CZ92345678
wrong_first_digit | GB 012345678
wrong_first_digit | GB 091234567
wrong_first_digit | SI00223054
branch_number | BE 2.123.456.789
branch_number | 2.123.456.789 | BE
branch_number | BE8123456789
branch_number | 3123456789 | BE
branch_number | 4123456789 | BE
branch_number | 5123456789 | BE
branch_number | 6123456789 | BE
branch_number | 7123456789 | BE
all_zeros | BE0000000000
all_zeros | BE0000000097
all_zeros | 000000000 | BE
all_zeros | NL000000000B01
all_zeros | DE000000000
all_zeros | ATU00000006
all_zeros | FR00000000000
all_zeros | EL000000000
all_zeros | GB000000000
all_zeros | CHE-000.000.000
all_zeros | NO000000000
all_zeros | ESB00000000
all_zeros | IE0000000W
all_zeros | LU00000000
all_zeros | CY00000000K
prefix_country_mismatch | NL123456789B01 | BE
prefix_country_mismatch | NL123456782B90 | BE
prefix_country_mismatch | BE0477472701 | NL
prefix_country_mismatch | VAT: DE 136695976 | BE
prefix_country_mismatch | EL094259216 | DE
prefix_country_mismatch | GB980780684 | XI
prefix_country_mismatch | GB980780684 | BE
prefix_country_mismatch | CHE-100.155.212 MWST | FR
prefix_country_mismatch | BE0477472701 | LI
prefix_country_mismatch | BE0477472701 | US
several_countries | 123456789
several_countries | 12.345.678
several_countries | 12345678
one_stop_shop | EU372022452
one_stop_shop | EU 372 022 452 | BE
one_stop_shop | IM3720000224
one_stop_shop | IM 372 000 0224 | IM
one_stop_shop | VAT EU372022452
unknown_country | US123456789
unknown_country | XX0477472701 | BE
unknown_country | 123456789 | US
unknown_country | US123456789 | US
unknown_country | 123456789 | ZZ
unknown_country | 123456789 | BELGIUM
foreign_letters | ВЕ0202239951
foreign_letters | ВЕ 0202239951 | BE
foreign_letters | ΒΕ0477472701
foreign_letters | BE０４７７４７２७０１一
format | BE04774727O1
format | BE0477472701XYZ
format | BE0477472701' OR 1=1
format | abc | BE
format | hello world
format | none | BE
format | n/a | BE
format | TVA non applicable | FR
format | XI GB 123456727
format | NL123456782C90
format | ES123456789
format | GBGD500
format | BE0477472701 BE0477472701
empty | --- | BE
empty | BTW | BE
empty | N° TVA :
empty | VAT no.
empty | VAT number
"""


@pytest.mark.parametrize("row", FAULTS.strip().splitlines())
def test_each_typed_form_is_refused_by_the_name_of_its_fault(row: str) -> None:
    code, typed, *country = (cell.strip() for cell in row.split(" | "))
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse(typed, *country)
    assert refusal.value.code == code


@pytest.mark.parametrize("typed", [None, "", " ", "\t\n", "\u00a0", "\u200b\ufeff", "\u3164\u2800"])
def test_nothing_visible_is_empty(typed: str | None) -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse(typed, "BE")
    assert (refusal.value.code, refusal.value.params) == ("empty", {"example": "BE 0123.456.749"})


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\ud800", "\ue000", "\uffff"])
def test_a_character_that_no_keyboard_types_is_no_part_of_a_number(character: str) -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse(f"BE0477{character}472701")
    assert refusal.value.code == "format"


def test_belgian_check_digits_end_at_97() -> None:
    # 00000097 is a multiple of 97: python-stdnum takes 00 and 97 for it, and 98 and 99 where 01 and 02 are right.
    assert str(vat.parse("BE0000009797")) == "BE0000009797"
    for body in ("0000009700", "0000009698", "0000009599"):
        with pytest.raises(vat.VatFault) as refusal:
            vat.parse(f"BE{body}")
        assert refusal.value.code == "wrong_check_digits"


def test_a_prefix_of_another_country_offers_what_each_country_would_give() -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("NL 0477.472.701", "BE")
    assert refusal.value.params == {
        "country": "BE",
        "prefix_country": "NL",
        "as_chosen": "BE 0477.472.701",
        "as_prefixed": "",
    }
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("NL 123456782 B90", "BE")
    assert refusal.value.params == {
        "country": "BE",
        "prefix_country": "NL",
        "as_chosen": "",
        "as_prefixed": "NL 123456782B90",
    }


def test_digits_that_fit_several_countries_name_each_of_them() -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("123456789")
    assert refusal.value.params == {"candidates": ("PT", "RO")}
    assert [str(vat.parse("123456789", country)) for country in ("PT", "RO")] == ["PT123456789", "RO123456789"]


def test_a_branch_number_says_what_it_starts_with() -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("2.123.456.789", "BE")
    assert refusal.value.params == {"country": "BE", "first": "2", "example": "BE 0123.456.749"}


def test_wrong_check_digits_carry_the_number_that_was_understood() -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("DE 136 695 977")
    assert str(refusal.value.number) == "DE136695977"


def test_any_other_fault_carries_no_number() -> None:
    with pytest.raises(vat.VatFault) as refusal:
        vat.parse("DE 136 695 97")
    assert refusal.value.number is None
