"""What a submission says, read out of its snapshot (`approvals.snapshot`). Pure.

Snapshots of former days lack what was added since: what is missing reads as empty, what is not understood as not there.
Reading never raises.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from contacts.policy import ContactKind, EvidenceKind, Role, Side
from customers.relationships import Relationship

DETAILS = ("name", "legal_name", "phone", "phone_readable", "street", "postcode", "city", "country")
REGISTER = ("state", "cause", "name", "address", "identifier", "asked_at", "reason")

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who was chosen for a role."""

    contact: str
    name: str
    kind: ContactKind
    side: Side
    email: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Document:
    kind: EvidenceKind
    name: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Warned:
    """What the role policy warned of when the request was sent."""

    role: Role
    code: str
    message: str
    """English, with `%(name)s` places for `params`."""
    params: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class AsSent:
    vat_number: str
    """Canonical; "" where the company has none."""
    national_number: str
    no_vat_reason: str
    details: Mapping[str, str]
    """Every key of DETAILS."""
    relationship: Relationship
    uses_secwise_watch: bool
    holders: Mapping[Role, Holder]
    """The roles that are filled."""
    signing_authority: bool
    liability: str
    documents: tuple[Document, ...]
    warnings: tuple[Warned, ...]
    register: Mapping[str, str]
    """Every key of REGISTER: what the VAT register had said by then."""
    register_at: datetime | None
    """When it said so; None where it was not asked."""

    @property
    def number(self) -> str:
        """What the company is told apart by: its VAT number, or the national one where it has none."""
        return self.vat_number or self.national_number

    @property
    def people(self) -> list[Holder]:
        """Everybody who fills a role, once."""
        return list({holder.contact or holder.email: holder for holder in self.holders.values()}.values())


def read(snapshot: Any) -> AsSent:
    """Read a snapshot, whatever it holds."""
    said = _mapping(snapshot)
    vat = _mapping(said.get("vat"))
    return AsSent(
        vat_number=_text(vat.get("number")),
        national_number=_text(vat.get("national_number")),
        no_vat_reason=_text(vat.get("no_vat_reason")),
        details=_texts(said.get("details"), DETAILS),
        relationship=_member(Relationship, said.get("relationship")) or Relationship.RESELLER,
        uses_secwise_watch=said.get("uses_secwise_watch") is True,
        holders=dict(_holders(said.get("roles"))),
        signing_authority=said.get("signing_authority") is True,
        liability=_text(said.get("liability")),
        documents=tuple(_documents(said.get("evidence"))),
        warnings=tuple(_warnings(said.get("warnings"))),
        register=_texts(said.get("register"), REGISTER),
        register_at=_moment(_mapping(said.get("register")).get("asked_at")),
    )


def _holders(entries: Any) -> Iterator[tuple[Role, Holder]]:
    for entry in _mappings(entries):
        role, holder = _member(Role, entry.get("role")), _mapping(entry.get("holder"))
        side = _member(Side, holder.get("side"))
        if role is None or side is None:
            continue
        texts = _texts(holder, ("contact", "name", "email", "phone"))
        yield role, Holder(kind=_member(ContactKind, holder.get("kind")) or ContactKind.PERSON, side=side, **texts)


def _documents(entries: Any) -> Iterator[Document]:
    for entry in _mappings(entries):
        if (kind := _member(EvidenceKind, entry.get("kind"))) is not None:
            yield Document(kind=kind, **_texts(entry, ("name", "sha256")))


def _warnings(entries: Any) -> Iterator[Warned]:
    for entry in _mappings(entries):
        if (role := _member(Role, entry.get("role"))) is not None:
            params = {str(key): str(value) for key, value in _mapping(entry.get("params")).items()}
            yield Warned(role=role, params=params, **_texts(entry, ("code", "message")))


def _member(kinds: type[Kind], value: Any) -> Kind | None:
    return next((kind for kind in kinds if kind == value), None)


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [_mapping(entry) for entry in value] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any, keys: tuple[str, ...]) -> dict[str, str]:
    found = _mapping(value)
    return {key: _text(found.get(key)) for key in keys}
