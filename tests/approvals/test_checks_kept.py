"""What the checks said is kept with a decision as it was shown."""

import json
from dataclasses import replace

import pytest

from approvals.checks import frozen, signals
from approvals.checks.cases import Blocks, Level, Signal
from approvals.checks.record import thawed
from customers.models import Partner
from portal.models import User
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(partner: Partner, onboarder: User) -> list[Signal]:
    request = make_request(partner, onboarder, signing_authority=False)
    return signals(request, request.submissions.get())


def test_what_is_kept_is_plain_json_with_the_words_that_were_shown(found: list[Signal]) -> None:
    gravest = frozen(found)[0]

    assert json.loads(json.dumps(gravest)) == {
        "code": "may_not_sign",
        "level": "red",
        "title": "Authority to sign not declared",
        "fact": found[0].fact,
        "at": found[0].at.isoformat(),
        "blocks": "approval",
    }


def test_every_signal_is_kept_in_its_order_and_reads_as_before(found: list[Signal]) -> None:
    assert thawed(json.loads(json.dumps(frozen(found)))) == [replace(signal, links=()) for signal in found]


@pytest.mark.parametrize(("code", "blocks"), [("may_not_sign", Blocks.APPROVAL), ("roles_right", Blocks.NOTHING)])
def test_what_a_signal_blocks_is_said_by_the_signal(code: str, blocks: Blocks, found: list[Signal]) -> None:
    signal = next(signal for signal in found if signal.code == code)

    assert signal.blocks is blocks
    assert blocks is Blocks.NOTHING or signal.level is Level.RED
