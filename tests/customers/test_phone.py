"""Phone numbers as people type them."""

import subprocess
import sys
import time

import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from customers import phone

# E.164 | typed | country of the address
FORMS = """
+3225551212 | +32 2 555 12 12 | BE
+3225551212 | 02 555 12 12 | BE
+3225551212 | 02/555.12.12 | BE
+3225551212 | 02-555-12-12 | BE
+3225551212 | (02) 555 12 12 | BE
+3225551212 | (0)2 555 12 12 | BE
+3225551212 | +32 (0)2 555 12 12 | BE
+3225551212 | +32(0)25551212 | BE
+3225551212 | +32 (02) 555 12 12 | BE
+3225551212 | +32 [0] 2 555 12 12 | BE
+3225551212 | (+32) 2 555 12 12 | BE
+3225551212 | (+32)(0)2/555.12.12 | BE
+3225551212 | 0032 2 555 12 12 | BE
+3225551212 | 00 32 (0)2 555 12 12 | BE
+3225551212 | 0032-2-555-12-12 | US
+3225551212 | ++32 2 555 12 12 | BE
+3225551212 | +0032 2 555 12 12 | BE
+3225551212 | + 32 2 555 12 12 | BE
+3225551212 | 32 2 555 12 12 | BE
+3225551212 | 011 32 2 555 12 12 | US
+3225551212 | tel:+32-2-555-12-12 | NL
+3225551212 | TEL:+3225551212 | NL
+3225551212 | tel:025551212;phone-context=+32 | NL
+3225551212 | Tel.: 02 555 12 12 | BE
+3225551212 | Tél. 02 555 12 12 | BE
+3225551212 | +32 2 555 12 12 |
+3225551212 | +32 2 555 12 12 | NL
+3225551212 | +32 2 555 12 12 | ZZ
+3225551212 | +32 2 555 12 12 | be
+3225551212 | ０２ ５５５ １２ １２ | BE
+3225551212 | ＋３２ ２ ５５５ １２ １２ | BE
+3225551212 | ٠٢ ٥٥٥ ١٢ ١٢ | BE
+32475123456 | 0475 12 34 56 | BE
+32475123456 | 0475/12.34.56 | BE
+32475123456 | +32475123456 | BE
+32475123456 | +32 0475 12 34 56 | BE
+32456123456 | 0456 12 34 56 | BE
+3280012345 | 0800 12 345 | BE
+3278151515 | 078 15 15 15 | BE
+31201234567 | 020-1234567 | NL
+31612345678 | 06-12345678 | NL
+31612345678 | +31 (0)6 12 34 56 78 | NL
+35226123456 | +352 (0) 26 12 34 56 | LU
+35226123456 | 26 12 34 56 | LU
+4722123456 | +47 (0) 22 12 34 56 | NO
+4722123456 | 22 12 34 56 | NO
+4930123456 | 030 / 12 34 56 | DE
+4930123456 | +49 (0) 30 - 12 34 56 | DE
+33142685300 | 01 42 68 53 00 | FR
+33142685300 | +33 (0)1.42.68.53.00 | FR
+390612345678 | 06 1234 5678 | IT
+390612345678 | +39 (0)6 1234 5678 | IT
+390612345678 | +39 06 1234 5678 | IT
+442079460958 | 020 7946 0958 | GB
+442079460958 | +44 (0)20 7946 0958 | GB
+442890123456 | 028 9012 3456 | XI
+302101234567 | 210 1234567 | EL
+12015550123 | (201) 555-0123 | US
+41446681800 | 044 668 18 00 | CH
+590590123456 | 0590 12 34 56 | GP
+590590123456 | 0590 12 34 56 | FR
+590690123456 | +33 6 90 12 34 56 | FR
+262269601234 | 0269 60 12 34 | FR
+33612345678 | 06 12 34 56 78 | FR
+262262123456 | 0262 12 34 56 | RE
+262262123456 | 0262 12 34 56 | FR
+262692123456 | 0692 12 34 56 | FR
+596596601234 | 0596 60 12 34 | FR
"""

