"""The product's table of roles, written down a second time, and every cell of it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Row:
    """A row of the product's table of roles."""

    reseller: set[str]
    value_add_partner: set[str]
    needs_phone: bool = False
    bans_domain: bool = False
    takes_list: bool = False
    own_evidence: tuple[str | None, str | None] = (None, None)
    """The document that an own contact asks for: as Reseller, as Value Add Partner."""


TABLE = {
    "technical": Row({"own", "customer"}, {"own"}, needs_phone=True),
    "commercial": Row(
        {"own", "customer"},
        {"own"},
        needs_phone=True,
        bans_domain=True,
        own_evidence=("liability_agreement", "customer_approval"),
    ),
    "dpo": Row({"own", "customer"}, {"own"}),
    "watch_list": Row({"own", "customer"}, {"own"}, takes_list=True),
    "security_incident": Row({"own", "customer"}, {"own"}),
}

PHONES = {"none": "", "mobile": "+32470550117", "freephone": "+3280012345"}
DOMAINS = ("brightcloud.example", "cronos.be")
DOCUMENTS = (None, "customer_approval", "liability_agreement")


@dataclass(frozen=True)
class Cell:
    role: str
    relationship: str
    side: str
    kind: str
    phone: str
    domain: str
    document: str | None

    @property
    def is_offered(self) -> bool:
        row = TABLE[self.role]
        sides = row.reseller if self.relationship == "reseller" else row.value_add_partner
        return self.side in sides and (self.kind == "person" or row.takes_list)

    @property
    def refusals(self) -> set[str]:
        """What the product says is wrong with it."""
        row = TABLE[self.role]
        sides = row.reseller if self.relationship == "reseller" else row.value_add_partner
        if not self.is_offered:
            return ({"wrong_side"} if self.side not in sides else set()) | (
                {"list_not_accepted"} if self.kind == "list" and not row.takes_list else set()
            )
        found = set()
        if row.needs_phone and self.phone != "mobile":
            found.add("phone_missing" if self.phone == "none" else "phone_not_personal")
        if row.bans_domain and self.domain == "cronos.be":
            found.add("blocked_domain")
        document = row.own_evidence[self.relationship == "value_add_partner"] if self.side == "own" else None
        if document and document != self.document:
            found.add("approval_missing" if document == "customer_approval" else "agreement_missing")
        return found


GROUPS = list(itertools.product(TABLE, ("reseller", "value_add_partner"), ("own", "customer"), ("person", "list")))


def cells_of(group: tuple[str, str, str, str]) -> Iterator[Cell]:
    for phone, domain, document in itertools.product(PHONES, DOMAINS, DOCUMENTS):
        yield Cell(*group, phone, domain, document)


def by_group(test: Any) -> Any:
    return pytest.mark.parametrize("group", GROUPS, ids="-".join)(test)
