from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from approvals.models import Evidence, Mailing, RegistrationRequest, Submission
from approvals.workflow import State
from contacts.assignment import judge
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from contacts.violations import Severity
from customers import vat
from customers.models import Customer, CustomerStatus, Event, Partner
from customers.relationships import Relationship
from portal.demo import story
from portal.demo.accounts import ACCOUNTS, PASSWORD
from portal.models import SavedView, User


@pytest.fixture
def demo(transactional_db: None, settings: Settings) -> None:
    settings.LOCAL, settings.VIES_URL = True, "http://127.0.0.1:9"
    call_command("seed_demo", verbosity=0)


def test_the_demo_refuses_to_write_accounts_with_a_known_password_on_a_server(db: None) -> None:
    with pytest.raises(CommandError, match="LOCAL=1"):
        call_command("seed_demo")
    assert User.objects.count() == 0


def test_the_demo_is_believable_and_can_be_told_again(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    """One test, as telling it takes long; each part below says what it looks at."""
    holds_what_the_contract_promises_and_can_be_told_again(capsys)
    nothing_of_a_request_happened_later_than_the_request_itself()
    every_account_signs_in_and_sees_its_home()
    customers_have_valid_numbers_and_roles_that_keep_to_the_policy()
    the_register_has_spoken_on_every_request()
    call_command("search_check")  # Exits with 1 where a search row is not true.


def holds_what_the_contract_promises_and_can_be_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    def counts() -> tuple[int, ...]:
        return tuple(
            model.objects.count() for model in (User, Partner, Customer, Contact, RegistrationRequest, SavedView)
        )

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


def nothing_of_a_request_happened_later_than_the_request_itself() -> None:
    yesterday = timezone.now() - timedelta(days=1)
    sent = RegistrationRequest.objects.filter(submitted_at__lt=yesterday, decided_at__isnull=True)
    decided = RegistrationRequest.objects.filter(decided_at__lt=yesterday)

    assert sent.exists()
    assert decided.exists()
    assert Evidence.objects.exists()
    assert not Event.objects.filter(customer__request__in=[*sent, *decided], at__gt=yesterday).exists()
    assert not Evidence.objects.filter(request__submitted_at__lt=F("uploaded_at")).exists()
    assert not Contact.objects.filter(customer__request__submitted_at__lt=F("created_at")).exists()


def test_mails_of_a_demo_are_written_where_its_greeting_says(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story, "tell", lambda: None)
    call_command("seed_demo", force=True)
    assert "Mails" not in capsys.readouterr().out

    settings.EMAIL_FILE_PATH = str(tmp_path)
    call_command("seed_demo", force=True)
    assert f"Mails are written to files in {tmp_path}" in capsys.readouterr().out


def every_account_signs_in_and_sees_its_home() -> None:
    for account in ACCOUNTS:
        client = Client()
        answer = client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
        assert (account.email, answer.status_code, answer.headers.get("Location")) == (account.email, 302, "/")
        assert client.get("/").status_code == 200


def customers_have_valid_numbers_and_roles_that_keep_to_the_policy() -> None:
    vacant = defaultdict(list)
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
        blocking = [violation.code for violation in found if violation.severity is Severity.BLOCK]
        assert blocking in ([], ["role_empty"])
        if blocking:
            vacant[customer.partner.name].append(customer.name)
    # There is something to mend in the table, and most is in order.
    assert {name: len(customers) for name, customers in vacant.items()} == {"Brightcloud": 5, "Northwind IT": 5}


def the_register_has_spoken_on_every_request() -> None:
    assert {sent.snapshot["register"]["state"] for sent in Submission.objects.all()} == {"registered"}
