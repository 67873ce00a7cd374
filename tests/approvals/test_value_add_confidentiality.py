"""Whatever happens to a request of a Value Add Partner's customer, no message leaves for an address that is neither the
partner's nor Arxus's. Tested where mails are handed to the mail server, with a customer whose people could leak."""

from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from approvals import tasks
from approvals.models import Mailing, MailOutcome, Notification, NotificationChoice, NotificationKind
from approvals.notices import letters
from approvals.notices.table import NOTICES
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals.told import AUDIENCE, Told
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

CUSTOMERS = "leak.example"
"""The customer's own domain: of its contacts, of an account of its own, and of a partner's person whose mail it is."""


@pytest.fixture
def everybody_wants_mail(cast: dict[str, User]) -> None:
    wanted = [
        NotificationChoice(user=user, kind=kind, by_mail=True) for user in cast.values() for kind in NotificationKind
    ]
    NotificationChoice.objects.bulk_create(wanted)


def betrayed(action: str, partner: Partner, cast: dict[str, User]) -> Told:
    """The event, about a customer with people of its own in every place where one could be looked up by mistake."""
    by, _told = AUDIENCE[action]
    one = Told(action, partner, cast["onboarder"], cast[by], relationship=Relationship.VALUE_ADD_PARTNER)
    customer = one.request.customer
    assert customer is not None
    for role in Role:
        builders.make_contact(customer, first_name=role.value, email=f"{role.value}@{CUSTOMERS}")
    builders.make_member(customer, MembershipRole.ADMINISTRATOR, f"administrator@{CUSTOMERS}")
    builders.make_member(customer, MembershipRole.ONBOARDER, f"onboarder@{CUSTOMERS}")
    one.request.answers["people"] = {"new-1": {"email": f"typed@{CUSTOMERS}"}}
    one.request.save()
    submission = one.request.submissions.get()
    assert CUSTOMERS not in str(submission.snapshot)
    return one


def everything_said() -> str:
    """All that left: the envelope, every header and every part."""
    return "\n".join(f"{letter.recipients()} {letter.message().as_string()}" for letter in mail.outbox)


@pytest.mark.usefixtures("everybody_wants_mail")
@pytest.mark.parametrize("action", NOTICES)
def test_no_event_is_told_beyond_the_partner_and_arxus(action: str, cast: dict[str, User], partner: Partner) -> None:
    one = betrayed(action, partner, cast)
    one.announce()
    run_queued_tasks()

    allowed = set(Membership.objects.filter(partner=partner).values_list("user__email", flat=True))
    allowed |= set(User.objects.filter(is_staff=True).values_list("email", flat=True))
    told = set(Notification.objects.values_list("recipient__email", flat=True))
    reached = {address for letter in mail.outbox for address in letter.recipients()}
    assert reached == told
    assert reached <= allowed
    assert reached or action == "message.noted"
    assert CUSTOMERS not in everything_said()


@pytest.mark.parametrize("status", [CustomerStatus.PENDING, CustomerStatus.ACTIVE])
@pytest.mark.parametrize("action", NOTICES)
def test_a_mail_that_was_written_to_the_customer_by_mistake_does_not_leave(
    action: str, status: CustomerStatus, cast: dict[str, User], partner: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    one = betrayed(action, partner, cast)
    approved_at = timezone.now() if status == CustomerStatus.ACTIVE else None
    Customer.objects.filter(request=one.request).update(status=status, approved_at=approved_at)
    Mailing.objects.all().delete()
    about: dict[str, Any] = {"event": one.event, "request": one.request, "message": one.message}
    kind = NOTICES[action][0].kind
    for reader in User.objects.filter(email__endswith=f"@{CUSTOMERS}"):
        mailing = Mailing.objects.create(recipient=reader, kind=kind, version=1, **about)
        tasks.deliver.enqueue(str(mailing.key))
    run_queued_tasks()

    assert list(Mailing.objects.values_list("outcome", flat=True)) == [MailOutcome.REFUSED] * 2
    assert mail.outbox == []
    assert caplog.text.count("refused") == 2


@pytest.mark.parametrize(
    "address", [f"one@brightcloud.example,two@{CUSTOMERS}", f"one@x.example\nBcc: two@{CUSTOMERS}"]
)
def test_one_address_never_reaches_two_people(address: str, cast: dict[str, User], partner: Partner) -> None:
    one = betrayed("request.rejected", partner, cast)
    User.objects.filter(pk=cast["onboarder"].pk).update(email=address)
    one.announce()
    run_queued_tasks()
    assert mail.outbox == []


def test_nobody_of_the_customer_is_to_be_invited(cast: dict[str, User], partner: Partner) -> None:
    """What is sent is composed in one place, and only for people who have an account."""
    one = betrayed("request.approved", partner, cast)
    customer = Customer.objects.get(request=one.request)
    assert Contact.objects.filter(customer=customer).count() == len(Role)
    one.announce()
    for mailing in Mailing.objects.all():
        letter = letters.compose(mailing)
        assert CUSTOMERS not in letter.message().as_string()
        assert letter.recipients() == [mailing.recipient.email]
