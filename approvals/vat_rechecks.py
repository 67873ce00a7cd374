"""Asks the VAT register again in the background: until it answers, nobody waits for it, or a week has passed.

Each number has pauses of its own, and none is asked about while the register of its country is left alone: however many
numbers wait, a country that is down is asked once in a while.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from approvals.models import RegistrationRequest
from approvals.refusals import NotAllowed
from approvals.standing import is_approver, wrong_state
from approvals.workflow import OPEN
from customers import vat, vat_checks
from customers.history import record
from customers.models import Partner, VatCheck
from customers.vies import Outcome

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
UNTIL = timedelta(days=7)
CLAIM = timedelta(minutes=5)
"""How long a worker has a number for itself: far longer than a question can take."""


@task
def ask_again(key: int) -> str:
    """Ask about one number if that is due; return what became of it.

    Run twice, or by two workers at once, it asks once: whoever comes second finds the number claimed.
    """
    check = _claim(key)
    if check is None:
        return "nothing to do"
    number = _number(check.number)
    if number is None or not _is_awaited(check):
        _stop(check)
        return "no longer awaited"
    if vat_checks.resting_until(number):
        return "left alone" if _plan(check, number, claimed=True) else "given up"
    asked = vat_checks.ask_anew(actor=None, partner=check.partner, number=number)
    if asked is None:
        _stop(check)
        return "asking is off"
    if asked.is_answered:
        return asked.outcome
    return "asked again later" if _plan(asked, number, claimed=True) else "given up"


def ask(*, actor: Any, partner: Partner, number: vat.VatNumber) -> VatCheck | None:
    """Ask for somebody who waits, as `vat_checks.ask`; where the register is silent, the background goes on asking.

    A number that is new costs no statement more for that than its task.
    """
    planned: list[datetime] = []

    def first_try() -> datetime:
        planned.append(_first_try(number, timezone.now() + FIRST_PAUSE))
        return planned[0]

    check = vat_checks.ask(actor=actor, partner=partner, number=number, first_try=first_try)
    if check is not None and check.next_try_at in planned:
        # Where this is as far as it comes, `requeue_lost` finds it.
        ask_again.using(run_after=check.next_try_at).enqueue(check.pk)
    elif check is not None:
        plan(check)
    return check


def plan(check: VatCheck) -> None:
    """See to it that a number is asked about again where it got no answer and nothing is planned yet."""
    number = _number(check.number)
    if number is not None and not check.is_answered:
        _plan(check, number)


def ask_now(*, actor: Any, request: RegistrationRequest) -> VatCheck | None:
    """Ask about the number of a request at once, for an approver who waits. None where it is none that can be asked.

    Waits for the register, so it belongs outside of transactions. Raises NotAllowed, and WrongState once it is decided.
    """
    if not is_approver(actor):
        raise NotAllowed
    if request.state not in OPEN:
        raise wrong_state(request, actor)
    number = _number(request.vat_number)
    check = vat_checks.ask_anew(actor=actor, partner=request.partner, number=number) if number else None
    if check is None:
        return None
    with transaction.atomic():
        record(
            actor=actor,
            action="register.asked_again",
            partner=request.partner,
            customer=request.customer,
            reference=request.reference,
            answer=check.outcome if check.is_answered else Outcome.NO_ANSWER.value,
            cause=check.cause,
        )
        plan(check)
    return check


def requeue_lost() -> int:
    """Put numbers back in the queue whose worker died or whose task was lost; return how many. Harmless at any time."""
    lost = list(VatCheck.objects.filter(_is_lost()).values_list("pk", flat=True))
    for key in lost:
        ask_again.enqueue(key)
    return len(lost)


def _claim(key: int) -> VatCheck | None:
    now = timezone.now()
    if not VatCheck.objects.filter(pk=key, next_try_at__lte=now).update(next_try_at=now + CLAIM):
        return None
    return VatCheck.objects.select_related("partner").get(pk=key)


def _stop(check: VatCheck) -> None:
    VatCheck.objects.filter(pk=check.pk).update(next_try_at=None)


def _is_lost() -> Q:
    """What is long overdue: whoever was to ask about it is gone."""
    return Q(next_try_at__lte=timezone.now() - CLAIM)


def _plan(check: VatCheck, number: vat.VatNumber, *, claimed: bool = False) -> bool:
    """Plan the next try, in the same transaction as its task; whether there is one.

    `claimed`: whether this worker has the number. Else only what nobody has planned meanwhile is planned.
    """
    at = _next_try(check, number)
    if at is None:
        _stop(check)
        return False
    rows = VatCheck.objects.filter(pk=check.pk)
    with transaction.atomic():
        if (rows if claimed else rows.filter(Q(next_try_at=None) | _is_lost())).update(next_try_at=at):
            check.next_try_at = at
            ask_again.using(run_after=at).enqueue(check.pk)
    return True


def _next_try(check: VatCheck, number: vat.VatNumber) -> datetime | None:
    """As long from now as the silence has lasted: each pause is twice the one before. None after a week.

    Not before the register of its country is asked again.
    """
    now = timezone.now()
    silence = now - (check.silent_since or now)
    if silence > UNTIL:
        return None
    return _first_try(number, now + min(max(silence, FIRST_PAUSE), LONGEST_PAUSE))


def _first_try(number: vat.VatNumber, at: datetime) -> datetime:
    """The first moment from then on at which the register of the number's country is asked."""
    return max(at, vat_checks.resting_until(number) or at)


def _is_awaited(check: VatCheck) -> bool:
    """Whether a request for the number is still being written or waits for a decision."""
    awaiting = RegistrationRequest.objects.filter(partner=check.partner, vat_number=check.number, state__in=OPEN)
    return awaiting.exists()


def _number(text: str) -> vat.VatNumber | None:
    try:
        return vat.parse(text)
    except vat.VatFault as fault:
        return fault.number
