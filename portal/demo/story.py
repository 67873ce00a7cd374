"""The demonstration: two partners, their people, some sixty customers each, and a queue of different ages."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from approvals.changes.asking import Asked
from approvals.models import Mailing, Notification, NotificationKind, RegistrationRequest, Thread
from approvals.notices import inbox, lateness
from approvals.promise import promised
from approvals.workflow import State
from contacts.models import Contact
from contacts.policy import ContactKind, Role, Side
from contacts.roster import Roster
from contacts.search_rows import index
from customers import history, search_rows
from customers.models import Customer, CustomerStatus, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.demo import accounts, dialogue, kept_views, portfolio
from portal.demo.companies import DemoCompany, companies, person
from portal.demo.portfolio import Cast
from portal.models import User

# What becomes of the last companies of each partner; those before them were customers already. Hours since it was sent,
# and what Arxus asked for or gave as its reason.
SENT: tuple[tuple[State, float, Sequence[Asked] | str], ...] = (
    (State.SUBMITTED, 0.4, ""),
    (State.SUBMITTED, 2, ""),
    (State.SUBMITTED, 5, ""),
    (State.SUBMITTED, 26, ""),
    (State.SUBMITTED, 51, ""),
    (State.SUBMITTED, 98, ""),
    (
        State.CHANGES_REQUESTED,
        28,
        (
            Asked(
                field="details.address",
                code="differs_from_register",
                text="The register has another street number. Which is it?",
            ),
            Asked(field="roles.technical.phone", code="nobody_answers"),
        ),
    ),
    (
        State.CHANGES_REQUESTED,
        75,
        (
            Asked(
                field="roles.commercial",
                code="may_not_sign",
                text="The register names somebody else as director. Who may sign?",
            ),
        ),
    ),
    (State.APPROVED, 30, ""),
    (State.APPROVED, 100, ""),
    (State.APPROVED, 200, ""),
    (State.REJECTED, 120, "This company stopped its activities in September, says the register."),
    (State.REJECTED, 300, "The customer told us that it has not asked for this."),
    (State.WITHDRAWN, 150, ""),
)
DRAFTS = (1, 2, 3)
"""Steps that are filled in."""
VACANT = {4: Role.WATCH_LIST, 11: Role.DPO, 17: Role.TECHNICAL, 23: Role.WATCH_LIST, 30: Role.COMMERCIAL}
"""Roles that nobody fills, by the place of the customer of old among its partner's companies."""


def tell() -> None:
    """Write the demonstration; what is there already stays as it is, so that it can be told again."""
    people = {account.email: accounts.make_user(account) for account in accounts.ACCOUNTS}
    for name, country, reseller in (
        (accounts.BRIGHTCLOUD, "BE", "reseller@brightcloud.example"),
        (accounts.NORTHWIND, "NL", "reseller@northwind-it.example"),
    ):
        csm = people["csm@arxus.example"] if name == accounts.BRIGHTCLOUD else None
        partner, _new = Partner.objects.get_or_create(name=name, defaults={"country": country, "csm": csm})
        for account in accounts.ACCOUNTS:
            if account.partner == name:
                accounts.join(people[account.email], account)
        cast = Cast(
            partner=partner,
            reseller=User.objects.get(email=reseller),
            approver=people["approver2@arxus.example"],
            colleagues=_colleagues(partner, country),
        )
        _portfolio(cast, country)
    for account in accounts.ACCOUNTS:
        if account.customer:
            accounts.join(people[account.email], account)
    inbox.choose(actor=people["approver@arxus.example"], by_mail={NotificationKind.DIGEST: True})
    kept_views.keep()
    _late_answers()
    if not Thread.objects.exists():
        latest = Mailing.objects.aggregate(latest=Max("pk"))["latest"] or 0
        dialogue.tell(people)
        _send_no_mails(Mailing.objects.filter(pk__gt=latest))


def _late_answers() -> None:
    """What has waited too long was told of when it became late."""
    for request in list(lateness.untold()):
        assert request.due_at is not None  # It is late.
        said = promised(request.due_at)
        with history.told_of(said):
            lateness.announce(request)
        Notification.objects.filter(request=request, kind=NotificationKind.LATE).update(created_at=said)
        _send_no_mails(Mailing.objects.filter(request=request))


