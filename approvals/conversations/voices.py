"""Who may write in which conversation, and under which name the other side reads it."""

from typing import Any

from approvals.models import RegistrationRequest, Thread
from approvals.refusals import NotAllowed, Refusal
from approvals.standing import is_onboarder, wrong_state
from approvals.workflow import State
from customers.permissions import Ability

ANSWER = "approvals.answer_thread"
ARXUS = "Arxus"


def answers_for_arxus(user: Any) -> bool:
    """Whether the user is Arxus staff with the right to write to partners and customers."""
    return bool(user.is_active and user.is_staff and user.has_perm(ANSWER))


def asks_support(user: Any) -> bool:
    """Whether the user may ask Arxus something: every member of a partner or a customer that works with us."""
    membership = getattr(user, "membership", None)
    return bool(user.is_active and not user.is_staff and membership is not None and membership.may(Ability.LOOK))


def may_write_about(user: Any, request: RegistrationRequest) -> bool:
    """Whether this person, who sees the request, may write in its conversation: members of the partner who may onboard,
    and Arxus staff who may answer, whatever became of it; nobody about a draft, which Arxus does not see."""
    return request.state != State.DRAFT and _takes_part(user, request)


def _takes_part(user: Any, request: RegistrationRequest) -> bool:
    return answers_for_arxus(user) if user.is_staff else is_onboarder(user, request.partner)


def writing_refusal(user: Any, *, request: RegistrationRequest) -> Refusal | None:
    """Why this person may not write in the conversation of a request, or None where they may."""
    if not RegistrationRequest.objects.visible_to(user).filter(pk=request.pk).exists():
        return NotAllowed()
    if not _takes_part(user, request):
        return NotAllowed()
    return None if may_write_about(user, request) else wrong_state(request, user)


def answering_refusal(user: Any, thread: Thread) -> Refusal | None:
    """Why this person may not write in an existing conversation, or None where they may."""
    if thread.request is not None:
        return writing_refusal(user, request=thread.request)
    if not Thread.objects.visible_to(user).filter(pk=thread.pk).exists():
        return NotAllowed()
    return None if answers_for_arxus(user) or asks_support(user) else NotAllowed()


def signature(user: Any, thread: Thread) -> str:
    """The name that the other side reads.

    Arxus staff sign as “Arxus”, as on every timeline: who of Arxus looks into a request is not the partner's to know,
    and nobody is to be worked on by name. The partner's own CSM signs by name: the partner has it with the phone number
    on every help page.
    """
    if not user.is_staff or (thread.partner.csm_id == user.pk and thread.customer_id is None):
        return str(user.get_full_name())
    return ARXUS
