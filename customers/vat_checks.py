"""What the VAT register says about a number, asked as seldom and waited for as briefly as can be."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from customers import circuit, vies
from customers.models import Partner, VatCheck
from customers.vat import VatNumber
from customers.vies import Answer, Cause, Outcome

REMEMBERED = timedelta(hours=24)
"""How long an answer is good for whoever asks again."""
AFTER_SILENCE = timedelta(minutes=5)
"""How long nobody waits once more for a number that just got no answer."""

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


def ask(*, actor: Any, partner: Partner, number: VatNumber) -> VatCheck | None:
    """What the register says: remembered, or asked now. None where asking is off.

    Waits at most `VIES_TIMEOUT` seconds, and not at all while the register keeps failing for the country. Belongs
    outside of transactions, and never into a form's `clean`, which runs several times.
    """
    if not is_on():
        return None
    before = known(partner=partner, number=str(number))
    if before is not None and is_fresh(before):
        return before
    return _keep(before, partner, number, _asked(actor, partner, number))


def ask_anew(*, actor: Any | None, partner: Partner, number: VatNumber) -> VatCheck | None:
    """Ask now, whatever is remembered; `actor` None is the background. Else as `ask`."""
    if not is_on():
        return None
    before = known(partner=partner, number=str(number))
    return _keep(before, partner, number, _asked(actor, partner, number))


def is_fresh(check: VatCheck) -> bool:
    """Whether asking again is pointless for now."""
    now = datetime.now(UTC)
    if check.cause in NOT_ASKED:
        return False
    if not check.is_answered:
        return now - check.tried_at < AFTER_SILENCE
    return now - check.asked_at < REMEMBERED


def _asked(actor: Any | None, partner: Partner, number: VatNumber) -> Answer:
    now = datetime.now(UTC)
    if not number.is_in_vies:
        return Answer(outcome=Outcome.NOT_APPLICABLE, cause=Cause.OTHER_COUNTRY, asked_at=now)
    if actor is not None and not _may_ask(actor, partner):
        return vies.no_answer(Cause.RATIONED, now)
    if not circuit.lets_through(number.prefix):
        return vies.no_answer(Cause.RESTING, now)
    answer = vies.ask(number, url=settings.VIES_URL, limit=settings.VIES_TIMEOUT)
    if answer.outcome is Outcome.NO_ANSWER:
        circuit.failed(number.prefix)
    else:
        circuit.answered(number.prefix)
    return answer


def _may_ask(actor: Any, partner: Partner) -> bool:
    return _is_within(f"user-{actor.pk}", PER_USER) and _is_within(f"partner-{partner.pk}", PER_PARTNER)


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


def _keep(before: VatCheck | None, partner: Partner, number: VatNumber, answer: Answer) -> VatCheck:
    if before is not None:
        return _write(before, answer)
    try:
        with transaction.atomic():
            return _write(VatCheck(partner=partner, number=str(number)), answer)
    except IntegrityError:  # asked twice at once
        return _write(VatCheck.objects.get(partner=partner, number=str(number)), answer)


def _write(check: VatCheck, answer: Answer) -> VatCheck:
    """Take over an answer; where there is none now, one that was given before stays."""
    check.tried_at = answer.asked_at
    check.cause = answer.cause or ""
    if answer.outcome is Outcome.NO_ANSWER:
        check.tries += answer.cause not in NOT_ASKED
        check.silent_since = check.silent_since or answer.asked_at
        if check.pk and check.outcome != Outcome.NO_ANSWER:
            check.save(update_fields=["tried_at", "cause", "tries", "silent_since"])
            return check
    else:
        check.tries = 0
        check.silent_since = check.next_try_at = None
    check.outcome = answer.outcome.value
    check.name, check.address = answer.name, answer.address
    check.identifier, check.raw = answer.identifier, answer.raw
    check.asked_at = answer.asked_at
    check.save()
    return check
