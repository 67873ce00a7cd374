"""People as the role policy sees them: contacts that exist, and people who are new or amended."""

from collections.abc import Mapping

from django.conf import settings

from contacts.gaps import gaps
from contacts.models import Contact
from contacts.policy import Role
from contacts.roster import PersonDetails
from contacts.search_people import Found
from contacts.violations import Nominee, Violation
from customers import phone


def nominee_of(contact: Contact) -> Nominee:
    """What the policy needs to know of a contact that exists."""
    return Found.of(contact).nominee


def nominee_from(details: PersonDetails) -> Nominee:
    """What the policy needs to know of a person who is new or amended."""
    return Nominee(
        name=details.full_name,
        side=details.side,
        kind=details.kind,
        email=details.email,
        has_phone=bool(details.phone),
        phone_is_personal=phone.is_personal_line(details.phone),
    )


def gaps_of(holders: Mapping[Role, Contact], *, relationship: str, uses_secwise_watch: bool) -> list[Violation]:
    """What the role policy says of the people who fill a customer's roles, as they are now."""
    return gaps(
        {role: nominee_of(contact) for role, contact in holders.items()},
        relationship=relationship,
        uses_secwise_watch=uses_secwise_watch,
        blocked_domains=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
    )
