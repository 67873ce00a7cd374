"""What a registration is at one moment, as the model of random moves (`moves_model`) sees it, and who there is."""

from dataclasses import dataclass

DRAFT, SUBMITTED, ASKED = "draft", "submitted", "changes_requested"
APPROVED, REJECTED, WITHDRAWN, GONE = "approved", "rejected", "withdrawn", "gone"

# The customer's status by the state of its request.
CUSTOMERS = {
    DRAFT: None,
    SUBMITTED: "pending",
    ASKED: "pending",
    APPROVED: "active",
    REJECTED: "rejected",
    WITHDRAWN: "withdrawn",
}

APPROVERS = ("sofie", "karim", "nadia")
INSIDER = "irma"
"""A superuser who is a member of the first partner too: may send, may decide, never on what she sent."""
STAFF = (*APPROVERS, INSIDER, "hanne")
PEOPLE = ("lotte", "pieter", "vera", "joris", "maud", *STAFF)


@dataclass(frozen=True, kw_only=True)
class Side:
    """The partner of a registration, and how it deals with the customer."""

    onboarders: frozenset[str]
    is_reseller: bool
    csm: str = ""


BRIGHTCLOUD = Side(onboarders=frozenset({"lotte", "pieter", INSIDER}), is_reseller=True, csm="hanne")
NORTHWIND = Side(onboarders=frozenset({"joris", "maud"}), is_reseller=False)


@dataclass(frozen=True, kw_only=True)
class Press:
    """Somebody presses something, on the page as they opened it."""

    move: str
    who: str
    words: str = ""
    liable: bool = False
    """Whether the sender accepts the liability, in a Reseller relationship."""
    by_field: bool = False
    seen: int = 0
    """The version of the submission on the page."""
    holder: str = ""
    """Whom the page names as the holder."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One event: who did what, who is told of it in the portal, and who also by mail."""

    action: str
    who: str
    told: frozenset[str] = frozenset()
    mailed: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Decided:
    version: int
    move: str
    who: str
    words: str
    first: str = ""


@dataclass(frozen=True, kw_only=True)
class First:
    who: str
    words: str
    saw_red: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """Everything that is to be so of one registration."""

    side: Side
    state: str = GONE
    opener: str = ""
    senders: tuple[str, ...] = ()
    holder: str = ""
    handler: str = ""
    is_red: bool = False
    is_liable: bool = False
    is_excused: bool = False
    exception: str = ""
    first: First | None = None
    has_document: bool = False
    decisions: tuple[Decided, ...] = ()
    said: tuple[tuple[str, str, bool], ...] = ()
    """Who wrote what, and whether for Arxus alone."""
    events: tuple[Told, ...] = ()

    @property
    def version(self) -> int:
        return len(self.senders)
