"""Who fills which role for one customer, as one value: what a form hands to a verb. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

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


def as_entry(person: PersonDetails) -> dict[str, str]:
    """The person as it is kept in a draft's answers, JSON."""
    return {name: str(value) for name, value in asdict(person).items()}


def from_entry(entry: Mapping[str, str]) -> PersonDetails:
    """The person that a draft's answers hold. Raises ValueError or TypeError for anything `as_entry` did not write."""
    known = dict(entry)
    return PersonDetails(side=Side(known.pop("side")), kind=ContactKind(known.pop("kind")), **known)
