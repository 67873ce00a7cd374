"""A request that came back is sent again: the next version of the same request."""

import pytest

from approvals.decisions import decide
from approvals.models import Mailing, RegistrationRequest, Submission
from approvals.refusals import (
    DuplicateNumber,
)
from approvals.workflow import Move
from contacts.models import Contact
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.approvals import filled

pytestmark = pytest.mark.django_db


class TestSecondSubmission:
    """A request that came back is sent again."""

    @pytest.fixture
    def returned(self, partner: Partner, onboarder: User, approver: User) -> RegistrationRequest:
        request = filled.sent(partner, onboarder)
        decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
        request.refresh_from_db()
        return request

    def test_it_is_version_two_of_the_same_request_and_customer(
        self, returned: RegistrationRequest, onboarder: User
    ) -> None:
        first_sent = returned.submitted_at
        customer = returned.customer

        second = filled.confirm(onboarder, returned, details=filled.details(name="Kempenvaart NV"))

        returned.refresh_from_db()
        assert (second.version, Submission.objects.count()) == (2, 2)
        assert (returned.customer, Customer.objects.count()) == (customer, 1)
        assert returned.submitted_at == first_sent
        assert (returned.reason, returned.decided_at) == ("", None)
        assert Customer.objects.get().name == returned.company_name == "Kempenvaart NV"
        assert Submission.objects.get(version=1).snapshot["details"]["name"] == "Kempenvaart Logistiek NV"

    def test_the_people_of_the_first_are_amended_not_doubled(
        self, returned: RegistrationRequest, onboarder: User
    ) -> None:
        contact = Contact.objects.get()
        assert returned.answers["people"]["new-1"]["contact"] == contact.number
        amended = filled.person(last_name="Vermeulen-Claes", contact=contact.number)

        filled.confirm(onboarder, returned, roster=filled.roster(people={"new-1": amended}))

        assert [(one.pk, one.last_name) for one in Contact.objects.all()] == [(contact.pk, "Vermeulen-Claes")]

    def test_its_vat_number_can_be_corrected(self, returned: RegistrationRequest, onboarder: User) -> None:
        filled.confirm(onboarder, returned, details=filled.details(vat_number=filled.OTHER_VAT))
        returned.refresh_from_db()
        assert returned.vat_number == Customer.objects.get().vat_number == filled.OTHER_VAT

    def test_but_not_to_one_the_partner_already_has(
        self, returned: RegistrationRequest, onboarder: User, partner: Partner
    ) -> None:
        builders.make_customer(partner, vat_number=filled.OTHER_VAT)
        with pytest.raises(DuplicateNumber):
            filled.confirm(onboarder, returned, details=filled.details(vat_number=filled.OTHER_VAT))
        assert Customer.objects.filter(vat_number=filled.VAT).exists()
        assert Submission.objects.count() == 1

    def test_each_version_is_confirmed_by_a_mail_of_its_own(
        self, returned: RegistrationRequest, onboarder: User
    ) -> None:
        filled.confirm(onboarder, returned)
        assert list(Mailing.objects.filter(kind__endswith="submitted").values_list("kind", "version")) == [
            ("submitted", 1),
            ("resubmitted", 2),
        ]
