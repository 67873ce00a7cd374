"""What is wrong with a text that somebody typed. Pure."""

from collections.abc import Mapping


class Fault(ValueError):
    """A text that was not understood, by the name of its fault.

    `code` is a stable slug; `params` are the facts that the message about it names. The words are in
    `customers.fault_words`, so that the rules stay free of languages.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params
