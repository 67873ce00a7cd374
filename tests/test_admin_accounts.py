"""Partners, their members and accounts in Django admin: nobody gives themselves rights, and all of it is on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from customers.models import Customer, Event, Industry, Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from portal.staff_groups import APPROVERS
from tests import builders
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def change(model: str, pk: int) -> str:
    return reverse(f"admin:{model}_change", args=[pk])


@pytest.fixture
def root(db: None, signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def keeper(db: None) -> User:
    """Staff who were given every right over accounts, but are no superusers."""
    user = builders.make_user("keeper@arxus.example", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="portal"))
    return user


def members(*forms: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {"memberships-TOTAL_FORMS": len(forms), "memberships-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        data |= {f"memberships-{number}-{name}": value for name, value in form.items()}
    return data


def partner_form(partner: Partner, **fields: Any) -> dict[str, Any]:
    return {"name": partner.name, "country": partner.country.code, "is_active": "on", "csm": ""} | fields


def test_an_approver_keeps_partners_and_it_is_on_record(staff: Client, approver: User, partner: Partner) -> None:
    response = staff.post(change("customers_partner", partner.pk), partner_form(partner, name="Brighter", **members()))

    assert response.status_code == 302
    partner.refresh_from_db()
    assert partner.name == "Brighter"
    event = Event.objects.get(action="partner.changed")
    assert (event.partner, event.actor, event.facts["before"], event.facts["after"]) == (
        partner,
        approver,
        {"name": "Brightcloud", "csm": "Hanne Wouters"},
        {"name": "Brighter", "csm": ""},
    )


def test_approvers_see_members_and_do_not_make_them(
    staff: Client, approver: User, partner: Partner, onboarder: User
) -> None:
    page = staff.get(change("customers_partner", partner.pk))
    form = members({"user": approver.email, "role": "administrator"})
    staff.post(change("customers_partner", partner.pk), partner_form(partner, **form))

    assert "Lotte Verlinden" in text_of(page)
    assert list(Membership.objects.values_list("user__email", flat=True)) == [onboarder.email]


def test_superusers_add_change_and_remove_members_and_each_is_on_record(
    root: Client, partner: Partner, onboarder: User
) -> None:
    newcomer = builders.make_user()
    membership = onboarder.membership
    row = {"id": membership.pk, "partner": partner.pk, "user": onboarder.email, "role": "viewer"}
    added = {"partner": partner.pk, "user": newcomer.email, "role": "onboarder"}

    for rows in ((row, added), ({**row, "DELETE": "on"},)):
        root.post(change("customers_partner", partner.pk), partner_form(partner, **members(*rows, initial=1)))

    assert list(partner.memberships.values_list("user", "role")) == [(newcomer.pk, "onboarder")]
    assert list(Event.objects.filter(action__startswith="membership.").order_by("pk").values_list("action")) == [
        ("membership.changed",),
        ("membership.added",),
        ("membership.removed",),
    ]


def test_a_membership_is_of_a_partner_or_of_a_customer(root: Client, partner: Partner, customer: Customer) -> None:
    user = builders.make_user()
    address = reverse("admin:customers_membership_add")

    both = root.post(
        address, {"user": user.email, "partner": partner.name, "customer": customer.number, "role": "viewer"}
    )
    one = root.post(address, {"user": user.email, "customer": customer.number, "role": "viewer"})

    assert "Choose a partner or a customer, not both." in text_of(both)
    assert one.status_code == 302
    assert Event.objects.get(action="membership.added").customer == customer


def test_industries_are_reordered_and_retired_in_the_list(staff: Client, customer: Customer) -> None:
    industry = customer.industry
    Industry.objects.exclude(pk=industry.pk).delete()
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": industry.pk,
        "form-0-order": "40",
        "form-0-retired": "on",
        "_save": "Save",
    }

    assert staff.post(reverse("admin:customers_industry_changelist"), data).status_code == 302

    industry.refresh_from_db()
    assert (industry.order, industry.retired) == (40, True)


def test_only_staff_are_offered_as_a_partners_csm(staff: Client, partner: Partner, onboarder: User) -> None:
    response = staff.get(reverse("admin:customers_partner_change", args=[partner.pk]))

    offered = response.context["adminform"].form.fields["csm"].queryset
    assert {user.email for user in offered} == {"approver@arxus.example", "csm@arxus.example"}


# --- Accounts -------------------------------------------------------------------------------------------------------


def account(user: User, **fields: Any) -> dict[str, Any]:
    return {"email": user.email, "first_name": user.first_name, "last_name": user.last_name, "is_active": "on"} | fields


def test_a_new_account_has_no_password_until_its_owner_asks_for_one(root: Client) -> None:
    data = {"email": "New@Brightcloud.example", "first_name": "Noor", "last_name": "Aerts"}

    assert root.post(reverse("admin:portal_user_add"), data).status_code == 302

    user = User.objects.get(email="new@brightcloud.example")
    assert (user.has_usable_password(), user.is_staff, user.is_superuser) == (False, False, False)
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert [message.to for message in mail.outbox] == [["new@brightcloud.example"]]


def test_an_address_somebody_has_is_not_given_twice(root: Client, onboarder: User) -> None:
    response = root.post(reverse("admin:portal_user_add"), {"email": onboarder.email.upper()})

    assert response.status_code == 200
    assert User.objects.filter(email__iexact=onboarder.email).count() == 1


ESCALATION: dict[str, Any] = {"is_staff": "on", "is_superuser": "on"}


def test_staff_with_every_right_over_accounts_give_nobody_rights(
    keeper: User, onboarder: User, signed_in: SignIn
) -> None:
    rights = ESCALATION | {
        "groups": list(Group.objects.values_list("pk", flat=True)),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)),
    }

    response = signed_in(keeper).post(
        change("portal_user", onboarder.pk), account(onboarder, last_name="Changed", **rights)
    )

    assert response.status_code == 302
    onboarder.refresh_from_db()
    assert (onboarder.last_name, onboarder.is_staff, onboarder.is_superuser) == ("Changed", False, False)
    assert (onboarder.groups.count(), onboarder.user_permissions.count()) == (0, 0)


@pytest.mark.parametrize("whose", ["own", "a colleague's", "a superuser's"])
def test_accounts_of_staff_are_changed_by_superusers_only(
    whose: str, keeper: User, approver: User, signed_in: SignIn
) -> None:
    superuser = User.objects.create_superuser("root@arxus.example", builders.PASSWORD)
    target = {"own": keeper, "a colleague's": approver, "a superuser's": superuser}[whose]
    client = signed_in(keeper)

    saved = client.post(change("portal_user", target.pk), account(target, email="mine@evil.example", **ESCALATION))
    password = client.post(
        reverse("admin:auth_user_password_change", args=[target.pk]),
        {"password1": "another-long-password", "password2": "another-long-password"},
    )

    assert (saved.status_code, password.status_code) == (403, 403)
    before = (target.email, target.is_superuser, target.password)
    target.refresh_from_db()
    assert (target.email, target.is_superuser, target.password) == before


def test_approvers_see_accounts_and_change_none(staff: Client, onboarder: User) -> None:
    assert staff.get(change("portal_user", onboarder.pk)).status_code == 200
    assert staff.post(change("portal_user", onboarder.pk), account(onboarder, email="x@y.example")).status_code == 403


def test_superusers_make_staff(root: Client, onboarder: User) -> None:
    group = Group.objects.get(name=APPROVERS)

    response = root.post(change("portal_user", onboarder.pk), account(onboarder, is_staff="on", groups=[group.pk]))

    assert response.status_code == 302
    onboarder.refresh_from_db()
    assert (onboarder.is_staff, list(onboarder.groups.all())) == (True, [group])


def test_a_password_is_changed_in_one_place(root: Client) -> None:
    response = root.get(reverse("admin:password_change"))

    assert response["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("role", MembershipRole)
def test_no_member_of_a_partner_gets_into_the_admin(role: MembershipRole, partner: Partner, signed_in: SignIn) -> None:
    member = builders.make_member(partner, role)

    assert signed_in(member).get("/admin/", follow=True).status_code == 403


def test_nobody_chooses_a_password_for_somebody_else(root: Client, onboarder: User) -> None:
    address = reverse("admin:auth_user_password_change", args=[onboarder.pk])
    chosen = {"password1": "another-long-password", "password2": "another-long-password"}

    assert (root.get(address).status_code, root.post(address, chosen).status_code) == (403, 403)
    onboarder.refresh_from_db()
    assert onboarder.check_password(builders.PASSWORD)
    assert "../password/" not in root.get(reverse("admin:portal_user_change", args=[onboarder.pk])).content.decode()
