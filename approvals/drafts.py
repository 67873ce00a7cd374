"""The draft's own verbs: it is started, saved step by step, and deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from approvals import duplicates, evidence
from approvals.locking import lock, lock_and_ask
from approvals.models import RegistrationRequest
from approvals.refusals import NotAllowed, StaleDraft
from approvals.standing import editing_refusal, is_onboarder, refusal
from approvals.workflow import Move
from customers import own_numbers
from customers.history import record
from customers.models import Partner

FIRST_STEP = "vat"
COMPANY_NAME_LENGTH = 400


def start(
    *, actor: Any, partner: Partner, answer: Mapping[str, Any], vat_number: str, national_number: str = ""
) -> RegistrationRequest:
    """Open a draft with the first valid answer of the VAT step: one of the two numbers.

    Raises NotAllowed, OwnNumber where it is no customer's, and DuplicateNumber where the partner already has it.
    """
    if not is_onboarder(actor, partner):
        raise NotAllowed
    number = vat_number or national_number
    own_numbers.refuse(partner, number)
    try:
        with transaction.atomic():
            duplicates.refuse_duplicate(partner=partner, number=number)
            request = RegistrationRequest.objects.create(
                partner=partner,
                answers={"steps": {FIRST_STEP: storable(answer)}, "done": [FIRST_STEP], "people": {}},
                vat_number=vat_number,
                national_number=national_number,
                created_by=actor,
                updated_by=actor,
            )
            record(actor=actor, action="request.started", partner=partner, reference=request.reference)
    except IntegrityError:
        # Somebody took the number between the question and the answer.
        duplicates.refuse_duplicate(partner=partner, number=number)
        raise
    return request


def save_step(
    *,
    actor: Any,
    request: RegistrationRequest,
    version: int,
    step: str,
    answer: Mapping[str, Any],
    done: bool,
    people: Mapping[str, Any] | None = None,
    company_name: str | None = None,
    vat_number: str | None = None,
    national_number: str = "",
) -> RegistrationRequest:
    """Keep what was typed in one step, raw; `version` is that of the page. None keeps what there is; the two numbers
    are one, of which the national one is given together with an empty VAT number.

    The same answer sent twice is one save: nothing changes and nobody is told of a conflict with themselves.

    Raises NotAllowed, WrongState, RequestGone, StaleDraft (with the fields that differ), OwnNumber where the new number
    is no customer's, and DuplicateNumber where the partner already has it.
    """
    number = vat_number or national_number
    own_numbers.refuse(request.partner, number)
    try:
        with transaction.atomic():
            taken = duplicates.taken(partner=request.partner, number=number, exclude=request)
            current, is_taken = lock_and_ask(request, taken)
            if found := editing_refusal(current, actor):
                raise found
            before = _essence(current)
            kept = current.answers.get("steps", {}).get(step, {})
            _apply(current, step, answer, done, people, company_name)
            if vat_number is not None:
                current.vat_number, current.national_number = vat_number, national_number
            if _essence(current) == before:
                return current
            if version != current.version:
                current.refresh_from_db()
                raise StaleDraft(current, _differing(storable(answer), kept))
            if is_taken:
                duplicates.refuse_duplicate(partner=current.partner, number=number, exclude=current)
            current.version += 1
            current.updated_by = actor
            current.save()
    except IntegrityError:
        duplicates.refuse_duplicate(partner=request.partner, number=number, exclude=request)
        raise
    return current


def discard(*, actor: Any, request: RegistrationRequest) -> None:
    """Delete a draft that was never sent, with its documents. Raises NotAllowed, WrongState, RequestGone."""
    with transaction.atomic():
        current = lock(request)
        if found := refusal(Move.DISCARD, current, actor):
            raise found
        evidence.delete_all(current)
        record(
            actor=actor,
            action="request.discarded",
            partner=current.partner,
            reference=current.reference,
            company=current.company_name,
        )
        current.delete()


def storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL cannot keep in it: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    if isinstance(value, Mapping):
        return {str(storable(str(key))): storable(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [storable(entry) for entry in value]
    return value


def _apply(
    request: RegistrationRequest,
    step: str,
    answer: Mapping[str, Any],
    done: bool,
    people: Mapping[str, Any] | None,
    company_name: str | None,
) -> None:
    steps = {**request.answers.get("steps", {}), step: storable(answer)}
    finished = [name for name in request.answers.get("done", []) if name != step or done]
    if done and step not in finished:
        finished.append(step)
    kept_people = request.answers.get("people", {}) if people is None else storable(people)
    request.answers = {**request.answers, "steps": steps, "done": finished, "people": kept_people}
    if company_name is not None:
        request.company_name = storable(company_name)[:COMPANY_NAME_LENGTH]


def _essence(request: RegistrationRequest) -> tuple[Any, ...]:
    return (request.answers, request.company_name, request.vat_number, request.national_number)


def _differing(sent: Mapping[str, Any], kept: Mapping[str, Any]) -> list[str]:
    return [name for name in dict.fromkeys([*sent, *kept]) if sent.get(name) != kept.get(name)]
