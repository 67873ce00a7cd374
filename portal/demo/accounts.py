"""The demonstration's accounts. Only the demonstration knows them; see `seed_demo`."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone

from customers.models import Customer, Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from portal.staff_groups import APPROVERS, CSMS

PASSWORD = "demo-portal-2026"  # noqa: S105
BRIGHTCLOUD, NORTHWIND = "Brightcloud", "Northwind IT"
ATELIER = "Atelier Janssens BV"
JOINED = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    email: str
    name: tuple[str, str]
    what: str
    partner: str = ""
    customer: str = ""
    role: MembershipRole = MembershipRole.VIEWER
    group: str = ""
    is_superuser: bool = False
    phone: str = ""

    @property
    def is_staff(self) -> bool:
        return bool(self.group) or self.is_superuser


ACCOUNTS = (
    DemoAccount(
        email="reseller@brightcloud.example",
        name=("Lotte", "Verlinden"),
        what="user of partner Brightcloud (Belgium), may onboard",
        partner=BRIGHTCLOUD,
        role=MembershipRole.ONBOARDER,
    ),
    DemoAccount(
        email="admin@brightcloud.example",
        name=("Pieter", "Maes"),
        what="partner administrator of Brightcloud",
        partner=BRIGHTCLOUD,
        role=MembershipRole.ADMINISTRATOR,
    ),
    DemoAccount(
        email="viewer@brightcloud.example",
        name=("Nele", "Aerts"),
        what="user of Brightcloud, may only look",
        partner=BRIGHTCLOUD,
    ),
    DemoAccount(
        email="reseller@northwind-it.example",
        name=("Bram", "Visser"),
        what="user of another partner, Northwind IT (Netherlands)",
        partner=NORTHWIND,
        role=MembershipRole.ONBOARDER,
    ),
    DemoAccount(
        email="approver@arxus.example", name=("Sofie", "Dhondt"), what="Arxus approver (admin pages)", group=APPROVERS
    ),
    DemoAccount(
        email="approver2@arxus.example", name=("Karim", "Benali"), what="Arxus approver (admin pages)", group=APPROVERS
    ),
    DemoAccount(
        email="csm@arxus.example",
        name=("Hanne", "Wouters"),
        what="CSM, responsible for Brightcloud",
        group=CSMS,
        phone="+3235550142",
    ),
    DemoAccount(
        email="user@atelier-janssens.example",
        name=("Greet", "Janssens"),
        what="user of a customer of Brightcloud (Reseller relationship)",
        customer=ATELIER,
    ),
    DemoAccount(email="root@arxus.example", name=("Root", "Arxus"), what="superuser", is_superuser=True),
)


def make_user(account: DemoAccount) -> User:
    """The account's user; one that is there already keeps its password and everything else."""
    user = User.objects.filter(email=account.email).first()
    if user is None:
        user = User.objects.create_user(
            account.email,
            PASSWORD,
            first_name=account.name[0],
            last_name=account.name[1],
            phone=account.phone,
            is_staff=account.is_staff,
            is_superuser=account.is_superuser,
        )
        user.groups.set(Group.objects.filter(name=account.group))
    return user


def join(user: User, account: DemoAccount) -> None:
    """Tie the user to the organisation the table names."""
    where: dict[str, Partner | Customer]
    if account.partner:
        where = {"partner": Partner.objects.get(name=account.partner)}
    elif account.customer:
        where = {"customer": Customer.objects.get(name=account.customer, partner__name=BRIGHTCLOUD)}
    else:
        return
    membership, is_new = Membership.objects.get_or_create(user=user, defaults={"role": account.role.value, **where})
    if is_new:
        # Approvers are warned of newcomers; these people have been here for a while.
        Membership.objects.filter(pk=membership.pk).update(created_at=timezone.now() - JOINED)