def _colleagues(partner: Partner, country: str) -> list[Contact]:
    """The partner's own contacts, the service desk's distribution list last."""
    chance = random.Random(partner.name)  # noqa: S311
    domain = "brightcloud.example" if country == "BE" else "northwind-it.example"
    found = [person(chance, side=Side.OWN, domain=domain, country=country) for _number in range(6)]
    for entry in {entry.email: entry for entry in found}.values():
        Contact.objects.get_or_create(
            partner=partner,
            email=entry.email,
            defaults={"first_name": entry.first_name, "last_name": entry.last_name, "phone": entry.phone},
        )
    service_desk, _new = Contact.objects.get_or_create(
        partner=partner,
        email=f"servicedesk@{domain}",
        defaults={"kind": ContactKind.LIST, "last_name": "Service desk"},
    )
    own = Contact.objects.filter(partner=partner).exclude(pk=service_desk.pk).order_by("pk")
    index([*own, service_desk])
    return [*own, service_desk]


def _portfolio(cast: Cast, country: str) -> None:
    chance = random.Random(country)  # noqa: S311
    now = timezone.now()
    every = list(companies(country, chance))
    if country == "NL":
        # The same company at two partners: each knows nothing of the other's, the approver sees both.
        belgian = companies("BE", random.Random("BE"))  # noqa: S311
        every[-1] = next(company for company in belgian if "Kempenvaart" in company.details.name)
    told = set(Customer.objects.filter(partner=cast.partner).values_list("vat_number", flat=True))
    told |= set(RegistrationRequest.objects.filter(partner=cast.partner).values_list("vat_number", flat=True))
    for number, (company, outcome) in enumerate(_outcomes(every)):
        relationship = Relationship.VALUE_ADD_PARTNER if number % 4 == 3 else Relationship.RESELLER
        roster = portfolio.roster_for(company, cast, chance, relationship=relationship)
        actor = chance.choice(_senders(cast.partner))
        if company.details.vat_number not in told:
            _live(company, replace(cast, reseller=actor), roster, outcome, now, chance.randint(10, 700))
            if outcome == "active" and number in VACANT:
                portfolio.vacate(Customer.objects.get(partner=cast.partner, name=company.details.name), VACANT[number])


def _senders(partner: Partner) -> list[User]:
    """Whoever of the partner may send requests, the first account more often than the others."""
    members = partner.memberships.exclude(role=MembershipRole.VIEWER).select_related("user__membership__partner")
    found = [membership.user for membership in members.order_by("pk")]
    return [found[0], *found]


def _outcomes(every: list[DemoCompany]) -> Iterator[tuple[DemoCompany, object]]:
    old = len(every) - len(SENT) - len(DRAFTS)
    outcomes = ["ended", "ended", *["active"] * (old - 2), *SENT, *DRAFTS]
    # Kempenvaart and Atelier Janssens, whom the documentation shows, are customers of old.
    order = sorted(
        every, key=lambda company: "Kempenvaart" in company.details.name or "Atelier" in company.details.name
    )
    front = [company for company in order if company not in order[-2:]]
    yield from zip([*front[: old - 2], *order[-2:], *front[old - 2 :]], outcomes, strict=True)


def _live(company: DemoCompany, cast: Cast, roster: Roster, outcome: object, now: datetime, days_ago: int) -> None:
    if isinstance(outcome, int):
        begun = now - timedelta(days=outcome * 2)
        portfolio.age(portfolio.draft(company, cast, roster, steps=outcome, started=begun), begun)
    elif isinstance(outcome, tuple):
        state, hours, said = outcome
        if state is State.SUBMITTED and hours == 26 and roster.relationship is Relationship.RESELLER:
            roster = _liable(cast, roster)
        sent = now - timedelta(hours=hours)
        request = portfolio.request_in(state, company, cast, roster, sent=sent, said=said)
        _send_no_mails(Mailing.objects.filter(request=request))
    else:
        customer = portfolio.customer_of_old(company, cast, roster, approved=now - timedelta(days=days_ago))
        if outcome == "ended":
            customer.status = CustomerStatus.ENDED
            customer.save()
            search_rows.refresh(customer)


def _send_no_mails(mailings: QuerySet[Mailing]) -> None:
    """Mails about what happened before anybody looked would only confuse."""
    for key in mailings.values_list("key", flat=True):
        DBTaskResult.objects.filter(args_kwargs__args=[str(key)]).delete()
    mailings.delete()


def _liable(cast: Cast, roster: Roster) -> Roster:
    """The partner's own person signs, without an agreement."""
    holders = {**roster.holders, Role.COMMERCIAL: cast.colleagues[1].number}
    return replace(roster, holders=holders, accepts_liability=True)
