"""What changed from one version of a submission to another, and which of the asked-for changes were made. Pure.

People are the same where the contact is, whatever was amended in it; documents where their checksum is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from approvals.changes.field_values import Snapshot, Value, holder_of, identity_of
from approvals.changes.fields import FIELDS, Field
from contacts.policy import Role


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, kw_only=True)
class Difference:
    fields: Sequence[Field]
    """What differs: one field, or the same thing of one person in every role they fill."""
    before: Value
    after: Value

    @property
    def field(self) -> Field:
        return self.fields[0]

    @property
    def paths(self) -> list[str]:
        return [field.path for field in self.fields]

    @property
    def roles(self) -> list[Role]:
        return [field.role for field in self.fields if field.role is not None]

    @property
    def change(self) -> Change:
        if not self.before.key:
            return Change.ADDED
        return Change.CHANGED if self.after.key else Change.REMOVED


class Outcome(StrEnum):
    """What became of a change that was asked for."""

    MADE = "made"
    REPLIED = "replied"
    """Not made; the partner said why."""
    NOT_MADE = "not_made"


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """Everything that differs, in the order of the fields.

    Somebody else in a role is one difference, whatever their number or address: parts of a person are compared where
    the person stayed, and told once for all the roles they fill in both versions.
    """
    found: dict[tuple[str, ...], Difference] = {}
    for field in FIELDS.values():
        old, new = field.read(before), field.read(after)
        person = _stayed(field, before, after)
        if old.key == new.key or (field.is_part and not person):
            continue
        part = field.path.rpartition(".")[2]
        told = (person, part, old.key, new.key) if person else (field.path,)
        fields = (*(found[told].fields if told in found else ()), field)
        found[told] = Difference(fields=fields, before=old, after=new)
    return list(found.values())


def made(
    asked: Iterable[str], found: Sequence[Difference], replies: Mapping[str, str] | None = None
) -> dict[str, Outcome]:
    """What became of each asked-for field, by path.

    Another person in the role answers what was asked about the one before; a new name answers who it should be.
    """
    changed = {path for difference in found for path in difference.paths}
    return {path: _outcome(path, changed, replies or {}) for path in asked}


def _outcome(path: str, changed: set[str], replies: Mapping[str, str]) -> Outcome:
    if _answers_to(path) & changed:
        return Outcome.MADE
    return Outcome.REPLIED if replies.get(path) else Outcome.NOT_MADE


def _answers_to(path: str) -> set[str]:
    """The fields whose change is an answer to what was asked about this one."""
    field = FIELDS.get(path)
    if field is None or field.role is None:
        return {path}
    return {path, f"{path}.name"} if field.is_person else {path, f"roles.{field.role.value}"}


def _stayed(field: Field, before: Snapshot, after: Snapshot) -> str:
    """The identity of whoever fills the role of a part in both versions; empty for anything else."""
    role = field.role
    if role is None or not field.is_part:
        return ""
    old, new = identity_of(holder_of(before, role)), identity_of(holder_of(after, role))
    return old if old == new else ""
