"""Conversations for tests: verbs with what a test does not care about filled in."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.conversations import conversation
from approvals.models import Message
from customers.models import Event
from portal.models import User
from tests.request_builders import PDF


def pdf(name: str = "contract.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def write(actor: User, about: Any, body: str = "Is the agreement on its way?", **fields: Any) -> Message:
    """A message about a request, or in a conversation."""
    where = {"thread": about} if about.__class__.__name__ == "Thread" else {"request": about}
    return conversation.write(actor=actor, **where, body=body, **({"token": uuid.uuid4()} | fields))


def note(actor: User, about: Any, body: str = "They never heard of this partner.", **fields: Any) -> Message:
    return write(actor, about, body, internal=True, **fields)


def ask(actor: User, subject: str = "A colleague cannot sign in", **fields: Any) -> Message:
    values: dict[str, Any] = {"body": "Since this morning.", "token": uuid.uuid4()}
    return conversation.start(actor=actor, subject=subject, **values | fields)


def actions(reference: str) -> list[str]:
    """What happened under this number, the oldest first."""
    return list(Event.objects.filter(reference=reference).order_by("pk").values_list("action", flat=True))
