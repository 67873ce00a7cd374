"""The forms of a company's number and details: what people type is understood, or they read what to do about it."""

from typing import Any

import pytest

from customers.details import CustomerDetails
from customers.forms import DetailsForm, VatForm
from customers.models import Industry, Partner
from tests import builders

PARTNER = Partner(name="Brightcloud", country="BE")
TYPED = {
    "name": "Kempenvaart Logistiek NV",
    "legal_name": "",
    "phone": "014 55 01 42",
    "phone_extension": "",
    "street": "Kanaalkade 14",
    "postcode": "2300",
    "city": "Turnhout",
    "country": "BE",
    "industry": "H",
    "language": "nl",
}


@pytest.fixture
def industries() -> list[Industry]:
    return [Industry(code="H", name="Transport and storage", examples="Hauliers, couriers")]


def details_form(industries: list[Industry], **changed: Any) -> DetailsForm:
    return DetailsForm(TYPED | changed, industries=industries)


def codes(form: Any) -> dict[str, list[str]]:
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


@pytest.mark.parametrize(
    ("typed", "country", "canonical"),
    [
        ("BE 0202.239.951", "BE", "BE0202239951"),
        ("be202239951", "BE", "BE0202239951"),
        ("0202/239-951", "BE", "BE0202239951"),
        ("BTW BE0202239951\n", "BE", "BE0202239951"),
        ("٠٢٠٢٢٣٩٩٥١", "BE", "BE0202239951"),
        ("GR123456783", "GR", "EL123456783"),
    ],
)
def test_a_vat_number_is_understood_as_people_type_it(typed: str, country: str, canonical: str) -> None:
    form = VatForm({"vat_number": typed, "country": country}, partner=PARTNER)
    assert form.errors == {}
    assert str(form.number) == canonical


@pytest.mark.parametrize(
    ("typed", "country", "expected"),
    [
        ("", "BE", {"vat_number": ["required"]}),
        ("   ", "BE", {"vat_number": ["empty"]}),
        ("BE0202239952", "BE", {"vat_number": ["wrong_check_digits"]}),
        ("BE9999999999", "BE", {"vat_number": ["wrong_first_digit"]}),
        ("2100000000", "BE", {"vat_number": ["branch_number"]}),
        ("ВЕ0202239951", "BE", {"vat_number": ["foreign_letters"]}),
        ("9" * 10_000, "BE", {"vat_number": ["too_long"]}),
        ("BE02022\x0039951", "BE", {"vat_number": ["format"]}),
        ("0202239951", "ZZ", {"country": ["invalid_choice"]}),
        ("0202239951", "", {"country": ["required"]}),
    ],
)
def test_a_vat_number_that_is_not_understood_gets_one_error(
    typed: str, country: str, expected: dict[str, list[str]]
) -> None:
    form = VatForm({"vat_number": typed, "country": country}, partner=PARTNER)
    assert codes(form) == expected
    assert form.number is None


