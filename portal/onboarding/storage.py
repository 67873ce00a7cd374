"""The wizard's storage: the draft row, and nothing in the session.

So drafts outlive sessions and devices, two tabs never mix, and a colleague can go on.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict
from formtools.wizard.storage.base import BaseStorage

from approvals import drafts
from approvals.models import RegistrationRequest
from approvals.refusals import StaleDraft
from customers.models import Partner
from portal.onboarding.steps import Step

LONGEST_ANSWER = 10_000
"""Characters of one field that are kept. Whoever pastes more reads what is wrong with it at once, on the page."""

Answer = Mapping[str, str | list[str]]


def raw_answer(data: MultiValueDict[str, str], names: list[str]) -> dict[str, str | list[str]]:
    """What was typed into these fields: a text, or a list where the page sent several."""
    kept: dict[str, str | list[str]] = {}
    for name in names:
        values = [value[:LONGEST_ANSWER] for value in data.getlist(name)[:20]]
        if values:
            kept[name] = values[0] if len(values) == 1 else values
    return kept


def is_just_begun(found: RegistrationRequest | None, user: Any) -> bool:
    """Whether this is the draft that the same click made a moment ago: nothing is in it but the number."""
    if found is None or found.created_by != user:
        return False
    return list(found.answers.get("steps", {})) == [Step.VAT]


class DraftStorage(BaseStorage):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft: RegistrationRequest | None = None
        self.init_data()

    def hydrate(self, draft: RegistrationRequest | None, step: str) -> None:
        """Take over what the row holds."""
        self.draft = draft
        self.init_data()
        self.current_step = step
        answers = draft.answers if draft else {}
        for name, answer in answers.get("steps", {}).items():
            self.data[self.step_data_key][name] = {
                field: value if isinstance(value, list) else [value] for field, value in answer.items()
            }

    @property
    def row(self) -> RegistrationRequest:
        """The draft, where a step is reached that only a draft has. Raises LookupError."""
        if self.draft is None:
            raise LookupError("There is no draft yet.")
        return self.draft

    def answer(self, step: str) -> dict[str, Any]:
        """What was typed in a step, as the row holds it."""
        return (self.draft.answers if self.draft else {}).get("steps", {}).get(step, {})

    @property
    def people(self) -> dict[str, Any]:
        return (self.draft.answers if self.draft else {}).get("people", {})

    @property
    def done(self) -> list[str]:
        return (self.draft.answers if self.draft else {}).get("done", [])

    def seen(self, step: str) -> str:
        """A mark of what a page of this step was filled from. It tells a change of this step from one of another."""
        parts = [self.answer(step), self.people if step is Step.CONTACTS else None]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]

    def begin(self, *, actor: Any, partner: Partner, answer: Answer, **numbers: str) -> None:
        """Make the draft; `numbers` go to `approvals.drafts.start`. Raises DuplicateNumber."""
        draft = drafts.start(actor=actor, partner=partner, answer=answer, **numbers)
        self.hydrate(draft, Step.VAT)

    def keep(self, step: str, *, actor: Any, version: int, seen: str, **saved: Any) -> None:
        """Save what was typed in a step, valid or not; `saved` goes to `approvals.drafts.save_step`.

        Another step that was saved meanwhile is no conflict: nothing of it is on this page. Raises StaleDraft where
        this very step was, and what `save_step` raises.
        """
        kept = {"actor": actor, "step": str(step), **saved}
        try:
            draft = drafts.save_step(request=self.row, version=version, **kept)
        except StaleDraft as stale:
            self.hydrate(stale.request, step)
            if self.seen(step) != seen:
                raise
            draft = drafts.save_step(request=stale.request, version=stale.request.version, **kept)
        self.hydrate(draft, step)
