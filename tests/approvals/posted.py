"""Mails of a test: one that waits, and those that left."""

from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from approvals import notifications
from approvals.models import Mailing, RegistrationRequest
from customers.models import Event, Partner
from portal.models import User
from tests.request_builders import make_request


def outbox() -> list[EmailMultiAlternatives]:
    return [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives)]


def announced(partner: Partner, reader: User, **fields: Any) -> Mailing:
    """One mail that waits for the worker: the confirmation to whoever sent the request."""
    request = make_request(partner, reader, **fields)
    announce_sent(request)
    return Mailing.objects.get(request=request)


def announce_sent(request: RegistrationRequest) -> None:
    event = Event.objects.get(reference=request.reference, action="request.submitted")
    notifications.announce(event, submission=request.submissions.get())
