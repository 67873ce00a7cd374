"""What waits for whoever opens the portal: one page for each kind of person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.models import RegistrationRequest
from approvals.standing import is_approver
from approvals.workflow import Ball
from contacts.policy import ROLE_POLICY, Need
from customers.models import Customer, Membership, Partner
from portal.role_cards import cards_of
from portal.templatetags.look import state
from portal.work import Item, items_of, with_what_lines_name

SHOWN = 5
"""Lines of one list; the rest is a click away."""
PARTNERS = 30


def greeting(user: Any) -> str:
    hour = timezone.localtime().hour
    name = {"name": user.get_short_name()}
    if 5 <= hour < 12:
        return _("Good morning, %(name)s") % name
    return (_("Good afternoon, %(name)s") if 12 <= hour < 18 else _("Good evening, %(name)s")) % name


def of_partner(user: Any) -> dict[str, Any]:
    """Waiting for you, at Arxus, recently approved, and a few figures; six queries."""
    requests = with_what_lines_name(RegistrationRequest.objects.visible_to(user))
    customers = Customer.objects.visible_to(user).active()
    # Changes that Arxus asked for come before drafts: somebody waits for them.
    waiting = requests.with_ball(Ball.PARTNER).order_by("state", "-updated_at")
    # The latest first: whoever has just sent one looks for it here.
    at_arxus = requests.with_ball(Ball.ARXUS).order_by(F("sent_at").desc(), "-pk")
    return {
        "waiting": items_of(waiting[:SHOWN], user),
        "at_arxus": items_of(at_arxus[:SHOWN], user),
        "approved": [_approved(customer) for customer in customers.order_by("-approved_at", "-pk")[:3]],
        "customer_count": customers.count(),
        "incomplete_count": with_a_role_missing(customers).count(),
        "colleague_count": Membership.objects.filter(partner=user.membership.partner, user__is_active=True).count(),
    }


def _approved(customer: Customer) -> Item:
    return Item(
        badge=state("approved", _("Approved")),
        url=reverse("customer", args=[customer.number]),
        name=customer.name,
        sub=" · ".join(filter(None, [customer.city, customer.get_relationship_display()])),
        aside=date(customer.approved_at, "j F"),
    )


def with_a_role_missing(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Those in which nobody fills a role that the policy needs filled."""
    always = [role.value for role, rule in ROLE_POLICY.items() if rule.need is Need.ALWAYS]
    with_watch = [role.value for role, rule in ROLE_POLICY.items() if rule.need is Need.WITH_SECWISE_WATCH]
    filled = customers.annotate(
        always_filled=Count("assignments", filter=Q(assignments__role__in=always)),
        watch_filled=Count("assignments", filter=Q(assignments__role__in=with_watch)),
    )
    return filled.filter(
        Q(always_filled__lt=len(always)) | Q(uses_secwise_watch=True, watch_filled__lt=len(with_watch))
    )


@dataclass(frozen=True, kw_only=True)
class PartnerLine:
    name: str
    customers: int
    at_arxus: int
    at_partner: int


def of_staff(user: Any) -> dict[str, Any]:
    """The partners one looks after, what waits longest, the queue for who decides; five queries at most."""
    own = list(Partner.objects.filter(csm=user)[:PARTNERS])
    requests = RegistrationRequest.objects.visible_to(user)
    stuck = requests.in_progress().filter(partner__in=own) if own else requests.in_progress()
    context: dict[str, Any] = {
        "partners": _lines(user, own) if own else [],
        "stuck": items_of(with_what_lines_name(stuck).oldest_first()[:SHOWN], user),
    }
    if is_approver(user):
        context["queue_url"] = reverse("admin:approvals_registrationrequest_changelist")
        context["queue_count"] = requests.with_ball(Ball.ARXUS).count()
    return context


def _lines(user: Any, partners: Sequence[Partner]) -> list[PartnerLine]:
    customers = Counter(
        dict(
            Customer.objects.visible_to(user)
            .active()
            .filter(partner__in=partners)
            .order_by()
            .values_list("partner_id")
            .annotate(count=Count("pk"))
        )
    )
    requests = RegistrationRequest.objects.visible_to(user).filter(partner__in=partners).order_by()
    at = {
        ball: Counter(dict(requests.with_ball(ball).values_list("partner_id").annotate(count=Count("pk"))))
        for ball in (Ball.ARXUS, Ball.PARTNER)
    }
    return [
        PartnerLine(
            name=partner.name,
            customers=customers[partner.pk],
            at_arxus=at[Ball.ARXUS][partner.pk],
            at_partner=at[Ball.PARTNER][partner.pk],
        )
        for partner in partners
    ]


def of_customer(user: Any) -> dict[str, Any]:
    """One's own company: who fills which role, and whom to call."""
    customer = user.membership.customer
    return {"customer": customer, "cards": cards_of(customer), "is_own_company": True}
