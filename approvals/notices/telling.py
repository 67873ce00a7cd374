"""What a notice says about one event: its facts in words for one reader, and where its link leads. Read by the portal's
inbox and by mails."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from approvals.models import Mailing, Notification
from approvals.notices.notice import Notice, Page
from approvals.notices.table import notice_for

PLACES = {
    Page.REQUEST: "request",
    Page.CHANGES: "request-changes",
    Page.CUSTOMER: "request",
    Page.DECISION: "admin:approvals_registrationrequest_change",
}
"""Names of addresses; a customer who is not one yet is found with its request."""


def notice_of(told: Notification | Mailing) -> Notice:
    assert told.event is not None  # A digest is about no one event, and has words of its own.
    return notice_for(told.event, staff=told.recipient.is_staff)


def facts_of(told: Notification | Mailing) -> dict[str, str]:
    """What the words of a notice name. Partners read “Arxus” where its staff acted, as on every timeline."""
    event, request, reader = told.event, told.request, told.recipient
    assert event is not None
    thread = told.message.thread if told.message is not None else None
    actor = event.actor_name or _("The portal")
    if event.actor_is_staff and not reader.is_staff:
        actor = told.message.signed_as if told.message is not None else "Arxus"
    return {
        "company": request.company_name if request is not None else "",
        "topic": request.company_name if request is not None else thread.subject if thread is not None else "",
        "reference": request.reference if request is not None else event.reference,
        "partner": event.partner.name if event.partner is not None else "",
        "actor": actor,
    }


def line_of(told: Notification) -> str:
    """The line in the inbox."""
    return str(notice_of(told).line) % facts_of(told)


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where a link leads: the name of an address, and the number of what is shown there."""

    name: str
    number: str


def landing_of(told: Notification | Mailing) -> Landing:
    """Where this reader finds what the notice is about."""
    page, request = notice_of(told).page, told.request
    if page is Page.CONVERSATION and request is not None:
        page = Page.DECISION if told.recipient.is_staff else Page.REQUEST
    if request is None:
        assert told.message is not None
        name = "admin:approvals_thread_change" if told.recipient.is_staff else "thread"
        return Landing(name=name, number=told.message.thread.reference)
    if request is not None and request.customer is not None and page is Page.CUSTOMER:
        return Landing(name="customer", number=request.customer.number)
    return Landing(name=PLACES[page], number=request.reference)


def language_of(user: Any) -> str:
    """The language somebody reads mails in: their own where the account names one that the portal speaks."""
    chosen = getattr(user, "language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
