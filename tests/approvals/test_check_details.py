"""What approvers read of details that are odd: amber, with the fact behind each, and blocking nothing."""

import pytest

from approvals.checks import signals
from approvals.checks.cases import Blocks, Level, Signal
from approvals.checks.company import WORDS
from customers.models import Partner
from portal.models import User
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

DETAILS = {"street": "Kanaalkade 14", "postcode": "2300", "city": "Turnhout", "country": "BE", "phone": "+3214550142"}


@pytest.fixture
def found(partner: Partner, onboarder: User) -> "Found":
    return Found(partner, onboarder)


class Found:
    def __init__(self, partner: Partner, actor: User) -> None:
        self.partner, self.actor = partner, actor

    def __call__(self, **changed: str) -> dict[str, Signal]:
        request = make_request(self.partner, self.actor)
        submission = request.submissions.latest("version")
        submission.snapshot["details"] |= DETAILS | {"phone_readable": "as readable"} | changed
        return {signal.code: signal for signal in signals(request, submission) if signal.code in WORDS}


def test_details_that_fit_are_no_signal(found: Found) -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("changed", "code", "title", "fact"),
    [
        (
            {"country": "NL", "postcode": "1012 JS"},
            "other_country",
            "Address in another country than the VAT number",
            "VAT number: Belgium. Address: Netherlands",
        ),
        (
            {"postcode": "ABC"},
            "postcode_format",
            "Postcode looks wrong",
            "Typed: ABC. In this country (Belgium) one looks like 4000",
        ),
        (
            {"postcode": "2399"},
            "unknown_postcode",
            "Postcode of no town we know",
            "Typed: 2399. Large organisations have one of their own",
        ),
        (
            {"city": "Gent"},
            "other_town",
            "Postcode and town do not fit",
            "2300 is the postcode of Turnhout. Typed: Gent",
        ),
        (
            {"phone": "+32440123456"},
            "phone_not_planned",
            "Company phone in no known range",
            "as readable has the right length and is in no numbering plan we know",
        ),
    ],
)
def test_odd_details_are_amber_and_block_nothing(
    found: Found, changed: dict[str, str], code: str, title: str, fact: str
) -> None:
    (signal,) = found(**changed).values()
    assert (signal.code, signal.level, signal.blocks) == (code, Level.AMBER, Blocks.NOTHING)
    assert (signal.title, signal.fact) == (title, fact)


def test_a_country_without_postcodes_is_two_signals(found: Found) -> None:
    assert list(found(country="HK", postcode="12345")) == ["other_country", "no_postcodes"]
