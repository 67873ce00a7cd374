"""What a mail of one notice looks like, in text and in HTML. The words are in `notices`."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from approvals import promise
from approvals.changes import asking
from approvals.models import Decision, Mailing, RegistrationRequest, Submission
from approvals.notices.telling import facts_of, landing_of, language_of, notice_of

LONGEST_NAME_IN_SUBJECT = 80


def compose(mailing: Mailing) -> EmailMultiAlternatives:
    """The mail of a mailing, to its one recipient, in text and HTML."""
    reader = mailing.recipient
    with translation.override(language_of(reader)):
        letter, facts = notice_of(mailing).letter, facts_of(mailing) | _answer(mailing.request)
        submission = _submission(mailing)
        if submission is not None:
            facts |= {
                "sender": submission.submitted_by.get_full_name(),
                "sent": date_format(timezone.localtime(submission.submitted_at), "j F Y"),
            }
        # A message is answered in the portal, where everybody concerned can read on.
        request = None if reader.is_staff or mailing.message is not None else mailing.request
        csm = request.partner.csm if request is not None else None
        context = {
            "title": str(letter.title) % facts,
            "text": str(letter.text) % facts,
            "quote": _reason(submission) if letter.tells_reason else _message(mailing) if letter.tells_message else "",
            "button": str(letter.button),
            "next": str(letter.next) % facts,
            "landing": landing_of(mailing),
            "csm": csm,
            "service_desk_phone": settings.SERVICE_DESK_PHONE,
        }
        named = facts | {name: Truncator(facts[name]).chars(LONGEST_NAME_IN_SUBJECT) for name in ("company", "partner")}
        reply_to = [csm.email] if csm is not None and csm.is_active else None
        subject = str(letter.subject) % named
        return build(mailing, subject=subject, template="mail/letter", context=context, reply_to=reply_to)


def build(
    mailing: Mailing, *, subject: str, template: str, context: dict[str, Any], reply_to: list[str] | None = None
) -> EmailMultiAlternatives:
    """A mail to the mailing's one recipient: `template` as text (`.txt`) and as HTML (`.html`)."""
    context = context | {"site": settings.SITE_URL.rstrip("/")}
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=_render(f"{template}.txt", context, escaped=False),
        to=[mailing.recipient.email],
        reply_to=reply_to,
        headers=_headers(mailing),
    )
    mail.attach_alternative(_render(f"{template}.html", context, escaped=True), "text/html")
    return mail


def _submission(mailing: Mailing) -> Submission | None:
    if mailing.request is None or mailing.version is None:
        return None
    sent = mailing.request.submissions.select_related("submitted_by", "decision")
    return sent.get(version=mailing.version)


def _answer(request: RegistrationRequest | None) -> dict[str, str]:
    """By when we answer: what was promised, or the rule where nothing is due any more."""
    promised = promise.sentence(request) if request is not None else ""
    within = promise.usually()
    return {"within": within, "answer": promised or _("We answer %(within)s.") % {"within": within}}


def _message(mailing: Mailing) -> str:
    message = mailing.message
    return message.body if message is not None and not message.is_internal else ""


def _reason(submission: Submission | None) -> str:
    decision: Decision | None = getattr(submission, "decision", None)
    return asking.words_of(decision) if decision is not None else ""


def _headers(mailing: Mailing) -> dict[str, str]:
    """The same Message-ID at every try, so that a mail that left twice is recognised; no answers from machines."""
    return {
        "Message-ID": f"<{mailing.key}@{urlsplit(settings.SITE_URL).hostname or 'portal'}>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }


def _render(name: str, context: dict[str, Any], *, escaped: bool) -> str:
    """Render a template of ours; a plain text has nothing to escape."""
    template: Any = get_template(name)
    compiled: Template = template.template
    return compiled.render(Context(context, autoescape=escaped))
