"""What a snapshot says in one field: to compare, and to read. Pure.

Lenient: an old snapshot may lack what a later portal keeps.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contacts.policy import EvidenceKind, Role
from customers import national
from customers.relationships import RELATIONSHIPS, Relationship

Snapshot = Mapping[str, Any]
"""`Submission.snapshot`, as `approvals.snapshot.freeze` makes it."""


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


@dataclass(frozen=True, kw_only=True)
class Value:
    """What a field says in one snapshot."""

    key: str
    """What is compared: equal where the answer is the same."""
    text: str
    """What people read; empty where there is nothing."""


NOTHING = Value(key="", text="")


def _text(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def detail(name: str) -> Callable[[Snapshot], Value]:
    def read(snapshot: Snapshot) -> Value:
        value = str(snapshot.get("details", {}).get(name, ""))
        return Value(key=value, text=value)

    return read


def vat_number(snapshot: Snapshot) -> Value:
    """The VAT number, or the national one of a company that has none."""
    vat = snapshot.get("vat", {})
    if national_number := str(vat.get("national_number", "")):
        return Value(key=national_number, text=national.readable(national_number))
    number = str(vat.get("number", ""))
    return Value(key=number, text=str(vat.get("readable", "") or number))


def phone_of(values: Mapping[str, Any]) -> Value:
    number, extension = str(values.get("phone", "")), str(values.get("phone_extension", ""))
    readable = str(values.get("phone_readable", "") or number)
    return Value(key=f"{number};{extension}" if number else "", text=" / ".join(filter(None, (readable, extension))))


def company_phone(snapshot: Snapshot) -> Value:
    return phone_of(snapshot.get("details", {}))


def address(snapshot: Snapshot) -> Value:
    details = snapshot.get("details", {})
    street, postcode, city = (str(details.get(name, "")) for name in ("street", "postcode", "city"))
    country = str(details.get("country_name", "") or details.get("country", ""))
    place = " ".join(filter(None, (postcode, city)))
    key = "\n".join((street, postcode, city, str(details.get("country", ""))))
    return Value(key=key, text=", ".join(filter(None, (street, place, country))))


def industry(snapshot: Snapshot) -> Value:
    details = snapshot.get("details", {})
    name = str(details.get("industry", ""))
    return Value(key=str(details.get("industry_code", "") or name), text=name)


def relationship(snapshot: Snapshot) -> Value:
    kind = str(snapshot.get("relationship", ""))
    label = RELATIONSHIPS[Relationship(kind)].label if kind in set(Relationship) else kind
    return Value(key=kind, text=label)


def yes_no(name: str) -> Callable[[Snapshot], Value]:
    def read(snapshot: Snapshot) -> Value:
        if snapshot.get(name) is None:
            return NOTHING
        return Value(key="yes", text=_("Yes")) if snapshot[name] else Value(key="no", text=_("No"))

    return read


def liability(snapshot: Snapshot) -> Value:
    sentence = str(snapshot.get("liability", ""))
    return Value(key=sentence, text=sentence)


def holder_of(snapshot: Snapshot, role: Role) -> Mapping[str, Any] | None:
    """Who fills the role; None where nobody does."""
    entries = {entry.get("role"): entry.get("holder") for entry in snapshot.get("roles", ())}
    return entries.get(role.value)


def identity_of(holder: Mapping[str, Any] | None) -> str:
    """What makes a person of two snapshots the same: the contact, whatever was amended in it."""
    if holder is None:
        return ""
    return str(holder.get("contact") or f"{holder.get('side', '')}:{holder.get('email', '')}".casefold())


def person(role: Role) -> Callable[[Snapshot], Value]:
    def read(snapshot: Snapshot) -> Value:
        holder = holder_of(snapshot, role)
        if holder is None:
            return NOTHING
        text = _text(str(holder.get("name", "")), str(holder.get("email", "")), phone_of(holder).text)
        return Value(key=identity_of(holder), text=text)

    return read


def person_text(role: Role, name: str) -> Callable[[Snapshot], Value]:
    def read(snapshot: Snapshot) -> Value:
        value = str((holder_of(snapshot, role) or {}).get(name, ""))
        return Value(key=value, text=value)

    return read


def person_phone(role: Role) -> Callable[[Snapshot], Value]:
    return lambda snapshot: phone_of(holder_of(snapshot, role) or {})


def documents(kind: EvidenceKind) -> Callable[[Snapshot], Value]:
    def read(snapshot: Snapshot) -> Value:
        found = [entry for entry in snapshot.get("evidence", ()) if entry.get("kind") == kind.value]
        sums = sorted({str(entry.get("sha256") or entry.get("key", "")) for entry in found})
        return Value(key=" ".join(sums), text=", ".join(str(entry.get("name", "")) for entry in found))

    return read
