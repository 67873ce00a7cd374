"""The table of fields in words, as whoever reads a page reads them."""

from django.conf import settings
from django.utils.translation import gettext as _

from approvals.changes.field_values import Value
from approvals.changes.fields import FIELDS, Field
from contacts.policy import ROLE_POLICY


def label_of(field: Field) -> str:
    """The field by its whole name: `Company name`, `Technical contact`, `Technical contact: Phone number`."""
    if field.role is None:
        return _(field.label)
    title = _(ROLE_POLICY[field.role].title)
    if field.is_person:
        return title
    return _("%(title)s: %(part)s") % {"title": title, "part": _(field.label).lower()}


def name_of(path: str) -> str:
    """The same by path; the path itself for one that a later portal no longer knows."""
    return label_of(FIELDS[path]) if path in FIELDS else path


def text_of(field: Field, value: Value) -> str:
    """What the field says, in the reader's language where it is a choice of ours."""
    if field.path == "details.language":
        return str(dict(settings.COMMUNICATION_LANGUAGES).get(value.key, value.text))
    # Names and addresses are nobody's to translate, however much they look like a word of ours.
    return _(value.text) if field.path in TRANSLATED and value.text else value.text


TRANSLATED = frozenset({"relationship", "uses_secwise_watch", "signing_authority"})
"""Fields whose text is one of our own words."""
