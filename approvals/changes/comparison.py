"""Two versions of a request side by side, in words: what changed, and what became of what was asked in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from approvals.changes.asking import AskedLine, lines_of
from approvals.changes.differences import Difference, Outcome, differences, made
from approvals.changes.field_words import label_of, text_of
from approvals.changes.fields import SECTIONS
from approvals.models import Decision, Submission
from contacts.policy import ROLE_POLICY


@dataclass(frozen=True, kw_only=True)
class ChangedRow:
    label: str
    before: str
    """Empty where there was nothing."""
    after: str
    is_asked: bool
    change: str
    """added, removed or changed."""


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    line: AskedLine
    outcome: Outcome
    words: str
    fact: str
    """How it stands, as `{% fact %}` takes it."""
    reply: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    before: Submission
    after: Submission
    rows: Sequence[ChangedRow]
    asked: Sequence[AskedRow]
    """What was asked for in the earlier version."""
    paths: frozenset[str]
    """Of every field that differs; of a role also where something of its person does."""


def compare(before: Submission, after: Submission) -> Comparison:
    """The later version against the earlier one, whose decision has its `asked` at hand."""
    found = differences(before.snapshot, after.snapshot)
    decision: Decision | None = getattr(before, "decision", None)
    lines = lines_of(decision.asked.all()) if decision is not None else []
    outcomes = made([line.path for line in lines], found, after.replies)
    asked = {line.path for line in lines}
    return Comparison(
        before=before,
        after=after,
        rows=[_row(one, asked) for one in found],
        asked=[_asked(line, outcomes[line.path], after.replies.get(line.path, "")) for line in lines],
        paths=frozenset(path for one in found for path in (*one.paths, *(f"roles.{role}" for role in one.roles))),
    )


def _row(found: Difference, asked: set[str]) -> ChangedRow:
    before, after = text_of(found.field, found.before), text_of(found.field, found.after)
    return ChangedRow(
        label=_label(found),
        # The same name of another file or person says nothing by itself.
        before=before if before != after else _("%(what)s (another one)") % {"what": before},
        after=after,
        is_asked=not asked.isdisjoint(found.paths),
        change=found.change.value,
    )


def _label(found: Difference) -> str:
    """The name of the field; of a person in several roles with all of them."""
    if len(found.fields) == 1:
        return label_of(found.field)
    roles = ", ".join(_(ROLE_POLICY[role].label) for role in found.roles)
    return _("%(section)s (%(roles)s): %(part)s") % {
        "section": _(SECTIONS[found.field.section]),
        "roles": roles,
        "part": _(found.field.label).lower(),
    }


def _asked(line: AskedLine, outcome: Outcome, reply: str) -> AskedRow:
    words, fact = {
        Outcome.MADE: (_("Changed"), "good"),
        Outcome.REPLIED: (_("Not changed, with a reply"), "warn"),
        Outcome.NOT_MADE: (_("Not changed"), "bad"),
    }[outcome]
    return AskedRow(line=line, outcome=outcome, words=words, fact=fact, reply=reply)


def context(sent: Sequence[Submission], shown: Submission, chosen: str) -> dict[str, Any]:
    """The decision page's part: `shown` against the version before, or against the `chosen` earlier one.

    `sent`: every version, with decisions and their changes at hand. No query.
    """
    earlier = [one for one in sent if one.version < shown.version]
    if not earlier:
        return {"comparison": None, "earlier": [], "changed_paths": frozenset()}
    before = next((one for one in earlier if str(one.version) == chosen), earlier[0])
    found = compare(before, shown)
    return {"comparison": found, "earlier": earlier, "changed_paths": found.paths}
