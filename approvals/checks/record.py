"""What the checks said when somebody decided, kept with the decision: plain JSON, readable whatever becomes of the
checks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from approvals.checks.cases import Blocks, Level, Signal


def frozen(signals: Iterable[Signal]) -> list[dict[str, str]]:
    """Return the signals as they were shown: code, level (`red`, `amber`, `green`), title, fact, at (ISO), blocks.

    In the words the approver read, in the approver's language.
    """
    return [
        {
            "code": signal.code,
            "level": signal.level.shape,
            "title": signal.title,
            "fact": signal.fact,
            "at": signal.at.isoformat(),
            "blocks": signal.blocks.value,
        }
        for signal in signals
    ]


def thawed(kept: Sequence[dict[str, Any]]) -> list[Signal]:
    """Return the signals that `frozen` kept, without their links."""
    levels = {level.shape: level for level in Level}
    return [
        Signal(
            code=entry["code"],
            level=levels[entry["level"]],
            title=entry["title"],
            fact=entry["fact"],
            at=datetime.fromisoformat(entry["at"]),
            blocks=Blocks(entry["blocks"]),
        )
        for entry in kept
    ]
