"""What checks read and what they say: a submission with what the portal knows around it, and signals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.models import RegistrationRequest, Submission
from contacts.policy import Role
from customers.models import Customer, VatCheck
from customers.relationships import Relationship


class Level(StrEnum):
    """How much a signal asks of the approver; the value is the class that colours it."""

    RED = "bad"
    AMBER = "warn"
    GREEN = "good"

    @property
    def shape(self) -> str:
        return {"bad": "red", "warn": "amber", "good": "green"}[self.value]

    @property
    def label(self) -> str:
        return {"bad": _("Red"), "warn": _("Amber"), "good": _("Green")}[self.value]


class Blocks(StrEnum):
    """What a signal keeps from happening. Source: the product's table of what blocks what (docs/decisions.md)."""

    NOTHING = "nothing"
    OVERRIDE = "override"
    """Approving takes a reason for going on all the same, and a second approver."""
    APPROVAL = "approval"
    """No reason helps: the request has to change first."""


@dataclass(frozen=True, kw_only=True)
class Signal:
    code: str
    level: Level
    title: str
    fact: str
    at: datetime
    """When the fact was seen."""
    blocks: Blocks = Blocks.NOTHING
    elsewhere: Sequence[Customer] = ()
    """Customers of other partners that the fact is about, for links."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """A submission with what its checks ask for."""

    request: RegistrationRequest
    submission: Submission
    elsewhere: Sequence[Customer] = ()
    """The same VAT number at other partners, living customers only."""
    register: VatCheck | None = None
    """What the VAT register last told the partner of the number."""
    now: datetime = field(default_factory=timezone.now)

    @property
    def snapshot(self) -> Mapping[str, Any]:
        return self.submission.snapshot

    @property
    def relationship(self) -> Relationship:
        return Relationship(self.snapshot["relationship"])

    @property
    def holders(self) -> dict[Role, Mapping[str, Any]]:
        """The roles that are filled, with who fills them."""
        return {Role(entry["role"]): entry["holder"] for entry in self.snapshot["roles"] if entry["holder"]}

    def sent(self, code: str, level: Level, title: str, fact: str, *, blocks: Blocks = Blocks.NOTHING) -> Signal:
        """A signal about what the submission says."""
        return Signal(code=code, level=level, title=title, fact=fact, at=self.submission.submitted_at, blocks=blocks)


Check = Callable[[Case], Iterable[Signal]]
