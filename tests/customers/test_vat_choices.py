"""What a VAT number comes to beside the country somebody chose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers import vat, vat_choices
from customers.vat_choices import Offer

# canonical form | readable | typed | country
TAKEN = """
BE0477472701 | BE 0477.472.701 | 0477.472.701 | BE
US123456789 | US 123456789 | 12-3456789 | US
US123456789 | US 123456789 | us 12 345 6789 | US
IN27AAPFU0939F1ZV | IN 27AAPFU0939F1ZV | 27aapfu0939f1zv | IN
AU51824753556 | AU 51824753556 | 51 824 753 556 | AU
TR1234567890 | TR 1234567890 | １２３４５６７８９０ | TR
NL123456789B01 | NL 123456789B01 | NL123456789B01 | NL
DE136695977 | DE 136 695 977 | DE136695977 | DE
XI980780685 | XI 980 7806 85 | XI980780685 | XI
"""

TYPED_FAULTS = f"""
typed_empty |  | US
typed_empty | ... | US
typed_format | none | US
typed_too_long | {"1" * 19} | US
typed_too_long | {"." * 201} | US
"""


@pytest.mark.parametrize("row", TAKEN.strip().splitlines())
def test_what_is_typed_is_taken_and_read_back_from_what_is_stored(row: str) -> None:
    canonical, readable, typed, country = (cell.strip() for cell in row.split(" | "))
    number = vat_choices.take(typed, country)
    assert (str(number), number.readable) == (canonical, readable)
    assert vat.stored(canonical) == number


@pytest.mark.parametrize("row", TYPED_FAULTS.strip().splitlines())
def test_what_is_no_number_of_any_country_has_a_name(row: str) -> None:
    code, typed, country = (cell.strip() for cell in row.split("|"))
    with pytest.raises(vat.VatFault) as refusal:
        vat_choices.take(typed, country)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("typed", "country"),
    [("BE0477472702", "BE"), ("GB980780685", "GB"), ("CHE-123.456.789", "CH"), ("NO 974 760 674 MVA", "NO")],
)
def test_wrong_check_digits_that_no_register_can_judge_are_refused(typed: str, country: str) -> None:
    with pytest.raises(vat.VatFault, match="wrong_check_digits"):
        vat_choices.take(typed, country)


def test_a_number_knows_whether_it_is_sound_and_whether_its_form_is_known() -> None:
    facts = {
        str(number): (number.is_known, number.is_sound, number.is_in_vies)
        for number in map(
            vat_choices.take, ("0477472701", "DE136695977", "123456", "980780684"), ("BE", "DE", "US", "GB")
        )
    }
    assert facts == {
        "BE0477472701": (True, True, True),
        "DE136695977": (True, False, True),
        "US123456": (False, True, False),
        "GB980780684": (True, True, False),
    }


def offered(typed: str, country: str) -> tuple[Offer, ...]:
    with pytest.raises(vat.VatFault) as refusal:
        vat_choices.take(typed, country)
    return vat_choices.offers(typed, country, refusal.value)


def test_a_number_of_another_country_is_offered_with_that_country() -> None:
    assert offered("NL 123456782 B90", "BE") == (Offer("NL", "NL 123456782B90"),)
    assert offered("NL 0477.472.701", "BE") == (Offer("NL", ""), Offer("BE", "BE 0477.472.701"))
    assert offered("BE 0477.472.701", "US") == (Offer("BE", "BE 0477.472.701"), Offer("US", ""))


def test_a_number_without_prefix_is_offered_with_every_country_it_fits() -> None:
    assert offered("123456782B90", "BE") == (Offer("NL", "NL 123456782B90"),)
    assert {offer.country for offer in offered("100.155.212", "BE")} == {"CH"}
    assert offered("hello", "BE") == ()
    assert [offer.country for offer in offered("120000020", "BE")] == ["GR", "GB", "NO"]


@pytest.mark.parametrize(
    ("typed", "country", "chosen"),
    [
        ("NL 123456782 B90", "BE", "NL"),
        ("NL 0477.472.701", "BE", "BE"),
        ("BE 0477.472.701", "US", "BE"),
        ("BE 0477.472.701", "US", "US"),
        ("123456782B90", "BE", "NL"),
    ],
)
def test_an_offer_that_is_chosen_is_taken(typed: str, country: str, chosen: str) -> None:
    assert chosen in {offer.country for offer in offered(typed, country)}
    assert vat_choices.take(vat_choices.settled(typed, chosen), chosen).country == chosen


@given(typed=st.text(), country=st.sampled_from(["BE", "DE", "US", "GB", "LI", "", "ZZ", "\x00", "BELGIUM"]))
def test_whatever_is_typed_nothing_but_a_named_fault_is_raised(typed: str, country: str) -> None:
    try:
        number = vat_choices.take(typed, country)
    except vat.VatFault as fault:
        for offer in vat_choices.offers(typed, country, fault):
            vat_choices.settled(typed, offer.country)
        return
    assert len(str(number)) <= 20
    assert vat.stored(str(number)) == number
