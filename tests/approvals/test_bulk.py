"""Many requests of the queue at once: each for itself, and a line that says what became of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from approvals import bulk, holding
from approvals.bulk import MOST, Act, Chosen
from approvals.decisions import decide
from approvals.models import Decision, RegistrationRequest
from approvals.workflow import Move, State
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests.portal.reading import text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
MANY = f"{QUEUE}many/"
SignIn = Callable[[User], Client]


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def mixed(partner: Partner, onboarder: User, approver: User, second_approver: User) -> dict[str, RegistrationRequest]:
    """Requests of every sort there is in the queue, by what is the matter with them."""
    names = ("green", "held", "mine", "own", "liable", "unconfirmed", "decided")
    made = {
        name: make_request(partner, onboarder, name=name.title(), submitted_at=days_ago(9 - number))
        for number, name in enumerate(names)
    }
    holding.take(actor=second_approver, request=made["held"])
    holding.take(actor=approver, request=made["mine"])
    made["own"].submissions.update(submitted_by=approver)
    liable = made["liable"].submissions.get()
    made["liable"].submissions.update(snapshot=liable.snapshot | {"liability": "We are liable."})
    Contact.objects.filter(customer=made["unconfirmed"].customer).update(
        access_confirmed_at=None, access_confirmed_by=None
    )
    decide(actor=second_approver, request=made["decided"], move=Move.APPROVE, version=1)
    return made


def values(*requests: RegistrationRequest, version: int = 1) -> list[str]:
    return [f"{request.reference}:{version}" for request in requests]


def done(lines: list[bulk.Line]) -> list[str]:
    return [line.request.company_name for line in lines if line.request and line.is_done]


def chosen(*requests: RegistrationRequest) -> list[Chosen]:
    return bulk.parsed(values(*requests))


def test_taking_many_takes_what_is_free_and_says_why_not_the_rest(
    mixed: dict[str, RegistrationRequest], approver: User
) -> None:
    lines = bulk.act(actor=approver, act=Act.TAKE, chosen=chosen(*mixed.values()))

    assert done(lines) == ["Green", "Mine", "Liable", "Unconfirmed"]
    why = {line.request.company_name: line.words for line in lines if not line.is_done}
    assert why["Held"].startswith("Karim Benali holds this request since")
    assert why["Own"] == "You sent this request yourself, so somebody else has to decide on it."
    assert why["Decided"].startswith("Karim Benali approved this request on")


def test_giving_back_many_gives_back_what_one_holds(mixed: dict[str, RegistrationRequest], approver: User) -> None:
    lines = bulk.act(actor=approver, act=Act.GIVE_BACK, chosen=chosen(*mixed.values()))
    assert done(lines) == ["Mine"]
    assert RegistrationRequest.objects.filter(held_by=approver).count() == 0


def test_only_what_is_all_green_is_approved(mixed: dict[str, RegistrationRequest], approver: User) -> None:
    foreseen = bulk.foreseen(actor=approver, chosen=chosen(*mixed.values()))
    assert done(foreseen) == ["Green", "Mine"]
    assert Decision.objects.count() == 1

    lines = bulk.act(actor=approver, act=Act.APPROVE, chosen=chosen(*mixed.values()))

    assert done(lines) == ["Green", "Mine"]
    assert Decision.objects.filter(decided_by=approver).count() == 2
    assert [line.words for line in lines if line.is_done] == ["Approved. Brightcloud is told."] * 2
    assert [line.is_done for line in lines] == [line.is_done for line in foreseen]
    why = {line.request.company_name: line.words for line in lines if not line.is_done}
    assert why["Liable"] == "Two approvers have to look at it, so open it and decide there."
    assert why["Unconfirmed"].startswith("Not all green, so open it and decide there: ")


def test_the_version_of_the_row_is_the_one_that_is_approved(partner: Partner, onboarder: User, approver: User) -> None:
    sent = make_request(partner, onboarder)
    for act in (bulk.foreseen, lambda **given: bulk.act(act=Act.APPROVE, **given)):
        (line,) = act(actor=approver, chosen=[Chosen(reference=sent.reference, version=2)])
        assert (line.is_done, line.words) == (
            False,
            "The partner sent version 1 while you read version 2. Read it, then decide.",
        )


@pytest.mark.parametrize(
    "value",
    ["", ":", "x", "REQ-7F3K-9Q2M", "REQ-7F3K-9Q2M:", "REQ-7F3K-9Q2M:x", "REQ-7F3K-9Q2M:-1", ":1", "\x00:1", "1:1"],
)
def test_what_is_no_request_and_version_is_left_out(value: str) -> None:
    assert bulk.parsed([value]) == []


def test_each_is_done_once_and_no_more_than_a_page_of_results_holds() -> None:
    assert bulk.parsed(["req-7f3k-9q2m:1", "REQ-7F3K-9Q2M:2"]) == [Chosen(reference="REQ-7F3K-9Q2M", version=1)]


def test_drafts_and_requests_that_do_not_exist_read_alike(partner: Partner, onboarder: User, approver: User) -> None:
    draft = make_request(partner, onboarder, State.DRAFT)
    for act in Act:
        lines = bulk.act(actor=approver, act=act, chosen=[*chosen(draft), Chosen(reference="REQ-0000-0000", version=1)])
        assert {(line.request, line.is_done, line.words) for line in lines} == {
            (None, False, "There is no such request.")
        }


def test_so_many_that_nobody_would_read_the_results_are_not_taken_on(partner: Partner, onboarder: User) -> None:
    references = values(*[make_request(partner, onboarder) for _ in range(3)]) * MOST
    assert len(bulk.parsed(references)) == 3
    many = [f"REQ-{number:04}-0000:1" for number in range(MOST * 2)]
    assert len(bulk.parsed(many)) <= MOST


class TestPages:
    def test_take_is_done_at_once_and_told_by_row(self, staff: Client, mixed: dict[str, RegistrationRequest]) -> None:
        response = staff.post(MANY, {"act": "take", "chosen": values(mixed["green"], mixed["held"])})

        words = text_of(response)
        assert response.status_code == 200
        assert "1 done, 1 not." in words
        assert words.index("Green") < words.index("Not done") < words.index("Karim Benali holds this request")

    def test_approving_asks_first_and_then_approves_what_was_named(
        self, staff: Client, mixed: dict[str, RegistrationRequest]
    ) -> None:
        asked = staff.post(MANY, {"act": "approve", "chosen": values(*mixed.values())})
        assert "Approve 2 requests" in text_of(asked)
        assert Decision.objects.count() == 1
        assert asked.content.decode().count('name="chosen"') == 2

        done = staff.post(MANY, {"act": "approve", "confirmed": "1", "chosen": values(mixed["green"], mixed["mine"])})
        assert text_of(done).count("Approved. Brightcloud is told.") == 2

    def test_what_changed_between_asking_and_pressing_is_not_approved(
        self, staff: Client, mixed: dict[str, RegistrationRequest], second_approver: User
    ) -> None:
        staff.post(MANY, {"act": "approve", "chosen": values(mixed["green"])})
        holding.take(actor=second_approver, request=mixed["green"])
        response = staff.post(MANY, {"act": "approve", "confirmed": "1", "chosen": values(mixed["green"])})

        assert "Karim Benali holds this request since" in text_of(response)
        assert not Decision.objects.filter(submission__request=mixed["green"]).exists()

    def test_pressing_again_changes_nothing_more(self, staff: Client, mixed: dict[str, RegistrationRequest]) -> None:
        form = {"act": "approve", "confirmed": "1", "chosen": values(mixed["green"])}
        staff.post(MANY, form)
        again = staff.post(MANY, form)
        assert "Sofie Dhondt approved this request on" in text_of(again)
        assert Decision.objects.filter(submission__request=mixed["green"]).count() == 1

    @pytest.mark.parametrize(
        "form",
        [{}, {"act": "take"}, {"act": "nonsense", "chosen": "x"}, {"act": "take", "chosen": "x"}, {"chosen": "\x00"}],
    )
    def test_nothing_chosen_or_nothing_known_leads_back(self, form: dict[str, Any], staff: Client) -> None:
        response = staff.post(MANY, form)
        assert (response.status_code, response["Location"]) == (302, QUEUE)

    def test_nothing_is_done_by_a_get(self, staff: Client, mixed: dict[str, RegistrationRequest]) -> None:
        response = staff.get(MANY, {"act": "take", "chosen": values(mixed["green"])})
        mixed["green"].refresh_from_db()
        assert (response.status_code, mixed["green"].held_by) == (302, None)

    @pytest.mark.parametrize("persona", ["csm", "onboarder", "stranger"])
    def test_nobody_else_has_it(
        self, persona: str, mixed: dict[str, RegistrationRequest], signed_in: SignIn, request: pytest.FixtureRequest
    ) -> None:
        client = signed_in(request.getfixturevalue(persona))
        response = client.post(MANY, {"act": "take", "chosen": values(mixed["green"])})
        mixed["green"].refresh_from_db()
        assert (response.status_code in (302, 403), mixed["green"].held_by) == (True, None)
