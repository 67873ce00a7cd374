"""What the verbs of contacts and roles refuse, by name."""

from collections.abc import Collection

from contacts.violations import Violation


class UnknownContact(Exception):
    """A key that names nobody whom this partner may choose here: another's contact and none at all alike."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class EmailTaken(Exception):
    """The organisation already has a contact with this address; `existing` is the name to choose instead."""

    def __init__(self, key: str, email: str, existing: str) -> None:
        super().__init__(email)
        self.key, self.email, self.existing = key, email, existing


class PolicyBroken(Exception):
    """The role policy refuses the roster; `violations` holds what blocks it."""

    def __init__(self, violations: Collection[Violation]) -> None:
        super().__init__(", ".join(f"{found.role}: {found.code}" for found in violations))
        self.violations = list(violations)