# typed, extension
EXTENSIONS = [
    ("02 555 12 12 ext 5", "5"),
    ("02 555 12 12 ext. 5", "5"),
    ("02 555 12 12, ext. 5", "5"),
    ("02 555 12 12 Extension: 123", "123"),
    ("02 555 12 12 x5", "5"),
    ("02 555 12 12x5", "5"),
    ("02 555 12 12 poste 12", "12"),
    ("02 555 12 12 (poste 12)", "12"),
    ("02 555 12 12 toestel 12", "12"),
    ("02/555.12.12 - toestel 12", "12"),
    ("02 555 12 12 tst. 12", "12"),
    ("02 555 12 12 Durchwahl 12", "12"),
    ("02 555 12 12 DW 12", "12"),
    ("02 555 12 12 #12", "12"),
    ("02 555 12 12 # 12", "12"),
    ("02 555 12 12;ext=12", "12"),
    ("tel:+32-2-555-12-12;ext=0012", "0012"),
    ("02 555 12 12 ext ١٢", "12"),
    ("02 555 12 12", ""),
]

# fault | typed | country
FAULTS = """
letters | 1-800-FLOWERS | US
letters | +32 475 qsdfqs | BE
letters | 02 555 12 12 (bureau) | BE
letters | bureau 02 555 12 12 | BE
letters | O2 555 12 12 | BE
letters | poste 12 | BE
letters | 02 555 12 12 ext 12345678901 | BE
letters | 02 555 12 12 ext | BE
letters | ٠٢ ٥٥٥ الهاتف | BE
impossible | +3212345 | BE
impossible | 02 555 | BE
impossible | 0 | BE
impossible | 00 | BE
impossible | 000 000 000 | ID
impossible | 1111111111111111111111111111111111111111 | BE
impossible | 02 555 12 12 / 0475 12 34 56 | BE
unknown_calling_code | +999 12 34 56 78 | BE
unknown_calling_code | +999 | BE
unknown_calling_code | 00 999 12 34 56 78 | BE
unknown_country | 02 555 12 12 | ZZ
unknown_country | 02 555 12 12 |
short_number | 112 | BE
short_number | 101 | BE
short_number | 1733 | BE
short_number | +32 112 | BE
short_number | 911 | US
short_number | 999 | GB
premium | 0900 12 345 | BE
premium | +32 902 12 345 | NL
premium | 0900 1234 | NL
premium | +1 900 234 5678 | US
premium | 0899 12 34 56 | FR
format | =+3225551212 | BE
format | *31#0475123456 | BE
letters | 02 555 12 12; DROP | BE
format | () | BE
format | + | BE
format | 02 555 12 12 € | BE
"""


@pytest.mark.parametrize("row", FORMS.strip().splitlines())
def test_each_typed_form_comes_to_its_number(row: str) -> None:
    e164, typed, country = (cell.strip() for cell in row.split("|"))
    understood = phone.parse(typed, country)
    assert (understood.e164, understood.extension, understood.is_valid) == (e164, "", True)


@pytest.mark.parametrize(("typed", "extension"), EXTENSIONS)
def test_an_extension_stands_apart(typed: str, extension: str) -> None:
    understood = phone.parse(typed, "BE")
    assert (understood.e164, str(understood), understood.extension) == ("+3225551212", "+3225551212", extension)


@pytest.mark.parametrize("row", FAULTS.strip().splitlines())
def test_each_typed_form_is_refused_by_the_name_of_its_fault(row: str) -> None:
    code, typed, country = (cell.strip() for cell in row.split("|"))
    with pytest.raises(phone.PhoneFault) as refusal:
        phone.parse(typed, country)
    assert refusal.value.code == code


@pytest.mark.parametrize("typed", [None, "", "  ", "\t\u200b"])
def test_nothing_visible_is_empty(typed: str | None) -> None:
    with pytest.raises(phone.PhoneFault) as refusal:
        phone.parse(typed, "BE")
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("mark", ["\t", "\u00a0", "\u202f", "\u2009", "\u200b", "\u200e", "\u202a", "\u2066", "\ufeff"])
def test_blanks_of_any_width_and_invisible_marks_do_not_count(mark: str) -> None:
    assert phone.parse(f"{mark}+32{mark}2 555{mark} 12 12{mark}", "BE").e164 == "+3225551212"


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d")
def test_dashes_of_any_kind_separate(dash: str) -> None:
    assert phone.parse(dash.join(["02", "555", "12", "12"]), "BE").e164 == "+3225551212"


@pytest.mark.parametrize("character", ["\0", "\x1b", "\ud800"])
def test_a_character_that_no_keyboard_types_is_no_part_of_a_number(character: str) -> None:
    with pytest.raises(phone.PhoneFault) as refusal:
        phone.parse(f"02 555{character} 12 12", "BE")
    assert refusal.value.code == "format"


