"""Gathers what the portal knows around submissions: a fixed number of queries, however many there are."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from approvals.checks.cases import Access, Background, Case, Sighting
from approvals.checks.sightings import asked_for, sightings_of
from approvals.models import RegistrationRequest, Submission
from approvals.standing import is_onboarder
from contacts.models import RoleAssignment
from contacts.policy import ROLE_POLICY
from customers import vat_checks
from customers.models import Customer, VatCheck
from customers.relationships import Relationship

Sent = tuple[RegistrationRequest, Submission]

NEARBY = timedelta(hours=12)
LATEST_CUSTOMERS = 20
"""So many of a partner's approved customers say what is usual for it."""
INVITED = tuple(role for role, rule in ROLE_POLICY.items() if rule.invited)


def cases_of(sent: Sequence[Sent]) -> list[Case]:
    """The cases of these submissions, in their order."""
    cases = [Case(request=request, submission=submission) for request, submission in sent]
    register = _register({case.said.vat_number for case in cases} - {""})
    sightings = sightings_of(cases)
    backgrounds = _backgrounds([submission.pk for _request, submission in sent])
    return [
        Case(
            request=case.request,
            submission=case.submission,
            sightings=list(_others(case, sightings)),
            background=backgrounds[case.submission.pk],
            register=register.get((case.request.partner_id, case.said.vat_number)),
            now=case.now,
        )
        for case in cases
    ]


def _register(numbers: Collection[str]) -> Mapping[tuple[int, str], VatCheck]:
    return vat_checks.known_of_all(numbers) if numbers else {}


def _others(case: Case, sightings: Mapping[Any, Iterable[Sighting]]) -> Iterator[Sighting]:
    for question in asked_for(case):
        yield from (seen for seen in sightings.get(question, ()) if seen.customer != case.request.customer_id)


def _backgrounds(submissions: Collection[int]) -> dict[int, Background]:
    found = Submission.objects.filter(pk__in=submissions).select_related(
        "request__partner", "submitted_by__membership__partner"
    )
    return {
        submission.pk: _read(submission)
        for submission in found.annotate(requests_nearby=_nearby(), **_usual(), **_access())
    }


def _read(submission: Any) -> Background:
    sender, partner = submission.submitted_by, submission.request.partner
    membership = getattr(sender, "membership", None)
    is_member = membership is not None and membership.partner_id == partner.pk
    return Background(
        requests_nearby=submission.requests_nearby,
        usual={kind: getattr(submission, f"usual_{kind.value}") for kind in Relationship},
        member_since=membership.created_at if membership is not None and is_member else None,
        may_onboard=is_onboarder(sender, partner),
        access={
            role: Access(
                contact=getattr(submission, f"{role.value}_contact"),
                confirmed_at=getattr(submission, f"{role.value}_confirmed"),
            )
            for role in INVITED
        },
    )


def _nearby() -> Coalesce:
    first_sent = OuterRef("request__submitted_at")
    beside = RegistrationRequest.objects.filter(
        partner=OuterRef("request__partner"),
        submitted_at__gt=first_sent - NEARBY,
        submitted_at__lt=first_sent + NEARBY,
    )
    return Coalesce(Subquery(_counted(beside)), 0)


def _usual() -> dict[str, Coalesce]:
    approved = Customer.objects.filter(partner=OuterRef(OuterRef("request__partner")), approved_at__isnull=False)
    latest = Customer.objects.filter(pk__in=approved.order_by("-approved_at").values("pk")[:LATEST_CUSTOMERS])
    return {
        f"usual_{kind.value}": Coalesce(Subquery(_counted(latest.filter(relationship=kind.value))), 0)
        for kind in Relationship
    }


def _access() -> dict[str, Subquery]:
    return {
        name: Subquery(RoleAssignment.objects.filter(customer=OuterRef("request__customer"), role=role).values(field))
        for role in INVITED
        for name, field in (
            (f"{role.value}_contact", "contact__number"),
            (f"{role.value}_confirmed", "contact__access_confirmed_at"),
        )
    }


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The number of rows as one row; none where there are none."""
    return rows.order_by().annotate(every=Value(1)).values("every").annotate(number=Count("pk")).values("number")
