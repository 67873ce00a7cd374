"""What the VAT register says about a number, asked as seldom and waited for as briefly as can be."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from customers import circuit, vat, vies
from customers.models import Customer, Partner, VatCheck
from customers.vat import VatNumber
from customers.vies import Answer, Cause, Outcome

logger = logging.getLogger(__name__)

REMEMBERED = timedelta(hours=24)
"""How long an answer is good for whoever asks again."""
AFTER_SILENCE = timedelta(minutes=5)
"""How long nobody waits once more for a number that just got no answer."""
FORGOTTEN = timedelta(days=30)
"""After which the word on a number that came to no customer is deleted."""

NOT_ASKED = {Cause.RESTING, Cause.RATIONED}
"""Causes for which the register was spared the question."""

HOUR = 60 * 60
PER_USER, PER_PARTNER = 60, 300
"""Questions in an hour: far more than anybody types, far fewer than it takes to copy the register."""


def is_on() -> bool:
    return bool(settings.VIES_URL)


def known(*, partner: Partner, number: str) -> VatCheck | None:
    """What this partner was last told about a number in canonical form; None where it never asked, or asking is off."""
    return VatCheck.objects.filter(partner=partner, number=number).first() if is_on() else None


def known_of_all(numbers: Iterable[str]) -> dict[tuple[int, str], VatCheck]:
    """What is known of these numbers, by primary key of the partner and number: one query, none where asking is off."""
    if not is_on():
        return {}
    return {(check.partner_id, check.number): check for check in VatCheck.objects.filter(number__in=numbers)}


def ask(
    *, actor: Any, partner: Partner, number: VatNumber, first_try: Callable[[], datetime] | None = None
) -> VatCheck | None:
    """What the register says: remembered, or asked now. None where asking is off.

    `first_try` says when the background is to ask about a number of which nothing is known yet and that gets no answer:
    written together with the rest. Waits at most `VIES_TIMEOUT` seconds, and not at all while the register keeps
    failing for the country. Belongs outside of transactions, and never into a form's `clean`, which runs several times.
    """
    if not is_on():
        return None
    before = known(partner=partner, number=str(number))
    if before is not None and is_fresh(before):
        return before
    return _ask(before, actor, partner, number, first_try)


def ask_anew(*, actor: Any | None, partner: Partner, number: VatNumber) -> VatCheck | None:
    """Ask now, whatever is remembered; `actor` None is the background. Else as `ask`."""
    if not is_on():
        return None
    return _ask(known(partner=partner, number=str(number)), actor, partner, number)


def is_fresh(check: VatCheck) -> bool:
    """Whether asking again is pointless for now."""
    now = datetime.now(UTC)
    if check.cause in NOT_ASKED:
        return False
    if not check.is_answered:
        return now - check.tried_at < AFTER_SILENCE
    return now - check.asked_at < REMEMBERED


def resting_until(number: VatNumber) -> datetime | None:
    """When the register of the number's country is asked again; None where it is asked now."""
    return circuit.resting_until(number.prefix)


def of_customers() -> Exists:
    """The condition that a number came to be one of the partner's customers, in whatever state.

    What a partner looked up besides is its own affair, as its drafts are.
    """
    return Exists(Customer.objects.filter(partner=OuterRef("partner"), vat_number=OuterRef("number")))


def sweep() -> int:
    """Delete what nobody needs any more: old words on numbers that came to no customer. Return how many there were."""
    old = VatCheck.objects.filter(~of_customers(), tried_at__lt=datetime.now(UTC) - FORGOTTEN)
    return old.delete()[0]


def _ask(
    before: VatCheck | None,
    actor: Any | None,
    partner: Partner,
    number: VatNumber,
    first_try: Callable[[], datetime] | None = None,
) -> VatCheck:
    began = time.monotonic()
    answer = _answer(actor, partner, number)
    if answer.cause in NOT_ASKED and before is not None and not before.is_answered:
        return before  # Not asked: what the last try came to says more.
    check = before or VatCheck(partner=partner, number=str(number))
    check.asked_by = actor
    is_asked = number.is_in_vies and answer.cause not in NOT_ASKED
    check.took = round(time.monotonic() - began, 3) if is_asked else None
    if first_try is not None and before is None and answer.outcome is Outcome.NO_ANSWER:
        check.next_try_at = first_try()
    return _keep(check, answer)


