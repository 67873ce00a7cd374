"""The table of VAT numbers as people type them: each row comes to what it says."""

from collections import Counter

import pytest

from customers import vat
from customers.fault_words import VAT_WORDS
from customers.vat_formats import FORMATS
from tests.customers.vat_table import TABLE, Typed


@pytest.mark.parametrize("row", TABLE, ids=lambda row: ascii(row.text))
def test_each_typed_form_comes_to_what_the_table_says(row: Typed) -> None:
    try:
        found = str(vat.parse(row.text, row.country or None))
    except vat.VatFault as fault:
        found = fault.code
    assert found == row.outcome


def test_the_table_is_long_and_leaves_no_country_and_no_fault_out() -> None:
    assert len(set(TABLE)) == len(TABLE) >= 400
    by_country = Counter(vat.parse(row.outcome).country for row in TABLE if row.is_number)
    assert {country: by_country[country] >= 5 for country in FORMATS} == dict.fromkeys(FORMATS, True)
    assert {row.country for row in TABLE} >= {"LI", "MC", "IM", "EL", "UK"}
    faults = {code for code in VAT_WORDS if not code.startswith("typed_")}
    assert {row.outcome for row in TABLE if not row.is_number} == faults