@pytest.mark.parametrize(
    ("typed", "country", "kind", "is_personal_line"),
    [
        ("02 555 12 12", "BE", "fixed", True),
        ("0475 12 34 56", "BE", "mobile", True),
        ("(201) 555-0123", "US", "fixed_or_mobile", True),
        ("085 888 1234", "NL", "voip", True),
        ("0800 12 345", "BE", "freephone", False),
        ("+800 1234 5678", "BE", "freephone", False),
        ("078 15 15 15", "BE", "company_access", False),
        ("0840 12 34 56", "CH", "shared_cost", False),
        ("0495 12 34 5", "BE", "unknown", True),
    ],
)
def test_the_plan_says_whose_line_it_is(typed: str, country: str, kind: str, is_personal_line: bool) -> None:
    understood = phone.parse(typed, country)
    assert (understood.kind, understood.is_personal_line) == (kind, is_personal_line)


def test_a_role_that_needs_a_personal_line_refuses_a_freephone_number() -> None:
    phone.check_personal(phone.parse("02 555 12 12", "BE"))
    with pytest.raises(phone.PhoneFault) as refusal:
        phone.check_personal(phone.parse("0800 12 345", "BE"))
    assert (refusal.value.code, refusal.value.params) == ("not_personal", {"kind": "freephone"})


def test_a_possible_number_outside_the_plan_passes_and_says_so() -> None:
    understood = phone.parse("070 123 123", "BE")
    assert (understood.e164, understood.is_valid) == ("+3270123123", False)


def test_a_fault_advises_a_number_of_the_country_in_question() -> None:
    for typed, country, example_number in [
        ("123", "NL", "+31 10 123 4567"),
        ("+33 1", "BE", "+32 12 34 56 78"),
        ("x", "", "+32 12 34 56 78"),
    ]:
        with pytest.raises(phone.PhoneFault) as refusal:
            phone.parse(typed, country)
        assert refusal.value.params == {"example": example_number}


def test_a_number_is_shown_internationally_with_its_extension() -> None:
    assert phone.parse("02/555.12.12 x5", "BE").readable == "+32 2 555 12 12 ext. 5"


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_an_example_of_every_region_is_understood_in_every_notation(region: str) -> None:
    number = phonenumbers.example_number(region)
    assert number is not None
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    for notation in (0, 1, 2, 3):
        assert phone.parse(phonenumbers.format_number(number, notation), region).e164 == e164


PIECE = st.one_of(
    st.text("0123456789", min_size=1, max_size=9),
    st.sampled_from(
        ["+", "00", "(0)", "tel:", ";ext=", ";phone-context=", " ext ", "x", "#", "+32", "+33", "\u202f", "/"]
    ),
    st.text(max_size=3),
)


@settings(max_examples=1000, deadline=None)
@given(
    typed=st.one_of(st.text(), st.lists(PIECE, max_size=8).map("".join)),
    country=st.one_of(st.none(), st.sampled_from(sorted(phonenumbers.SUPPORTED_REGIONS)), st.text(max_size=3)),
)
@example(typed="\ud800", country="BE")
@example(typed="tel:;phone-context=", country="BE")
def test_whatever_is_typed_gives_a_number_that_stays_itself_or_a_named_fault(typed: str, country: str | None) -> None:
    try:
        understood = phone.parse(typed, country)
    except phone.PhoneFault:
        return
    again = phone.parse(understood.readable, None)
    assert (again.e164, again.extension) == (understood.e164, understood.extension)
    assert phone.parse(understood.e164, None).e164 == understood.e164


@pytest.mark.parametrize("typed", ["1" * 10_000, "(" * 10_000, "a" * 10_000, "+" * 200, " ext" * 50, "(0)" * 66])
def test_a_long_text_is_answered_at_once(typed: str) -> None:
    phone.parse("+32 2 555 12 12", "BE")
    started = time.perf_counter()
    with pytest.raises(phone.PhoneFault):
        phone.parse(typed, "BE")
    assert time.perf_counter() - started < 0.05


def test_the_large_data_of_the_phone_package_stay_unread() -> None:
    script = "import sys, customers.phone; print({'phonenumbers.geocoder', 'phonenumbers.carrier'} & set(sys.modules))"
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "set()"
