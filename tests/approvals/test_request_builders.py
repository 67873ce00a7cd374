"""What other tests build on holds: a request in every state, as the constraints of the database want it."""

import pytest

from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Partner
from portal.models import User
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State)
def test_a_request_can_be_built_in_every_state(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    request.refresh_from_db()
    assert request.state == state
    assert request.submissions.count() == (0 if state is State.DRAFT else 1)


def test_what_the_snapshot_says_can_be_replaced(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, liability="We accept the liability.")
    assert request.submissions.get().snapshot["liability"] == "We accept the liability."
