"""The checks on the decision page: by level, what is fine folded away, and what was seen beside what is so now."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from approvals.checks import frozen, signals
from approvals.models import Decision, RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders, request_builders
from tests.portal.reading import text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest, query: str = "") -> str:
    return f"/admin/approvals/registrationrequest/{request.reference}/change/{query}"


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User, approver: User) -> RegistrationRequest:
    """A request all of whose checks are green."""
    request = make_request(partner, onboarder)
    Contact.objects.update(access_confirmed_at=days_ago(1), access_confirmed_by=approver)
    return request


def kept(request: RegistrationRequest) -> None:
    """Keep with the decision what the checks say now."""
    submission = request.submissions.latest("version")
    Decision.objects.filter(submission=submission).update(signals=frozen(signals(request, submission)))


def test_a_clean_request_shows_every_green_check_with_its_fact(staff: Client, sent: RegistrationRequest) -> None:
    page = staff.get(page_of(sent))

    assert "signals-folded" not in page.content.decode()
    assert "Green: Not rejected before Neither by number nor by name · just now" in text_of(page)


def test_what_is_fine_is_folded_where_something_is_not(
    staff: Client, sent: RegistrationRequest, other_partner: Partner
) -> None:
    builders.make_customer(other_partner, vat_number=sent.vat_number)

    page = staff.get(page_of(sent)).content.decode()

    assert page.index("Also at another partner") < page.index("signals-folded") < page.index("Not rejected before")


@pytest.mark.parametrize(
    ("snapshot", "words"),
    [
        ({"signing_authority": False}, "Cannot be approved like this"),
        (
            {"register": {"state": "not_registered", "asked_at": days_ago(1).isoformat()}},
            "Approving takes a reason and a second approver",
        ),
    ],
)
def test_what_a_check_blocks_is_said_beside_it(
    snapshot: dict[str, object], words: str, staff: Client, partner: Partner, onboarder: User
) -> None:
    assert words in text_of(staff.get(page_of(make_request(partner, onboarder, **snapshot))))


def test_what_the_approver_saw_stands_beside_what_is_different_now(
    staff: Client, partner: Partner, onboarder: User, second_approver: User, other_partner: Partner
) -> None:
    request = make_request(partner, onboarder, State.REJECTED, approver=second_approver)
    kept(request)
    builders.make_customer(other_partner, vat_number=request.vat_number)

    words = text_of(staff.get(page_of(request)))

    seen, _heading, now = words.partition("What is different now")
    assert "What Karim Benali saw" in seen
    assert "Known at no other partner" in seen
    assert "Also at another partner" in now
    assert "No longer: Known at no other partner" in now


def test_what_has_not_changed_since_the_decision_is_said_so(staff: Client, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    kept(request)

    assert "Nothing: the checks say the same today." in text_of(staff.get(page_of(request)))


def test_an_older_version_shows_what_was_seen_of_it(
    staff: Client, partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, approver=approver)
    kept(request)
    assert request.customer is not None
    request_builders.submit(request, onboarder, request.customer, days_ago(0))

    older = text_of(staff.get(page_of(request, "?version=1")))
    latest = text_of(staff.get(page_of(request)))

    assert "What Sofie Dhondt saw" in older
    assert "What Sofie Dhondt saw" not in latest


def test_a_decision_from_before_checks_were_kept_shows_todays(staff: Client, partner: Partner, onboarder: User) -> None:
    page = staff.get(page_of(make_request(partner, onboarder, State.APPROVED)))

    assert "Not rejected before" in text_of(page)
    assert "What is different now" not in text_of(page)


def test_a_customer_manager_reads_the_checks_and_changes_nothing(
    csm: User, signed_in: SignIn, sent: RegistrationRequest, other_partner: Partner, settings: Settings
) -> None:
    settings.VIES_URL = "http://127.0.0.1:9"
    builders.make_customer(other_partner, vat_number=sent.vat_number)

    page = signed_in(csm).get(page_of(sent))

    assert "Also at another partner" in text_of(page)
    assert "Check again" not in text_of(page)


@pytest.mark.parametrize("path", ["/requests/{}/", "/requests/{}/sent/", "/requests/", "/"])
def test_nothing_of_the_checks_is_on_a_page_of_the_partner(
    path: str, onboarder: User, signed_in: SignIn, sent: RegistrationRequest, other_partner: Partner, stranger: User
) -> None:
    make_request(other_partner, stranger, State.REJECTED, vat_number=sent.vat_number, reason="A fraud, we fear.")
    builders.make_customer(other_partner, vat_number=sent.vat_number, name="Known Elsewhere NV")
    found = signals(sent, sent.submissions.get())
    assert {"known_elsewhere", "rejected_before"} <= {signal.code for signal in found}

    page = signed_in(onboarder).get(path.format(sent.reference)).content.decode()

    told = [signal.title for signal in found]
    told += [signal.fact for signal in found if signal.links]
    told += ["Northwind IT", "Known Elsewhere NV", "A fraud, we fear."]
    assert [text for text in told if text in page] == []
