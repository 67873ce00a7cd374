"""What is refused as a VAT number, and by which name."""

import pytest

from customers import vat


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
