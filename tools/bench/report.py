"""The results as a table to read and as JSON to keep."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.bench.goals import GOALS, Result
from tools.bench.ratios import Figure

HEAD = ("goal", "measured", "limit", "figure", "90 % interval", "control", "verdict", "")


def machine(postgresql: str) -> dict[str, Any]:
    """What the figures depend on; nothing that names the machine."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "date": datetime.now().astimezone().date().isoformat(),
        "cores": os.cpu_count(),
        "memory_gib": round(pages * size / 2**30),
        "python": platform.python_version(),
        "postgresql": postgresql,
    }


def load_average() -> str:
    return " ".join(f"{load:.2f}" for load in os.getloadavg())


def table(results: Sequence[Result]) -> str:
    lines = [HEAD, *(_line(result) for result in results)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([texts[0], "-" * len(texts[0]), *texts[1:]])


def markdown(results: Sequence[Result]) -> str:
    """The table for docs/performance.md."""
    lines = [(*HEAD[:-1], "from"), tuple("---" for _ in HEAD), *(_line(result) for result in results)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def _line(result: Result) -> tuple[str, ...]:
    goal = GOALS[result.goal]
    figure = result.figure
    is_counted = figure.low == figure.high == figure.value
    return (
        result.goal.partition(" ")[0],
        f"{goal.words}: {result.what}",
        goal.bound,
        _number(figure.value),
        "" if is_counted else f"{_number(figure.low)} to {_number(figure.high)}",
        _number(result.control.value) if result.control else "",
        result.verdict.value,
        result.note,
    )


def _number(value: float) -> str:
    if value == int(value):
        return str(int(value))
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def write_json(path: Path, results: Sequence[Result], facts: dict[str, Any]) -> None:
    lines = [
        {
            "goal": result.goal,
            "words": GOALS[result.goal].words,
            "what": result.what,
            "limit": GOALS[result.goal].limit,
            "at_least": GOALS[result.goal].is_least,
            "unit": GOALS[result.goal].unit,
            "figure": asdict(result.figure),
            "control": _figure(result.control),
            "verdict": result.verdict.name.lower(),
            "note": result.note,
        }
        for result in results
    ]
    path.write_text(json.dumps({**facts, "results": lines}, indent=2, ensure_ascii=False) + "\n")


def _figure(figure: Figure | None) -> dict[str, float] | None:
    return asdict(figure) if figure else None


def in_short(result: Result) -> str:
    return " ".join(filter(None, (result.goal, result.what, _number(result.figure.value), result.verdict, result.note)))
