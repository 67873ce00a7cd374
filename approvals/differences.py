"""What changed from one version of a submission to another, and which of the asked-for changes were made. Pure.

People are the same where the contact is, whatever was amended in it; documents where their checksum is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from approvals.field_values import Snapshot, Value, holder_of, identity_of
from approvals.fields import FIELDS, Field
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
    found: list[Difference] = []
    told: set[tuple[str, str]] = set()
    for field in FIELDS.values():
        if not field.is_part:
            found += _compared([field], before, after)
            continue
        person = _stayed(field, before, after)
        part = field.path.rpartition(".")[2]
        if person and (person, part) not in told:
            told.add((person, part))
            found += _compared(_same_part(part, person, before, after), before, after)
    return found


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


def _compared(fields: Sequence[Field], before: Snapshot, after: Snapshot) -> list[Difference]:
    old, new = fields[0].read(before), fields[0].read(after)
    return [] if old.key == new.key else [Difference(fields=tuple(fields), before=old, after=new)]


def _stayed(field: Field, before: Snapshot, after: Snapshot) -> str:
    """The identity of whoever fills the field's role in both versions; empty where it is somebody else, or nobody."""
    role = field.role
    if role is None:
        return ""
    old, new = identity_of(holder_of(before, role)), identity_of(holder_of(after, role))
    return old if old == new else ""


def _same_part(part: str, person: str, before: Snapshot, after: Snapshot) -> list[Field]:
    """The fields of this part of a person, in every role they fill in both versions."""
    fields = [FIELDS[f"roles.{role.value}.{part}"] for role in Role]
    return [field for field in fields if _stayed(field, before, after) == person]
