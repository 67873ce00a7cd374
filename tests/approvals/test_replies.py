"""What comes back to Arxus: something changed, a word why not, or said to stay as it was."""

import pytest

from approvals import drafts
from approvals.changes.asking import REPLIES, Asked
from approvals.changes.asking_refusals import NothingChanged
from approvals.decisions import decide
from approvals.models import Decision, RegistrationRequest, Submission
from approvals.workflow import Move, State
from customers.models import Customer, Partner
from portal.models import User
from tests.approvals import filled

pytestmark = pytest.mark.django_db

PHONE = Asked(field="details.phone", code="nobody_answers", text="")


@pytest.fixture
def returned(partner: Partner, onboarder: User, approver: User) -> RegistrationRequest:
    request = filled.sent(partner, onboarder)
    decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, asked=[PHONE])
    request.refresh_from_db()
    return request


def reply(actor: User, request: RegistrationRequest, **said: str) -> None:
    drafts.save_step(
        actor=actor,
        request=request,
        version=request.version,
        step=REPLIES,
        answer={path.replace("__", "."): text for path, text in said.items()},
        done=False,
    )


def test_nothing_changed_and_nothing_said_is_not_sent(returned: RegistrationRequest, onboarder: User) -> None:
    with pytest.raises(NothingChanged):
        filled.confirm(onboarder, returned, as_it_was=False)
    returned.refresh_from_db()
    assert (returned.state, Submission.objects.count()) == (State.CHANGES_REQUESTED, 1)


def test_said_to_stay_as_it_was_it_is_sent(returned: RegistrationRequest, onboarder: User) -> None:
    assert filled.confirm(onboarder, returned, as_it_was=True).version == 2


def test_a_change_needs_no_word(returned: RegistrationRequest, onboarder: User) -> None:
    second = filled.confirm(onboarder, returned, as_it_was=False, details=filled.details(phone="+3214550199"))
    assert (second.version, Customer.objects.get().phone) == (2, "+3214550199")


def test_a_reply_goes_with_the_version_it_answers_in_and_then_is_gone(
    returned: RegistrationRequest, onboarder: User
) -> None:
    reply(onboarder, returned, details__phone="  They answer from nine to five.\r\n\x07 ")
    second = filled.confirm(onboarder, returned, as_it_was=False)
    returned.refresh_from_db()
    assert second.replies == {"details.phone": "They answer from nine to five."}
    assert REPLIES not in returned.answers["steps"]


def test_replies_to_what_nobody_asked_are_left_out(returned: RegistrationRequest, onboarder: User) -> None:
    reply(onboarder, returned, details__name="It is right.", vat__number="So is this.", details__phone="\u200b ")
    with pytest.raises(NothingChanged):
        filled.confirm(onboarder, returned, as_it_was=False)


def test_a_reply_counts_for_its_own_round_only(returned: RegistrationRequest, onboarder: User, approver: User) -> None:
    reply(onboarder, returned, details__phone="It is right.")
    filled.confirm(onboarder, returned, as_it_was=False)
    decide(actor=approver, request=returned, move=Move.ASK_FOR_CHANGES, version=2, asked=[PHONE])
    with pytest.raises(NothingChanged):
        filled.confirm(onboarder, returned, as_it_was=False)
    assert Decision.objects.count() == 2


def test_the_first_submission_has_nothing_to_compare_with(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    first = filled.confirm(onboarder, request, as_it_was=False)
    assert (first.version, first.replies) == (1, {})
