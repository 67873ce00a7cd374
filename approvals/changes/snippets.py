"""Texts that approvers write often: saved while asking for changes, kept in order in the admin."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import Truncator

from approvals.changes.asking_refusals import SnippetRefused
from approvals.models import Snippet
from approvals.models.asking import LONGEST_TEXT, LONGEST_TITLE
from approvals.prose import cleaned
from approvals.refusals import NotAllowed
from approvals.standing import is_approver

MAX_OFFERED = 100
"""In one select; who has more keeps the rest in the admin."""


def offered_to(user: Any) -> Sequence[Snippet]:
    """The saved texts this approver can insert, by title; one query."""
    return list(Snippet.objects.visible_to(user)[:MAX_OFFERED])


def save(*, actor: Any, title: str, text: str, shared: bool) -> Snippet:
    """Keep a text; without a title it is called by how it begins.

    Raises NotAllowed, and SnippetRefused for an empty or overlong text and for a title that is taken.
    """
    if not is_approver(actor):
        raise NotAllowed
    text = cleaned(text)
    title = " ".join(cleaned(title).split()) or Truncator(" ".join(text.split())).chars(LONGEST_TITLE)
    if not text or len(text) > LONGEST_TEXT:
        raise SnippetRefused("text", title)
    if len(title) > LONGEST_TITLE:
        raise SnippetRefused("title", title)
    try:
        with transaction.atomic():
            return Snippet.objects.create(owner=None if shared else actor, title=title, text=text, created_by=actor)
    except IntegrityError:
        raise SnippetRefused("taken", title) from None
