"""The same thing saved in two windows: what the page shows that asks which of the two to keep."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A line in which they differ; "" where one of them has nothing there."""

    label: Any
    own: str
    """What this window holds."""
    kept: str
    """What is saved now."""
