import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from pytest_django import Settings

from approvals.models import Mailing, RegistrationRequest, Submission
from approvals.workflow import State
from contacts.assignment import judge
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from contacts.violations import Severity
from customers import vat
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.demo.accounts import ACCOUNTS, PASSWORD
from portal.models import User


@pytest.fixture
def demo(transactional_db: None, settings: Settings) -> None:
    settings.DEBUG = True
    call_command("seed_demo", verbosity=0)


def test_the_demo_refuses_to_write_accounts_with_a_known_password_on_a_server(db: None) -> None:
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("seed_demo")
    assert User.objects.count() == 0


def test_the_demo_holds_what_the_contract_promises_and_can_be_told_again(
    demo: None, capsys: pytest.CaptureFixture[str]
) -> None:
    def counts() -> tuple[int, ...]:
        return tuple(model.objects.count() for model in (User, Partner, Customer, Contact, RegistrationRequest))

    before = counts()
    call_command("seed_demo", force=True)
    assert counts() == before

    per_partner = dict(Customer.objects.values_list("partner__name").annotate(Count("pk")))
    assert set(per_partner) == {"Brightcloud", "Northwind IT"}
    assert all(55 <= number <= 65 for number in per_partner.values())
    assert set(RegistrationRequest.objects.values_list("state", flat=True)) == {state.value for state in State}
    assert set(Customer.objects.values_list("status", flat=True)) == set(CustomerStatus.values)
    assert not Mailing.objects.exists()
    printed = capsys.readouterr().out
    assert [account.email for account in ACCOUNTS if account.email not in printed] == []


def test_every_demo_account_signs_in_and_sees_its_home(demo: None) -> None:
    for account in ACCOUNTS:
        client = Client()
        answer = client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
        assert (account.email, answer.status_code, answer.headers.get("Location")) == (account.email, 302, "/")
        assert client.get("/").status_code == 200


def test_demo_customers_have_valid_numbers_and_roles_that_keep_to_the_policy(demo: None) -> None:
    for customer in Customer.objects.active().select_related("partner").prefetch_related("assignments__contact"):
        assert str(vat.parse(customer.vat_number)) == customer.vat_number
        roster = Roster(
            relationship=Relationship(customer.relationship),
            uses_secwise_watch=customer.uses_secwise_watch,
            holders={Role(entry.role): entry.contact.number for entry in customer.assignments.all()},
            signing_authority=True,
        )
        found = judge(
            partner=customer.partner, customer=customer, roster=roster, evidence={EvidenceKind.CUSTOMER_APPROVAL}
        )
        assert [violation for violation in found if violation.severity is Severity.BLOCK] == []


def test_where_there_is_a_register_it_has_spoken_on_every_request(transactional_db: None, settings: Settings) -> None:
    settings.DEBUG, settings.VIES_URL = True, "http://127.0.0.1:9"
    call_command("seed_demo", verbosity=0)
    assert {sent.snapshot["register"]["state"] for sent in Submission.objects.all()} == {"registered"}
