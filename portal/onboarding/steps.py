"""The steps of the wizard, their order, and which of them can be opened."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from approvals.models import RegistrationRequest
from approvals.steps import ORDER, Step, first_open

__all__ = ["LABELS", "ORDER", "Step", "StepLink", "before", "first_open", "is_open", "links", "url_of"]

LABELS: dict[Step, Any] = {
    Step.VAT: _("VAT number"),
    Step.DETAILS: _("Details"),
    Step.CONTACTS: _("Contacts"),
    Step.REVIEW: _("Review"),
}


def is_open(step: Step, done: Collection[str]) -> bool:
    """Whether the step can be reached: every step before it is done."""
    return ORDER.index(step) <= ORDER.index(first_open(done))


def before(step: Step) -> Step | None:
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None


def url_of(step: Step, draft: RegistrationRequest | None, query: str = "") -> str:
    """The address of a step; without a draft there is only the first one. `query` names one flag."""
    if draft is None:
        return reverse("add-customer")
    address = reverse("onboarding", kwargs={"reference": draft.reference, "step": step.value})
    return f"{address}?{query}=1" if query else address


@dataclass(frozen=True, kw_only=True)
class StepLink:
    label: Any
    number: int
    is_current: bool
    is_done: bool
    url: str
    """Empty where there is nothing to open yet."""


def links(current: Step, draft: RegistrationRequest | None, done: Collection[str]) -> Iterator[StepLink]:
    """The stepper: done steps are links, the others plain text."""
    for number, step in enumerate(ORDER, start=1):
        is_linked = draft is not None and step is not current and is_open(step, done)
        yield StepLink(
            label=LABELS[step],
            number=number,
            is_current=step is current,
            is_done=step in done and step is not current and is_linked,
            url=url_of(step, draft) if is_linked else "",
        )
