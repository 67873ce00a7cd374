"""Mails of a test: one that waits, and those that left."""

from typing import Any

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from approvals import notifications
from approvals.models import Mailing, MailKind
from customers.models import Partner
from portal.models import User
from tests.request_builders import make_request


def outbox() -> list[EmailMultiAlternatives]:
    return [letter for letter in mail.outbox if isinstance(letter, EmailMultiAlternatives)]


def announced(partner: Partner, reader: User, kind: MailKind = MailKind.SUBMITTED, **fields: Any) -> Mailing:
    """One mail that waits for the worker."""
    request = make_request(partner, reader, **fields)
    notifications.announce(kind, request.submissions.get(), actor=reader)
    return Mailing.objects.get(request=request)
