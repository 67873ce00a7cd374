"""Who sent the request, how, and whether it is like the partner's others."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.checks.cases import Case, Level, Signal
from customers.relationships import RELATIONSHIPS

ENOUGH_CUSTOMERS = 5
"""Fewer than these say nothing of what is usual."""


def submitter(case: Case) -> Iterator[Signal]:
    """Whether who sent it is still entitled to, and no newcomer."""
    since = case.background.member_since
    values = {"name": case.submitter, "partner": case.partner_name}
    if since is None:
        fact = _("%(name)s is no longer a member of %(partner)s") % values
        yield case.known("submitter_gone", Level.AMBER, _("Who sent it has left the partner"), fact)
        return
    if not case.background.may_onboard:
        fact = _("%(name)s of %(partner)s may no longer send requests") % values
        yield case.known("submitter_without_right", Level.AMBER, _("Who sent it may not any more"), fact)
        return
    values["date"] = date_format(localtime(since), "j F Y")
    if case.submission.submitted_at - since < timedelta(days=settings.CHECK_NEW_MEMBER_DAYS):
        fact = _("%(name)s joined %(partner)s in the portal on %(date)s") % values
        yield case.sent("submitter_new", Level.AMBER, _("Sent by somebody new"), fact)
    else:
        fact = _("%(name)s, since %(date)s") % values
        yield case.known("submitter_known", Level.GREEN, _("Sent by somebody who may"), fact)


def pace(case: Case) -> Iterator[Signal]:
    """Whether a person can have filled it in: of the first version alone, as a second one changes a few fields."""
    if case.submission.version > 1:
        return
    took = case.submission.submitted_at - case.request.created_at
    seconds = max(int(took.total_seconds()), 0)
    if seconds < settings.CHECK_QUICKEST_SECONDS:
        fact = ngettext(
            "%(seconds)d second from the first step to sending",
            "%(seconds)d seconds from the first step to sending",
            seconds,
        ) % {"seconds": seconds}
        yield case.sent("sent_quickly", Level.AMBER, _("Sent faster than a person types"), fact)


def crowd(case: Case) -> Iterator[Signal]:
    """Whether the partner sent many requests at once."""
    count = case.background.requests_nearby
    values = {"count": count, "partner": case.partner_name}
    if count >= settings.CHECK_MANY_REQUESTS:
        fact = _("%(count)s requests of %(partner)s within 12 hours of this one") % values
        yield case.known("many_requests", Level.AMBER, _("Many requests at once"), fact)


def relationship(case: Case) -> Iterator[Signal]:
    """Whether the partner deals with this customer as it does with its others."""
    usual = case.background.usual
    customers = sum(usual.values())
    if customers < ENOUGH_CUSTOMERS:
        return
    kind, count = max(usual.items(), key=lambda entry: entry[1])
    if count / customers < settings.CHECK_USUAL_SHARE:
        return
    values = {
        "count": count,
        "customers": customers,
        "partner": case.partner_name,
        "relationship": _(RELATIONSHIPS[kind].label),
    }
    fact = _("%(relationship)s at %(count)s of the latest %(customers)s customers of %(partner)s") % values
    if kind == case.said.relationship:
        yield case.known("relationship_usual", Level.GREEN, _("Relationship as usual"), fact)
    else:
        yield case.known("relationship_unusual", Level.AMBER, _("Another relationship than usual"), fact)
