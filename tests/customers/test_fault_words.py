"""Every fault has words that say what to do."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from customers import national, phone, postal, vat, vat_choices
from customers.fault_words import NATIONAL_WORDS, PHONE_WORDS, POSTAL_WORDS, VAT_WORDS, words_for
from customers.faults import Fault
from tests.customers import test_national, test_phone, test_postal, test_vat_choices, vat_table

Reader = Callable[[str, str], object]


def refusal(read: Reader, typed: str, country: str) -> Fault:
    """Return the fault that a text comes to."""
    with pytest.raises(Fault) as raised:
        read(typed, country)
    return raised.value


def refusals(read: Reader, rows: str) -> list[Fault]:
    """Return a fault for each row `fault | typed | country` of a table."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    return [refusal(read, typed, country[0] if country else "") for _code, typed, *country in cells]


def not_personal() -> Fault:
    with pytest.raises(phone.PhoneFault) as raised:
        phone.check_personal(phone.parse("0800 12 345", "BE"))
    return raised.value


RAISED = [
    (
        VAT_WORDS,
        lambda: [
            *refusals(vat.parse, vat_table.FAULTS),
            refusal(vat.parse, "", "BE"),
            *refusals(vat_choices.take, test_vat_choices.TYPED_FAULTS),
        ],
    ),
    (NATIONAL_WORDS, lambda: refusals(national.parse, test_national.FAULTS)),
    (PHONE_WORDS, lambda: [*refusals(phone.parse, test_phone.FAULTS), refusal(phone.parse, "", "BE"), not_personal()]),
    (POSTAL_WORDS, lambda: [*refusals(postal.check, test_postal.FAULTS), refusal(postal.check, "", "BE")]),
]


@pytest.mark.parametrize(("words", "faults"), RAISED, ids=["vat", "national", "phone", "postal"])
def test_every_fault_that_is_raised_has_words_and_the_facts_they_name(
    words: Mapping[str, str | Promise], faults: Callable[[], list[Fault]]
) -> None:
    raised = faults()
    assert {fault.code for fault in raised} == set(words)
    for fault in raised:
        assert set(re.findall(r"%\((\w+)\)s", str(words[fault.code]))) <= set(fault.params)
        assert "%" not in words_for(fault)


def test_a_branch_number_is_explained() -> None:
    assert words_for(refusal(vat.parse, "2.123.456.789", "BE")) == (
        "This is the number of a branch (it starts with 2). "
        "Enter the company’s own number: it starts with 0 or 1, such as BE 0123.456.749."
    )


def test_countries_go_by_their_names_in_the_readers_language() -> None:
    mismatch = refusal(vat.parse, "NL123456782B90", "BE")
    assert words_for(mismatch) == (
        "This number starts with the letters of another country (Netherlands) than the one you chose (Belgium). "
        "Change the country, or correct the number."
    )
    with override("nl"):
        assert "Nederland" in words_for(mismatch)


def test_northern_ireland_and_several_countries_have_names_too() -> None:
    assert "(Northern Ireland)" in words_for(refusal(vat.parse, "GB980780684", "XI"))
    assert "Portugal, Romania." in words_for(refusal(vat.parse, "123456789", ""))


def test_a_country_without_a_name_goes_by_its_code() -> None:
    assert "(ZZ)" in words_for(refusal(vat.parse, "123456789", "ZZ"))
