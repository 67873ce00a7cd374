"""The mail that says a file is ready, to whoever has not waited for it. It holds nothing of what is in the file."""

from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Event
from portal.models import Export


def is_wanted(export: Export, owner: Any) -> bool:
    """Whether there is something to fetch that the owner may still see and has not fetched."""
    if not export.can_be_fetched or not Export.objects.visible_to(owner).filter(pk=export.pk).exists():
        return False
    try:
        validate_email(owner.email)  # one address: a comma would make two readers of it
    except ValidationError:
        return False
    return not Event.objects.filter(reference=export.number, action="export.fetched").exists()


def compose(export: Export) -> EmailMultiAlternatives:
    with translation.override(export.language):
        shown = {"count": intcomma(export.written)}
        count = ngettext("%(count)s customer", "%(count)s customers", export.written) % shown
        assert export.expires_at is not None  # It is ready.
        until = date_format(timezone.localtime(export.expires_at), "j F Y, H:i")
        context = {
            "title": _("Your export is ready"),
            "text": _("%(customers)s, as %(format)s. You can download the file until %(until)s.")
            % {"customers": count, "format": export.get_format_display(), "until": until},
            "export": export,
            "site": settings.SITE_URL.rstrip("/"),
            "service_desk_phone": settings.SERVICE_DESK_PHONE,
        }
        mail = EmailMultiAlternatives(
            subject=_("%(number)s: your export is ready") % {"number": export.number},
            body=_as_text("mail/export.txt", context),
            to=[export.owner.email],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        mail.attach_alternative(render_to_string("mail/export.html", context), "text/html")
        return mail


def _as_text(name: str, context: dict[str, Any]) -> str:
    """A template of ours as plain text, in which nothing is to be escaped."""
    template: Any = get_template(name)
    compiled: Template = template.template
    return compiled.render(Context(context, autoescape=False))
