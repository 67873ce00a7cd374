"""Something to look at again in what was typed, which stops nobody. Pure."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, kw_only=True)
class Hint:
    """What is worth a second look, by its name.

    `code` is a stable slug; `params` are the facts that the words about it name. The words for whoever typed it are in
    `customers.hint_words`.
    """

    field: str
    """Where it was typed."""
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)
