"""What checks read and what they say: a submission with what the portal knows around it, and signals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.as_sent import AsSent, read
from approvals.models import RegistrationRequest, Submission
from contacts.policy import Role
from customers.models import CustomerStatus, VatCheck
from customers.models.customer import LIVING
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

    @property
    def words(self) -> str:
        """What the approver reads beside the signal."""
        return {
            "nothing": "",
            "override": _("Approving takes a reason and a second approver"),
            "approval": _("Cannot be approved like this"),
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Link:
    """Leads to another request or to another customer that a fact is about; staff follow it."""

    text: str
    reference: str = ""
    customer: int | None = None


@dataclass(frozen=True, kw_only=True)
class Signal:
    code: str
    level: Level
    title: str
    fact: str
    at: datetime
    """When the fact was seen."""
    blocks: Blocks = Blocks.NOTHING
    links: Sequence[Link] = ()


class Shared(StrEnum):
    """What another customer has in common with a submission."""

    NUMBER = "number"
    NAME = "name"
    """Asked of rejected customers only."""
    PHONE = "phone"
    EMAIL = "email"
    """Of somebody of the customer's own."""
    DOCUMENT = "document"
    """A file, by its checksum."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """Another customer, of any partner, that shares something with a submission."""

    shared: Shared
    value: str
    customer: int
    name: str
    number: str
    """Its VAT number or national number."""
    partner: int
    partner_name: str
    status: str
    since: datetime
    reference: str = ""
    """Of the request it came by; "" where it was there before the portal."""
    reason: str = ""
    """Of the latest decision on that request."""
    request: int | None = None
    copied_from: int | None = None
    """The request that one was started again from."""

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def is_rejected(self) -> bool:
        return self.status == CustomerStatus.REJECTED

    @property
    def link(self) -> Link:
        return Link(text=f"{self.name}, {self.partner_name}", customer=self.customer)


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who fills an invited role now, and since when portal access and ServiceNow permissions are confirmed."""

    contact: str
    confirmed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Background:
    """What the portal knows of the partner, of who sent the request, and of how."""

    requests_nearby: int = 1
    """Requests of the partner first sent within half a day of this one, itself included."""
    usual: Mapping[Relationship, int] = field(default_factory=dict)
    """How often the partner's latest approved customers have which relationship."""
    member_since: datetime | None = None
    """None: who sent it is no member of the partner any more."""
    may_onboard: bool = False
    access: Mapping[Role, Access] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A submission with what its checks ask for."""

    request: RegistrationRequest
    submission: Submission
    sightings: Sequence[Sighting] = ()
    background: Background = field(default_factory=Background)
    register: VatCheck | None = None
    """What the VAT register last told the partner of the number."""
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def said(self) -> AsSent:
        return read(self.submission.snapshot)

    @property
    def partner_name(self) -> str:
        return self.request.partner.name

    @property
    def submitter(self) -> str:
        return self.submission.submitted_by.get_full_name()

    def sharing(self, *kinds: Shared) -> list[Sighting]:
        """Other customers that share one of these with the submission, each once, the oldest first."""
        found = {sighting.customer: sighting for sighting in reversed(self.sightings) if sighting.shared in kinds}
        return sorted(found.values(), key=lambda sighting: (sighting.since, sighting.customer))

    @cached_property
    def relatives(self) -> set[int]:
        """The requests that this one was started again from, and what else was started again from those."""
        family = {self.request.pk, self.request.copied_from_id or 0}
        pairs = [{one for one in (seen.request, seen.copied_from) if one} for seen in self.sightings]
        while more := {one for pair in pairs if pair & family for one in pair} - family:
            family |= more
        return family

    def sent(self, code: str, level: Level, title: str, fact: str, **more: Any) -> Signal:
        """A signal about what the submission says."""
        return Signal(code=code, level=level, title=title, fact=fact, at=self.submission.submitted_at, **more)

    def known(self, code: str, level: Level, title: str, fact: str, **more: Any) -> Signal:
        """A signal about what the portal knows now."""
        return Signal(code=code, level=level, title=title, fact=fact, at=self.now, **more)


Check = Callable[[Case], Iterable[Signal]]
