"""The inbox: what one was told, and nothing anybody else was; a GET reads, a press marks."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from approvals.models import Notification
from approvals.workflow import State
from customers.history import record
from customers.models import Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests.approvals.posted import announce_sent
from tests.conftest import SignIn
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


def told(partner: Partner, sender: User, name: str = "Kempenvaart NV", state: State = State.SUBMITTED) -> Notification:
    """What the sender was told of a request that was sent, as if it were news to them."""
    request = make_request(partner, sender, state, name=name)
    announce_sent(request)
    one = Notification.objects.get(request=request, recipient=sender)
    one.read_at = None
    one.save()
    return one


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def unread(client: Client) -> str:
    """What the frame says of it."""
    return unread_on(client.get("/help/"))


def unread_on(response: HttpResponse) -> str:
    found = re.search(r"Notifications, (\d+ unread)", response.content.decode())
    return found[1] if found else ""


class TestReading:
    def test_the_newest_stands_first_and_unread_ones_are_marked(
        self, partner: Partner, onboarder: User, client: Client
    ) -> None:
        told(partner, onboarder, "First NV")
        told(partner, onboarder, "Second NV")
        Notification.objects.filter(request__company_name="First NV").update(read_at="2026-11-22T12:00Z")

        said = text_of(client.get("/notifications/"))

        assert "Unread: We have your request for Second NV." in said
        assert said.index("Second NV") < said.index("We have your request for First NV.")
        assert "Unread: We have your request for First NV." not in said

    def test_what_one_did_oneself_stands_there_and_is_no_news(
        self, partner: Partner, onboarder: User, client: Client
    ) -> None:
        announce_sent(make_request(partner, onboarder, name="Kempenvaart NV"))

        assert text_of(client.get("/notifications/")).count("We have your request for Kempenvaart NV.") == 1
        assert unread(client) == ""

    def test_an_empty_inbox_says_what_will_be_there(self, client: Client) -> None:
        assert "When something happens to your requests, it stands here" in text_of(client.get("/notifications/"))

    def test_looking_marks_nothing(self, partner: Partner, onboarder: User, client: Client) -> None:
        told(partner, onboarder)
        client.get("/notifications/")
        assert Notification.objects.filter(recipient=onboarder, read_at=None).count() == 1

    def test_pages_are_of_fifty(self, partner: Partner, onboarder: User, client: Client) -> None:
        one = told(partner, onboarder)
        many(one, 60)
        assert [text_of(client.get(f"/notifications/?page={page}")).count("We have your") for page in (1, 2)] == [
            50,
            11,
        ]

    @pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "10000"])
    def test_any_page_number_answers(self, page: str, client: Client) -> None:
        assert client.get(f"/notifications/?page={page}").status_code == 200

    @pytest.mark.parametrize("count", [1, 60])
    def test_however_many_there_are_the_queries_are_the_same(
        self,
        count: int,
        partner: Partner,
        onboarder: User,
        client: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        many(told(partner, onboarder), count - 1)
        with django_assert_num_queries(4):  # session, account, the page, the exports
            client.get("/notifications/")

    def test_a_name_that_looks_like_markup_is_text(self, partner: Partner, onboarder: User, client: Client) -> None:
        told(partner, onboarder, "<b>%(reference)s</b> {{ 7 }}")
        page = client.get("/notifications/").content.decode()
        assert "&lt;b&gt;%(reference)s&lt;/b&gt; {{ 7 }}" in page


def many(one: Notification, count: int) -> None:
    """More of the same, each about an event of its own."""
    about = one.event
    for _number in range(count):
        event = record(actor=None, action=about.action, partner=about.partner, reference=about.reference)
        Notification.objects.create(
            recipient=one.recipient, event=event, kind=one.kind, partner=one.partner, request=one.request
        )


class TestOpening:
    def test_it_leads_to_what_it_is_about_and_is_read(self, partner: Partner, onboarder: User, client: Client) -> None:
        one = told(partner, onboarder)
        response = client.post(f"/notifications/{one.key}/open/")
        one.refresh_from_db()
        assert response.headers["Location"] == f"/requests/{one.request.reference}/"
        assert one.read_at is not None

    def test_staff_land_on_the_decision_page(
        self, partner: Partner, onboarder: User, approver: User, signed_in: SignIn
    ) -> None:
        request = told(partner, onboarder).request
        one = Notification.objects.get(recipient=approver)
        response = signed_in(approver).post(f"/notifications/{one.key}/open/")
        assert response.headers["Location"] == f"/admin/approvals/registrationrequest/{request.reference}/change/"

    def test_opening_again_keeps_when_it_was_read(self, partner: Partner, onboarder: User, client: Client) -> None:
        one = told(partner, onboarder)
        Notification.objects.update(read_at="2026-01-01T12:00Z")
        client.post(f"/notifications/{one.key}/open/")
        one.refresh_from_db()
        assert one.read_at.year == 2026
        assert one.read_at.month == 1

    @pytest.mark.parametrize("action", ["open", "read-all"])
    def test_a_get_is_refused(self, action: str, partner: Partner, onboarder: User, client: Client) -> None:
        one = told(partner, onboarder)
        assert client.get(f"/notifications/{one.key}/{action}/").status_code == 405

    @pytest.mark.parametrize("persona", ["colleague", "viewer", "administrator", "stranger", "csm", "customer_user"])
    @pytest.mark.parametrize("action", ["open", "read-all"])
    def test_what_somebody_else_was_told_does_not_exist(
        self,
        action: str,
        persona: str,
        partner: Partner,
        onboarder: User,
        signed_in: SignIn,
        request: pytest.FixtureRequest,
    ) -> None:
        one = told(partner, onboarder)
        other = signed_in(request.getfixturevalue(persona))
        assert other.post(f"/notifications/{one.key}/{action}/").status_code == 404
        assert "Kempenvaart" not in text_of(other.get("/notifications/"))
        one.refresh_from_db()
        assert one.read_at is None

    @pytest.mark.parametrize("left", ["left", "moved", "closed", "disabled"])
    def test_who_has_left_the_partner_reads_nothing_of_it(
        self, left: str, partner: Partner, other_partner: Partner, onboarder: User, client: Client
    ) -> None:
        one = told(partner, onboarder)
        if left == "left":
            Membership.objects.filter(user=onboarder).delete()
        elif left == "moved":
            Membership.objects.filter(user=onboarder).update(partner=other_partner, role=MembershipRole.ADMINISTRATOR)
        elif left == "closed":
            Partner.objects.filter(pk=partner.pk).update(is_active=False)
        else:
            User.objects.filter(pk=onboarder.pk).update(is_active=False)
        expected = 302 if left == "disabled" else 404
        assert client.post(f"/notifications/{one.key}/open/").status_code == expected
        assert "Kempenvaart" not in text_of(client.get("/notifications/", follow=True))


class TestMarkingAll:
    def test_everything_that_was_shown_is_read_and_nothing_that_came_in_since(
        self, partner: Partner, onboarder: User, client: Client
    ) -> None:
        told(partner, onboarder, "First NV")
        shown = told(partner, onboarder, "Second NV")
        told(partner, onboarder, "Third NV")

        said = text_of(client.post(f"/notifications/{shown.key}/read-all/", follow=True))

        left = Notification.objects.filter(recipient=onboarder, read_at=None)
        assert [one.request.company_name for one in left] == ["Third NV"]
        assert "2 notifications are marked as read." in said

    def test_nobody_elses_are(self, partner: Partner, onboarder: User, approver: User, client: Client) -> None:
        one = told(partner, onboarder)
        client.post(f"/notifications/{one.key}/read-all/")
        assert Notification.objects.filter(recipient=approver, read_at=None).count() == 1


class TestCount:
    def test_the_frame_counts_what_is_unread(self, partner: Partner, onboarder: User, client: Client) -> None:
        assert unread(client) == ""
        one = told(partner, onboarder)
        told(partner, onboarder)
        assert unread(client) == "2 unread"
        client.post(f"/notifications/{one.key}/open/")
        assert unread(client) == "1 unread"

    def test_staff_see_it_in_the_portal_and_in_admin(
        self, partner: Partner, onboarder: User, approver: User, signed_in: SignIn
    ) -> None:
        told(partner, onboarder)
        client = signed_in(approver)
        assert unread(client) == "1 unread"
        assert unread_on(client.get("/admin/approvals/registrationrequest/")) == "1 unread"

    def test_it_ends_at_99(self, partner: Partner, onboarder: User, client: Client) -> None:
        many(told(partner, onboarder), 120)
        assert unread(client) == "99 unread"

    def test_what_was_told_at_another_partner_does_not_count(
        self, partner: Partner, other_partner: Partner, onboarder: User, client: Client
    ) -> None:
        told(partner, onboarder)
        Membership.objects.filter(user=onboarder).update(partner=other_partner)
        assert unread(client) == ""

    def test_it_costs_no_query(
        self, partner: Partner, onboarder: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        told(partner, onboarder)
        with django_assert_num_queries(2):
            client.get("/help/")


class TestChoices:
    def boxes(self, client: Client) -> dict[str, bool]:
        form = client.get("/accounts/notifications/").context["form"]
        return {name: field.initial for name, field in form.fields.items()}

    def test_a_partners_people_are_asked_about_what_they_are_told(self, client: Client) -> None:
        assert self.boxes(client) == dict.fromkeys(
            ["submitted", "resubmitted", "changes_requested", "approved", "rejected", "withdrawn", "late", "message"],
            True,
        )

    def test_staff_are_asked_about_theirs(self, approver: User, signed_in: SignIn) -> None:
        assert self.boxes(signed_in(approver)) == {
            "submitted": False,
            "resubmitted": False,
            "withdrawn": False,
            "second_approval": False,
            "late": False,
            "message": True,
            "digest": False,
        }

    def test_a_customers_people_are_asked_about_messages(self, customer_user: User, signed_in: SignIn) -> None:
        assert self.boxes(signed_in(customer_user)) == {"message": True}

    def test_what_is_not_ticked_comes_by_mail_no_more(self, client: Client, onboarder: User) -> None:
        response = client.post("/accounts/notifications/", {"approved": "on", "message": "on"})
        assert response.headers["Location"] == "/accounts/notifications/"
        assert self.boxes(client) == dict.fromkeys(self.boxes(client), False) | {"approved": True, "message": True}
        assert onboarder.notification_choices.count() == 8

    def test_what_one_is_never_told_of_cannot_be_chosen(self, client: Client, onboarder: User) -> None:
        client.post("/accounts/notifications/", {"digest": "on", "second_approval": "on"})
        assert not onboarder.notification_choices.filter(kind__in=["digest", "second_approval"]).exists()
