"""What a role card of the contacts step is made of. Values only: `contacts.cards` fills them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.forms import Form
from django.forms.boundfield import BoundField, BoundWidget

from contacts.forms import ContactsForm, PersonForm
from contacts.policy import Role, Side


class Document(Protocol):
    """An uploaded file, as `approvals.models.Evidence` has it."""

    key: Any
    kind: str
    name: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Badge:
    """Where a card stands."""

    state: str
    """A state of the look: its colour."""
    shape: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    kind: str
    """good, warn, bad or idle."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A button that fills a role with somebody."""

    intent: str
    label: str


@dataclass(frozen=True, kw_only=True)
class PersonPart:
    """The form of somebody, opening in place."""

    form: PersonForm
    title: str
    is_open: bool
    shows_side: bool
    intent: str
    button: str
    also: Sequence[BoundWidget] = ()
    """Checkboxes of the roles that the same person can fill."""
    key: str = ""
    """Whom an amendment is about."""


@dataclass(frozen=True, kw_only=True)
class EvidencePart:
    """The document that the Commercial contact asks for, or what stands in its place."""

    title: str
    explanation: str
    field: BoundField
    label: str
    documents: Sequence[Document]
    liability: BoundField | None


@dataclass(frozen=True, kw_only=True)
class FindPart:
    """The search beside a select that would be too long."""

    field: BoundField
    told: str
    """How many are listed."""
    is_used: bool


@dataclass(frozen=True, kw_only=True)
class RoleCard:
    role: Role
    title: str
    receives: str
    hint: str
    field: BoundField
    find: FindPart | None
    badge: Badge
    side: Side | None
    facts: Sequence[Fact]
    messages: Sequence[str]
    quick_choices: Sequence[Choice]
    signing: BoundField | None
    evidence: EvidencePart | None
    create: PersonPart
    edit: PersonPart | None


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What keeps a role from being filled, as a link to its card."""

    href: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Contacts:
    """The whole step."""

    form: ContactsForm
    forms: Sequence[Form]
    """Every form that was judged: for the summary of what to mend."""
    meanings: Mapping[str, Sequence[str]]
    """What each relationship means, in three lines."""
    cards: Sequence[RoleCard]
    fill_choices: Sequence[tuple[str, str]]
    """Whom to use for the roles still open: (key, label)."""
    fill_field: str
    counted: str
    is_complete: bool
    remarks: Sequence[Remark]