def test_details_come_out_cleaned(industries: list[Industry]) -> None:
    form = details_form(industries, name=" Kempenvaart  Logistiek NV ", phone="014/55.01.42 ext. 7", postcode="b-2300")
    assert form.errors == {}
    assert form.details("BE0202239951") == CustomerDetails(
        vat_number="BE0202239951",
        name="Kempenvaart Logistiek NV",
        legal_name="",
        phone="+3214550142",
        phone_extension="7",
        street="Kanaalkade 14",
        postcode="2300",
        city="Turnhout",
        country="BE",
        industry_code="H",
        language="nl",
    )


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("name", "", {"name": ["required"]}),
        ("name", " \u200b ", {"name": ["required"]}),
        ("name", "x" * 401, {"name": ["max_length"]}),
        ("name", "\u202eexe.fdp", {"name": ["turned_text"]}),
        ("name", "Ac\x00me", {"name": ["control_character"]}),
        ("name", "a\nb", {"name": ["several_lines"]}),
        ("name", "A" + "\u0323" * 300, {"name": ["piled_marks"]}),
        ("legal_name", "x" * 401, {"legal_name": ["max_length"]}),
        ("phone", "", {"phone": ["required"]}),
        ("phone", "+3212345", {"phone": ["impossible"]}),
        ("phone", "+999 123 456", {"phone": ["unknown_calling_code"]}),
        ("phone", "112", {"phone": ["short_number"]}),
        ("phone", "0900 12 345", {"phone": ["premium"]}),
        ("phone", "1-800-FLOWERS", {"phone": ["letters"]}),
        ("phone", "0" * 40, {"phone": ["impossible"]}),
        ("phone", "014\x0055", {"phone": ["format"]}),
        ("phone_extension", "twelve", {"phone_extension": [None]}),
        ("phone_extension", "1" * 11, {"phone_extension": [None]}),
        ("phone_extension", "١٢", {"phone_extension": [None]}),
        ("street", "", {"street": ["required"]}),
        ("street", "a\nb\nc\nd\ne", {"street": ["several_lines"]}),
        ("street", "x" * 301, {"street": ["max_length"]}),
        ("postcode", "", {"postcode": ["required"]}),
        ("postcode", "x" * 21, {"postcode": ["max_length"]}),
        ("city", "", {"city": ["required"]}),
        ("country", "ZZ", {"country": ["invalid_choice"]}),
        ("country", "be", {"country": ["invalid_choice"]}),
        ("industry", "", {"industry": ["required"]}),
        ("industry", "nope", {"industry": ["invalid_choice"]}),
        ("language", "xx", {"language": ["invalid_choice"]}),
    ],
)
def test_what_is_wrong_with_a_detail_is_said_at_its_field(
    industries: list[Industry], field: str, typed: str, expected: dict[str, list[str]]
) -> None:
    assert codes(details_form(industries, **{field: typed})) == expected


@pytest.mark.parametrize(
    "name",
    [
        "X",
        "x" * 307,
        "x" * 400,
        "O'Brien & Zonen",
        "Null",
        "N/A",
        "<img src=x onerror=alert(1)>",
        "{{7*7}}",
        "株式会社",
        "\U0001f355",
    ],
)
def test_real_names_pass(industries: list[Industry], name: str) -> None:
    form = details_form(industries, name=name)
    assert form.errors == {}
    assert form.details("").name == name


def test_the_length_of_a_name_counts_as_it_is_kept(industries: list[Industry]) -> None:
    assert details_form(industries, name="e\u0301" * 400).errors == {}


@pytest.mark.parametrize(("country", "typed"), [("BE", "ABC"), ("BE", "99999"), ("HK", "12345")])
def test_a_postcode_that_does_not_fit_is_kept_as_typed(industries: list[Industry], country: str, typed: str) -> None:
    form = details_form(industries, country=country, phone="+3214550142", postcode=typed)
    assert form.errors == {}
    assert form.details("").postcode == typed
    assert [hint.field for hint in form.hints] == ["postcode"]


def test_countries_without_postcode_and_city_ask_for_neither(industries: list[Industry]) -> None:
    form = details_form(industries, country="HK", phone="+85223456789", postcode="", city="")
    assert form.errors == {}
    assert form.hints == ()


def test_a_phone_number_is_read_with_the_country_of_the_address(industries: list[Industry]) -> None:
    form = details_form(industries, country="NL", phone="020 794 0800", postcode="1012 js", city="Amsterdam")
    assert form.errors == {}
    assert form.details("").phone == "+31207940800"
    assert form.details("").postcode == "1012 JS"


def test_two_different_extensions_are_asked_about(industries: list[Industry]) -> None:
    form = details_form(industries, phone="014 55 01 42 ext. 7", phone_extension="12")
    assert list(form.errors) == ["phone_extension"]


@pytest.mark.django_db
def test_only_industries_that_are_offered_can_be_chosen() -> None:
    builders.make_industry("H")
    Industry.objects.filter(code="H").update(retired=True)
    form = DetailsForm(TYPED)
    assert codes(form) == {"industry": ["invalid_choice"]}
    assert "H" not in form.offered
