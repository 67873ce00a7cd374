"""Mails reach only people for whom the request exists, and of those the ones who can act."""

import pytest

from approvals import tasks
from approvals.decisions import decide
from approvals.models import MailOutcome, RegistrationRequest
from approvals.notices import audiences
from approvals.workflow import Move, State
from contacts.models import Contact
from customers.models import Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.approvals.posted import announced, outbox
from tests.request_builders import make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


class TestConfidentiality:
    """No mail about a request reaches anybody outside the partner and Arxus (settled question 5)."""

    @pytest.mark.parametrize("relationship", Relationship)
    @pytest.mark.parametrize("reader", ["stranger", "customer_user", "member_of_this_customer", "outsider"])
    def test_the_one_function_that_sends_refuses_other_readers(
        self,
        relationship: Relationship,
        reader: str,
        partner: Partner,
        onboarder: User,
        request: pytest.FixtureRequest,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        mailing = announced(partner, onboarder, state=State.APPROVED, relationship=relationship)
        if reader == "member_of_this_customer":
            mailing.recipient = builders.make_member(mailing.request.customer, MembershipRole.VIEWER)
        elif reader == "outsider":
            mailing.recipient = builders.make_user()
        else:
            mailing.recipient = request.getfixturevalue(reader)
        mailing.save()

        with pytest.raises(tasks.Confidential):
            tasks.send(mailing)
        run_queued_tasks()

        mailing.refresh_from_db()
        assert (mailing.outcome, outbox()) == (MailOutcome.REFUSED, [])
        assert [record.levelname for record in caplog.records if record.name == "approvals.tasks"] == ["ERROR"]

    def test_somebody_who_left_since_gets_nothing(self, partner: Partner, onboarder: User) -> None:
        announced(partner, onboarder)
        Membership.objects.filter(user=onboarder).delete()
        run_queued_tasks()
        assert outbox() == []

    @pytest.mark.parametrize("persona", ["onboarder", "colleague", "viewer", "approver", "csm"])
    def test_the_partner_and_arxus_may_be_written_to(
        self, persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
    ) -> None:
        mailing = announced(partner, onboarder, relationship=Relationship.VALUE_ADD_PARTNER)
        mailing.recipient = request.getfixturevalue(persona)
        tasks.send(mailing)
        assert [letter.to for letter in outbox()] == [[mailing.recipient.email]]

    @pytest.mark.parametrize("address", ["a@x.example,b@x.example", "a@x.example\nBcc: b@x.example", "nobody", ""])
    def test_an_address_that_is_not_one_address_is_refused(
        self, address: str, partner: Partner, onboarder: User
    ) -> None:
        mailing = announced(partner, onboarder)
        User.objects.filter(pk=onboarder.pk).update(email=address)
        run_queued_tasks()
        mailing.refresh_from_db()
        assert (mailing.outcome, outbox()) == (MailOutcome.REFUSED, [])

    def test_no_contact_of_a_customer_is_ever_written_to(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = filled.sent(partner, onboarder)
        decide(actor=approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True)
        run_queued_tasks()
        contacts = set(Contact.objects.values_list("email", flat=True))
        assert contacts.isdisjoint(address for letter in outbox() for address in letter.recipients())
        assert len(outbox()) == 2


class TestAudience:
    """The sender is told; after they left, somebody who can act."""

    def test_the_latest_sender(self, partner: Partner, onboarder: User, administrator: User) -> None:
        assert audiences.sender(make_request(partner, onboarder)) == [onboarder]

    @pytest.mark.parametrize("leave", ["left", "disabled", "demoted"])
    def test_the_administrators_when_the_sender_left(
        self, leave: str, partner: Partner, onboarder: User, administrator: User, viewer: User
    ) -> None:
        request = make_request(partner, onboarder)
        if leave == "left":
            Membership.objects.filter(user=onboarder).delete()
        elif leave == "disabled":
            User.objects.filter(pk=onboarder.pk).update(is_active=False)
        else:
            Membership.objects.filter(user=onboarder).update(role=MembershipRole.VIEWER.value)
        assert audiences.sender(RegistrationRequest.objects.get(pk=request.pk)) == [administrator]

    def test_nobody_of_another_partner(self, partner: Partner, onboarder: User, other_partner: Partner) -> None:
        builders.make_member(other_partner, MembershipRole.ADMINISTRATOR)
        request = make_request(partner, onboarder)
        Membership.objects.filter(user=onboarder).update(partner=other_partner)
        assert audiences.sender(RegistrationRequest.objects.get(pk=request.pk)) == []
