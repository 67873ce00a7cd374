"""Who fills which role for one customer, as one value: what a form hands to a verb. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from contacts.policy import ContactKind, Role, Side
from customers.relationships import Relationship


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """A person or a distribution list, cleaned: NFC names, a normalised address, the phone number in E.164."""

    side: Side
    kind: ContactKind = ContactKind.PERSON
    first_name: str = ""
    last_name: str
    """For a distribution list: its name."""
    email: str
    phone: str = ""
    phone_extension: str = ""
    contact: str = ""
    """Number of the contact this amends or has become; empty for somebody new."""

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Every answer of the contacts step. `holders` and `people` share their keys.

    A key is the number of a contact (`CON-…`) or a name for somebody new (`new-1`). `people` holds whoever is new or
    amended; a holder that is not in it is an existing contact, left as it is. People who fill no role are not written.
    """

    relationship: Relationship
    uses_secwise_watch: bool
    people: Mapping[str, PersonDetails] = field(default_factory=dict)
    holders: Mapping[Role, str] = field(default_factory=dict)
    signing_authority: bool = False
    accepts_liability: bool = False

    @property
    def keys(self) -> set[str]:
        """The keys of everybody who fills a role."""
        return {key for key in self.holders.values() if key}


FIELDS = ("kind", "first_name", "last_name", "email", "phone", "phone_extension")
"""What of a person is written to a contact."""


def as_entry(person: PersonDetails, *, was: PersonDetails | None = None) -> dict[str, Any]:
    """The person as it is kept in a draft's answers, JSON. `was`: the contact when the draft began to amend it."""
    entry: dict[str, Any] = {name: str(value) for name, value in asdict(person).items()}
    if was is not None:
        entry["was"] = {name: str(getattr(was, name)) for name in FIELDS}
    return entry


def from_entry(entry: Mapping[str, Any]) -> PersonDetails:
    """The person that a draft's answers hold. Raises ValueError or TypeError for anything `as_entry` did not write."""
    known = dict(entry)
    known.pop("was", None)
    return PersonDetails(side=Side(known.pop("side")), kind=ContactKind(known.pop("kind")), **known)


def amended(entry: Mapping[str, Any], standing: PersonDetails) -> PersonDetails:
    """The contact as it stands, with only what the draft changes in it: others may have corrected it meanwhile."""
    person = from_entry(entry)
    was = entry.get("was", {})
    untouched = {name: getattr(standing, name) for name in FIELDS if getattr(person, name) == was.get(name)}
    return replace(person, **untouched)


def as_sent(entry: Mapping[str, Any], number: str) -> dict[str, Any]:
    """The entry once it was written to the contact with this number: from now on the draft changes nothing in it."""
    person = replace(from_entry(entry), contact=number)
    return as_entry(person, was=person)
