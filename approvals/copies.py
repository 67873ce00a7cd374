"""A rejected or withdrawn request is started again: a new draft with its answers, its people and its documents."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from approvals import evidence
from approvals.changes import asking
from approvals.duplicates import refuse_duplicate
from approvals.locking import lock
from approvals.models import RegistrationRequest
from approvals.refusals import EvidenceDamaged, NotAllowed
from approvals.standing import is_onboarder, wrong_state
from approvals.workflow import OPEN, RESTARTABLE
from contacts.offers import AddressBook, Candidate
from contacts.policy import Side
from contacts.roster import as_entry
from customers import own_numbers
from customers.history import record


@dataclass(frozen=True, kw_only=True)
class Restart:
    """The draft, and the names of documents that could not be taken along: they are damaged in the store."""

    draft: RegistrationRequest
    left_out: tuple[str, ...] = ()


def start_again(*, actor: Any, request: RegistrationRequest) -> Restart:
    """Open a draft with the answers of a request that came to nothing.

    Started twice it is one draft: whoever comes second, a colleague included, gets the one there is. Declarations of
    the review are not taken along, nor an exception that staff granted: both are given anew.

    Raises NotAllowed, WrongState, OwnNumber where the number is no customer's, and DuplicateNumber where the partner
    has it by now.
    """
    number = request.vat_number or request.national_number
    try:
        with transaction.atomic(durable=True), ExitStack() as files:
            source = lock(request)
            if not is_onboarder(actor, source.partner):
                raise NotAllowed
            if source.state not in RESTARTABLE:
                raise wrong_state(source, actor)
            if standing := source.copies.filter(state__in=OPEN).first():
                return Restart(draft=standing)
            number = source.vat_number or source.national_number
            own_numbers.refuse(source.partner, number)
            refuse_duplicate(partner=source.partner, number=number)
            draft = _open(actor, source)
            return Restart(draft=draft, left_out=_take_documents(actor, source, draft, files))
    except IntegrityError:
        # Somebody took the number between the question and the answer.
        refuse_duplicate(partner=request.partner, number=number)
        raise


def _open(actor: Any, source: RegistrationRequest) -> RegistrationRequest:
    draft = RegistrationRequest.objects.create(
        partner=source.partner,
        copied_from=source,
        answers=_answers(source),
        company_name=source.company_name,
        vat_number=source.vat_number,
        national_number=source.national_number,
        created_by=actor,
        updated_by=actor,
    )
    facts: dict[str, Any] = {"from": source.reference}
    record(actor=actor, action="request.copied", partner=source.partner, reference=draft.reference, **facts)
    return draft


def _answers(source: RegistrationRequest) -> dict[str, Any]:
    """The answers, in which the customer's own people are new again: those that were written belong to the customer
    that came to nothing. The partner's own contacts live on, and are the same."""
    answers = asking.without_replies(source.answers)
    entries = answers.get("people", {})
    book = AddressBook(partner=source.partner, customer=source.customer, people=entries)
    people: dict[str, Any] = {}
    renamed: dict[str, str] = {}
    contacts = answers.get("steps", {}).get("contacts", {})
    for key in dict.fromkeys([*entries, *_named_in(contacts)]):
        candidate = book.get(key)
        if candidate is None:
            continue
        if candidate.person.side is Side.OWN:
            if key in entries:
                people[key] = entries[key]
            continue
        fresh = key if candidate.person.contact != key else _free_key({*entries, *people})
        people[fresh] = _anew(candidate)
        renamed[key] = fresh
    steps = answers.get("steps", {})
    if contacts:
        steps = {**steps, "contacts": {name: _renamed(value, renamed) for name, value in contacts.items()}}
    return {**answers, "steps": steps, "people": people}


def _named_in(answer: Mapping[str, Any]) -> list[str]:
    return [value for value in answer.values() if isinstance(value, str)]


def _renamed(value: Any, renamed: Mapping[str, str]) -> Any:
    return renamed.get(value, value) if isinstance(value, str) else value


def _anew(candidate: Candidate) -> dict[str, Any]:
    return as_entry(replace(candidate.person, contact=""))


def _free_key(taken: set[str]) -> str:
    return next(key for number in range(1, len(taken) + 2) if (key := f"new-{number}") not in taken)


def _take_documents(
    actor: Any, source: RegistrationRequest, draft: RegistrationRequest, files: ExitStack
) -> tuple[str, ...]:
    left_out = []
    for document in source.evidence.current():
        try:
            evidence.copy(actor=actor, document=document, to=draft, files=files)
        except EvidenceDamaged:
            left_out.append(document.name)
    return tuple(left_out)
