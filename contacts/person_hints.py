"""What is worth a second look in somebody's address and phone number beside everybody else's. Stops nobody."""

from collections.abc import Mapping

from contacts.offers import AddressBook, Candidate
from contacts.policy import ROLE_POLICY, Role, Side
from contacts.roster import PersonDetails
from customers import details_hints, email_hints
from customers.hints import Hint


def hints_about(person: PersonDetails, *, book: AddressBook, signs: bool) -> tuple[Hint, ...]:
    """What to look at in this person; `signs`: for a role that some domains are refused to."""
    return (
        *email_hints.hints(person.email, is_own=person.side is Side.OWN, beside=book.surroundings, signs=signs),
        *details_hints.phone_hints(person.phone, str(book.partner.country)),
    )


def hints_by_role(chosen: Mapping[Role, Candidate], book: AddressBook) -> dict[Role, list[Hint]]:
    """What to look at in whoever fills the roles. What is true of somebody in every role is said in the first."""
    said: set[tuple[str, str]] = set()
    found: dict[Role, list[Hint]] = {}
    for role, candidate in chosen.items():
        about = hints_about(candidate.person, book=book, signs=ROLE_POLICY[role].signs)
        found[role] = [hint for hint in about if (candidate.key, hint.code) not in said]
        said |= {(candidate.key, hint.code) for hint in about}
    return found
