"""The one function that sends, with every notice of the table and with data that could leak or break a mail."""

from typing import Any

import pytest
from django.utils import timezone

from approvals import tasks
from approvals.models import Mailing, MailOutcome, Notification
from approvals.notices.audiences import people
from approvals.notices.table import NOTICES, Audience, Notice
from contacts.models import Contact
from customers.models import Customer, CustomerStatus, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals.posted import outbox
from tests.approvals.told import AUDIENCE, Told
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


def notices() -> list[Any]:
    return [
        pytest.param(action, notice, id=f"{action} {notice.audience}")
        for action, found in NOTICES.items()
        for notice in found
    ]


class TestSending:
    """The one function that sends, with every notice and data that could leak or break a mail."""

    HOSTILE = "Acme\r\nBcc: victim@evil.example\x0b %(reference)s {{ 7|add:7 }} <b>&"

    def mailing(self, action: str, notice: Notice, cast: dict[str, User], partner: Partner, **fields: Any) -> Mailing:
        by = "approver" if notice.audience in (Audience.THEIR_WRITERS, Audience.SENDER) else AUDIENCE[action][0]
        one = Told(action, partner, cast["onboarder"], cast[by], **fields)
        version = 1 if one.submission is not None else None
        request = one.request
        (reader, *_others) = people(notice.audience, one.event, one.submission, one.message) or [cast["approver"]]
        Mailing.objects.all().delete()
        return Mailing.objects.create(
            event=one.event, request=request, message=one.message, version=version, kind=notice.kind, recipient=reader
        )

    @pytest.mark.parametrize("reader", ["stranger", "customer_user", "member_of_this_customer", "outsider"])
    @pytest.mark.parametrize("relationship", Relationship)
    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_no_notice_reaches_anybody_outside_the_partner_and_arxus(
        self,
        action: str,
        notice: Notice,
        relationship: Relationship,
        reader: str,
        cast: dict[str, User],
        partner: Partner,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        mailing = self.mailing(action, notice, cast, partner, relationship=relationship)
        if reader == "member_of_this_customer":
            customer = Customer.objects.get(request=mailing.request)
            customer.status, customer.approved_at = CustomerStatus.ACTIVE, timezone.now()
            customer.save()
            mailing.recipient = builders.make_member(customer, MembershipRole.ADMINISTRATOR)
        else:
            mailing.recipient = builders.make_user() if reader == "outsider" else cast[reader]
        mailing.save()
        with pytest.raises(tasks.Confidential):
            tasks.send(mailing)
        assert outbox() == []

    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_no_name_breaks_a_mail(self, action: str, notice: Notice, cast: dict[str, User], partner: Partner) -> None:
        Partner.objects.filter(pk=partner.pk).update(name=f"Bright {self.HOSTILE}"[:200])
        partner.refresh_from_db()
        User.objects.exclude(email="").update(first_name="Eve\r\nBcc: victim@evil.example", last_name="%s")
        mailing = self.mailing(
            action, notice, {n: User.objects.get(pk=u.pk) for n, u in cast.items()}, partner, name=self.HOSTILE
        )
        tasks.send(mailing)
        (letter,) = outbox()
        message = letter.message()
        assert (message["Bcc"], message["Cc"]) == (None, None)
        assert letter.recipients() == [mailing.recipient.email]
        assert "\n" not in letter.subject
        assert letter.subject.startswith(mailing.request.reference)
        assert "14" not in letter.subject.replace(mailing.request.reference, "")
        html = str(letter.alternatives[0][0])
        assert "<b>&" not in html
        assert html.count("href=") == 1
        assert letter.body.count("http") == 1

    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_nothing_personal_stands_in_a_subject(
        self, action: str, notice: Notice, cast: dict[str, User], partner: Partner
    ) -> None:
        mailing = self.mailing(action, notice, cast, partner)
        tasks.send(mailing)
        (letter,) = outbox()
        people_named = [*cast.values(), *Contact.objects.filter(customer__request=mailing.request)]
        assert not any(
            name in letter.subject for one in people_named for name in (one.first_name, one.last_name) if name
        )
        assert "@" not in letter.subject

    def test_one_event_has_one_mail_for_each_reader_and_every_mail_its_event(
        self, cast: dict[str, User], partner: Partner
    ) -> None:
        for action, (by, _told) in AUDIENCE.items():
            one = Told(action, partner, cast["onboarder"], cast[by])
            one.announce()
            one.announce()
        run_queued_tasks()
        assert set(Mailing.objects.values_list("outcome", flat=True)) == {MailOutcome.SENT.value}
        pairs = list(Mailing.objects.values_list("event", "recipient"))
        assert len(pairs) == len(set(pairs)) == len(outbox())
        assert set(pairs) <= set(Notification.objects.values_list("event", "recipient"))
