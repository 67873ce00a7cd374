"""What a mail about a request says: one table of words, put out as text and as HTML."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from approvals.models import Decision, Mailing, MailKind

Words = str | Promise
LONGEST_NAME_IN_SUBJECT = 80


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The words of one kind of mail; `%(company)s`, `%(reference)s`, `%(actor)s`, … stand for the facts."""

    subject: Words
    title: Words
    """The first line: what to do, or that there is nothing to do."""
    text: Words
    button: Words
    page: str
    """Name of the address the one link leads to: `request` or `customer`."""
    next: Words


LETTERS: dict[MailKind, Letter] = {
    MailKind.SUBMITTED: Letter(
        subject=_("%(reference)s: sent for %(company)s"),
        title=_("We have your request. There is nothing to do for you now."),
        text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s."),
        button=_("Follow the request"),
        page="request",
        next=_("We answer within one working day. You can withdraw the request until then."),
    ),
    MailKind.CHANGES_REQUESTED: Letter(
        subject=_("%(reference)s: changes needed for %(company)s"),
        title=_("Change your request and send it back"),
        text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s. This is what we ask:"),
        button=_("Change and send back"),
        page="request",
        next=_("We then answer within one working day. Everything else stays as you sent it."),
    ),
    MailKind.APPROVED: Letter(
        subject=_("%(reference)s: %(company)s is approved"),
        title=_("Your customer is approved: you can start"),
        text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s."),
        button=_("Open the customer"),
        page="customer",
        next=_("It is in Customer Management from now on."),
    ),
    MailKind.REJECTED: Letter(
        subject=_("%(reference)s: %(company)s is rejected"),
        title=_("Read why we rejected your request"),
        text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s. This is the reason:"),
        button=_("Open the request"),
        page="request",
        next=_("You can register this customer again once the reason is settled."),
    ),
    MailKind.WITHDRAWN: Letter(
        subject=_("%(reference)s: withdrawn for %(company)s"),
        title=_("Your request is withdrawn. There is nothing to do for you now."),
        text=_("%(actor)s withdrew %(company)s, %(reference)s, sent on %(sent)s by %(sender)s."),
        button=_("Open the request"),
        page="request",
        next=_("You can register this customer again at any time."),
    ),
}


def compose(mailing: Mailing) -> EmailMultiAlternatives:
    """The mail of a mailing, to its one recipient, in text and HTML."""
    with translation.override(settings.LANGUAGE_CODE):
        request, letter = mailing.request, LETTERS[MailKind(mailing.kind)]
        submission = request.submissions.select_related("submitted_by").get(version=mailing.version)
        facts = {
            "company": request.company_name,
            "reference": request.reference,
            "actor": mailing.actor_name,
            "sender": submission.submitted_by.get_full_name(),
            "sent": date_format(timezone.localtime(submission.submitted_at), "j F Y"),
        }
        csm = request.partner.csm
        context = {
            "title": str(letter.title),
            "text": str(letter.text) % facts,
            "reason": _reason(mailing),
            "button": str(letter.button),
            "next": str(letter.next),
            "page": letter.page,
            "registration": request,
            "site": settings.SITE_URL.rstrip("/"),
            "csm": csm,
            "service_desk_phone": settings.SERVICE_DESK_PHONE,
        }
        named = facts | {"company": Truncator(facts["company"]).chars(LONGEST_NAME_IN_SUBJECT)}
        mail = EmailMultiAlternatives(
            subject=" ".join((str(letter.subject) % named).split()),
            body=_render("mail/letter.txt", context, escaped=False),
            to=[mailing.recipient.email],
            reply_to=[csm.email] if csm is not None and csm.is_active else None,
            headers=_headers(mailing),
        )
        mail.attach_alternative(_render("mail/letter.html", context, escaped=True), "text/html")
    return mail


def _reason(mailing: Mailing) -> str:
    decision = Decision.objects.filter(submission__request=mailing.request, submission__version=mailing.version).first()
    return decision.reason if decision is not None and mailing.kind != MailKind.SUBMITTED else ""


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
