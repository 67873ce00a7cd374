"""Numbers on record are judged as they were when they were typed."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from customers import phone

REGIONS = ("BE", "NL", "LU", "FR", "GP", "RE", "MC", "DE", "GB", "JE", "IT", "VA", "ES", "CH", "US", "CA", "KZ", "AR")


def typed_as_personal(text: str) -> bool:
    try:
        return phone.parse(text, None).is_personal_line
    except phone.PhoneFault:
        return False


def test_numbers_of_every_kind_are_as_personal_as_when_typed() -> None:
    kinds = range(PhoneNumberType.FIXED_LINE, PhoneNumberType.VOICEMAIL + 1)
    examples = [phonenumbers.example_number_for_type(region, kind) for region in REGIONS for kind in kinds]
    numbers = {phonenumbers.format_number(example, PhoneNumberFormat.E164) for example in filter(None, examples)}

    assert {number for number in numbers if phone.is_personal_line(number)} == set(filter(typed_as_personal, numbers))


@pytest.mark.parametrize(
    "text", ["", "+", "+999123456", "0470550117", "+0032470550117", "+32470550117 ext 5", "+33590123456", "+3278150150"]
)
def test_what_is_odd_is_judged_as_if_typed(text: str) -> None:
    assert phone.is_personal_line(text) == typed_as_personal(text)
