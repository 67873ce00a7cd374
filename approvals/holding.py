"""Who works on a request: take it, give it back, take it over. While somebody holds it, nobody else decides.

A hold that is left idle lapses (`HOLD_MINUTES`); every act of the holder on the request renews it. Partners never read
who held their request.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from approvals.decision_refusals import HeldByOther
from approvals.locking import lock
from approvals.models import RegistrationRequest
from approvals.models.registration import hold_lasts
from approvals.queue import unheld_for
from approvals.refusals import Refusal
from approvals.standing import refusal
from approvals.workflow import Move
from customers.history import record

TRIES = 20
"""More than there are approvers who could be a moment quicker."""


@transaction.atomic(durable=True)
def take(*, actor: Any, request: RegistrationRequest) -> RegistrationRequest:
    """Hold a request that nobody holds. Taking what one holds renews it.

    Raises RequestGone, NotAllowed, WrongState, OwnRequest, HeldByOther.
    """
    current = lock(request)
    if found := refusal(Move.TAKE, current, actor):
        raise found
    hold(actor, current)
    return current


def take_oldest(*, actor: Any) -> RegistrationRequest | None:
    """Take the oldest request that nobody holds and that this person could decide on; None where there is none.

    Whoever is a moment late gets the one after it.
    """
    for request in unheld_for(actor)[:TRIES]:
        try:
            return take(actor=actor, request=request)
        except Refusal:
            continue
    return None


@transaction.atomic(durable=True)
def give_back(*, actor: Any, request: RegistrationRequest) -> RegistrationRequest:
    """Let go of a request: anybody may take it again.

    Raises RequestGone, NotAllowed, WrongState, OwnRequest, HeldByOther, NotHeld.
    """
    current = lock(request)
    if found := refusal(Move.GIVE_BACK, current, actor):
        raise found
    let_go(current)
    current.save(update_fields=["held_by", "held_at"])
    _record(actor, current, "request.given_back")
    return current


@transaction.atomic(durable=True)
def take_over(*, actor: Any, request: RegistrationRequest, expected_holder: Any) -> RegistrationRequest:
    """Hold a request that somebody else holds: `expected_holder`, as the page said from which this was pressed.

    Where nobody holds it any more it is simply taken. Raises RequestGone, NotAllowed, WrongState, OwnRequest, and
    HeldByOther where it has passed to a third person meanwhile.
    """
    current = lock(request)
    if found := refusal(Move.TAKE_OVER, current, actor):
        raise found
    holder = current.holder()
    if current.held_at is None or holder is None or holder == actor:
        hold(actor, current)
        return current
    if holder != expected_holder:
        raise HeldByOther(holder, current.held_at)
    _hold(actor, current)
    _record(actor, current, "request.taken_over", **{"from": holder.get_full_name()})
    return current


def hold(actor: Any, request: RegistrationRequest) -> None:
    """Renew the actor's hold on a locked request, or begin one: on record, as by taking it."""
    is_held = request.holder() == actor
    _hold(actor, request)
    if not is_held:
        _record(actor, request, "request.taken")


def renew(*, actor: Any, request: RegistrationRequest) -> None:
    """Begin the holder's time anew, as every act of theirs on the request does. Changes nothing for anybody else."""
    now = timezone.now()
    held = RegistrationRequest.objects.filter(pk=request.pk, held_by=actor, held_at__gt=now - hold_lasts())
    held.update(held_at=now)


def let_go(request: RegistrationRequest) -> None:
    """Free a locked request, without saving it: a decided one is nobody's to hold."""
    request.held_by = request.held_at = None


def _hold(actor: Any, request: RegistrationRequest) -> None:
    request.held_by = actor
    request.held_at = timezone.now()
    request.save(update_fields=["held_by", "held_at"])


def _record(actor: Any, request: RegistrationRequest, action: str, **facts: Any) -> None:
    record(
        actor=actor,
        action=action,
        partner=request.partner,
        customer=request.customer,
        reference=request.reference,
        **facts,
    )