def _answer(actor: Any | None, partner: Partner, number: VatNumber) -> Answer:
    now = datetime.now(UTC)
    if not number.is_in_vies:
        return Answer(outcome=Outcome.NOT_APPLICABLE, cause=Cause.OTHER_COUNTRY, asked_at=now)
    if actor is not None and not _may_ask(actor, partner):
        return vies.no_answer(Cause.RATIONED, now)
    if not circuit.lets_through(number.prefix):
        return vies.no_answer(Cause.RESTING, now)
    requester = vat.parse(settings.VIES_REQUESTER) if settings.VIES_REQUESTER else None
    answer = vies.ask(number, url=settings.VIES_URL, limit=settings.VIES_TIMEOUT, requester=requester)
    if answer.cause is Cause.OUR_FAULT:  # It answers: nobody's country is to blame.
        logger.error("The VAT register does not accept VIES_REQUESTER. Until that is mended it answers no question.")
    elif answer.outcome is Outcome.NO_ANSWER:
        circuit.failed(number.prefix)
    else:
        circuit.answered(number.prefix)
    return answer


def _may_ask(actor: Any, partner: Partner) -> bool:
    # What Arxus asks must not show in how much a partner may still ask.
    return _is_within(f"user-{actor.pk}", PER_USER) and (
        actor.is_staff or _is_within(f"partner-{partner.pk}", PER_PARTNER)
    )


def _is_within(who: str, allowed: int) -> bool:
    """Count a question of somebody; whether it is one of those they may ask in this hour."""
    key = f"vies-asked-{who}-{int(time.time()) // HOUR}"
    cache.add(key, 0, HOUR)
    try:
        count = cache.incr(key)
    except ValueError:  # forgotten in between
        return True
    cache.touch(key, HOUR)  # A cache in the database forgets with every count how long it was to remember.
    return count <= allowed


def _keep(check: VatCheck, answer: Answer) -> VatCheck:
    if check.pk:
        return _write(check, answer)
    try:
        with transaction.atomic():
            return _write(check, answer)
    except IntegrityError:  # asked twice at once
        first = VatCheck.objects.get(partner=check.partner, number=check.number)
        if answer.outcome is Outcome.NO_ANSWER:
            return first
        first.asked_by, first.took = check.asked_by, check.took
        return _write(first, answer)


def _write(check: VatCheck, answer: Answer) -> VatCheck:
    """Take over an answer; where there is none now, one that was given before stays."""
    before = check.tried_at
    check.tried_at = answer.asked_at
    check.cause = answer.cause or ""
    if answer.outcome is Outcome.NO_ANSWER:
        check.tries += answer.cause not in NOT_ASKED
        check.silent_since = check.silent_since or answer.asked_at
    else:
        check.tries = 0
        check.silent_since = check.next_try_at = None
    if answer.outcome is not Outcome.NO_ANSWER or not check.pk or check.outcome == Outcome.NO_ANSWER:
        check.outcome = answer.outcome.value
        check.name, check.address = answer.name, answer.address
        check.identifier, check.raw = answer.identifier, answer.raw
        check.asked_at = answer.asked_at
    if answer.outcome is not Outcome.NO_ANSWER or not check.pk:
        check.save()
    elif not _replaced(check, before):
        check.refresh_from_db()  # Somebody else was told more while this question was under way.
    return check


def _replaced(check: VatCheck, before: datetime) -> bool:
    """Write that there was no answer, unless the check was written since; whether it was."""
    names = ("tried_at", "asked_by", "took", "cause", "tries", "silent_since", "raw", "asked_at")
    values = {name: getattr(check, name) for name in names}
    return VatCheck.objects.filter(pk=check.pk, tried_at=before).update(**values) > 0
