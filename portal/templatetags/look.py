"""The look's own words for templates: icons, states, facts, times, numbers as people read them, what went wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Select, Widget
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from approvals.models import RegistrationRequest
from contacts.policy import Side
from customers import national, phone, vat
from customers.models import NoVatReason

register = template.Library()

FACTS = {"good": "green", "warn": "amber", "bad": "red", "idle": "todo"}
"""How a fact stands -> its shape."""

NOTICES = {"success": ("good", "green"), "warning": ("warn", "amber"), "error": ("bad", "red")}
"""A message's level -> the notice's colour and shape; every other level is plain information."""


@register.simple_tag
@lru_cache(maxsize=256)  # There are some fifty on a page.
def icon(name: str, *, small: bool = False) -> SafeString:
    """An icon of the sprite, decoration only: `{% icon "plus" %}`."""
    css = "icon icon-s" if small else "icon"
    return format_html('<svg class="{}" aria-hidden="true"><use href="#i-{}" /></svg>', css, name)


@register.simple_tag
@lru_cache(maxsize=64)
def shape(name: str) -> SafeString:
    """A shape of the sprite; the words beside it say the same: `{% shape "green" %}`."""
    return format_html('<svg class="shape" aria-hidden="true"><use href="#s-{}" /></svg>', name)


@register.simple_tag
def state(name: str, label: str) -> SafeString:
    """Where something stands, as shape, words and colour: `{% state "approved" _("Active") %}`."""
    return format_html('<span class="state state-{}">{}{}</span>', name, shape(name), label)


@register.simple_tag
def state_of(request: RegistrationRequest, *, staff: bool = False, onlooker: bool = False) -> SafeString:
    """Where a request stands, in our words, in the partner's, or in those for its member who may only look."""
    facts = request.facts
    label = (onlooker and facts.onlooker_label) or facts.partner_label
    return state(facts.shape, _(facts.staff_label if staff else label))


@register.simple_tag
def fact(kind: str, text: str, *, small: bool = False) -> SafeString:
    """One checked thing: `{% fact "warn" _("Phone missing") %}`. Raises KeyError for a kind there is not."""
    css = f"fact is-{kind} small" if small else f"fact is-{kind}"
    return format_html('<span class="{}">{}<span>{}</span></span>', css, shape(FACTS[kind]), text)


@register.simple_tag
def when(moment: datetime | None) -> SafeString | str:
    """How long ago, in a few words, with the exact time on hover; nothing for no moment."""
    if not moment:
        return ""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        date_format(local, "l j F Y, H:i"),
        _ago(local, timezone.localtime()),
    )


def _ago(moment: datetime, now: datetime) -> str:
    days = (now.date() - moment.date()).days
    if abs((now - moment).total_seconds()) < 1:
        return _("just now")
    if days == 0 or abs((now - moment).total_seconds()) < 6 * 3600:
        return naturaltime(moment)
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    if 1 < days < 7:
        return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return date_format(moment, "j F" if moment.year == now.year else "j F Y")


@register.filter
def vat_readable(number: str) -> str:
    """A stored VAT number as its country writes it: `BE0477472701` -> `BE 0477.472.701`; "" for none."""
    return vat.readable(number)


@register.filter
def company_number(company: Any) -> str:
    """The number a customer or a request goes by, readable: VAT, or the national one; "" for none."""
    return vat_readable(company.vat_number) or national.readable(company.national_number)


@register.filter
def national_readable(number: str | None) -> str:
    """A stored national registration number as one would print it; "" for none."""
    return national.readable(number or "")


@register.filter
def no_vat_reason(value: str | None) -> str:
    """Why a company has no VAT number, in words."""
    return str(dict(NoVatReason.choices).get(value or "", ""))


@register.filter
@lru_cache(maxsize=4_096)
def phone_readable(number: str) -> str:
    """A stored phone number in groups: `+3214550142` -> `+32 14 55 01 42`."""
    return phone.parse(number, None).readable if number else ""


@register.filter
def mail_link(address: str) -> SafeString:
    """An e-mail address to write to; where it is too long for its line it breaks after the @ first."""
    name, at, domain = address.rpartition("@")
    return format_html('<a href="mailto:{}">{}{}<wbr>{}</a>', address, name, at, domain)


@register.filter
def country_name(code: str) -> str:
    """`BE` -> `Belgium`, in the reader's language; an unknown code as it stands."""
    return countries.name(code) or code


@register.filter
def side_label(side: str) -> str:
    """Whose person a contact is, as the partner reads it."""
    return _("Your organisation") if side == Side.OWN else _("This customer")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    message: str
    href: str
    """Empty where no field on the page can be named."""


@register.inclusion_tag("components/_error_summary.html")
def error_summary(*forms: BaseForm | Sequence[BaseForm] | None) -> dict[str, list[Mistake]]:
    """What to mend in these forms or lists of forms, each line a link to its field; nothing where all is well."""
    every = [form for given in forms if given for form in ([given] if isinstance(given, BaseForm) else given)]
    return {"mistakes": [mistake for form in every for mistake in _mistakes(form)]}


def _mistakes(form: BaseForm) -> Iterator[Mistake]:
    fields = list(form.visible_fields())
    for message in form.non_field_errors():
        yield Mistake(message=str(message), href=_href(fields[0]) if fields else "")
    for field in fields:
        for message in field.errors:
            yield Mistake(message=str(message), href=_href(field))
    for field in form.hidden_fields():
        for message in field.errors:
            yield Mistake(message=str(message), href="")


def _href(field: BoundField) -> str:
    """A group of buttons has no id of its own: its first button has."""
    return f"#{field.id_for_label or f'{field.auto_id}_0'}"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a field in the look's classes, tied to its hint and its errors."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"class": _classes(widget, has_errors=bool(field.errors))}
    own_description = widget.attrs.get("aria-describedby")
    described = [own_description or field.aria_describedby]
    if own_description and field.errors:
        described.append(f"{field.auto_id}_error")
    if hints_of(field) is not None:
        described.append(f"{field.auto_id}_hint")
    if len(described) > 1:
        attrs["aria-describedby"] = " ".join(filter(None, described))
    return field.as_widget(attrs=attrs)


@register.simple_tag
def hints_of(field: BoundField) -> list[str] | None:
    """What is worth a second look in a field and stops nobody; None where its form never says such things of it."""
    form: Any = field.form
    return form.hints_of(field.name) if field.name in getattr(form, "HINTED", ()) else None


def _classes(widget: Widget, *, has_errors: bool) -> str:
    match widget:
        case CheckboxInput():
            base = "form-check-input"
        case Select():
            base = "form-select"
        case FileInput():
            base = "form-control form-control-file"
        case _:
            base = "form-control"
    return " ".join(filter(None, (base, "is-invalid" if has_errors else "", widget.attrs.get("class"))))


@register.simple_tag
def choice(option: BoundWidget, *, described_by: str = "") -> SafeString:
    """One button of a group of radio buttons or checkboxes."""
    attrs = option.data["attrs"] | {"class": "form-check-input"}
    attrs.pop("aria-invalid", None)  # Not for single buttons: the group names its error.
    attrs |= {"aria-describedby": described_by} if described_by else {}
    return format_html(
        '<input type="{}" name="{}" value="{}"{}>',
        option.data["type"],
        option.data["name"],
        option.data["value"],
        flatatt(attrs),
    )


@register.inclusion_tag("components/_radio_cards.html")
def radio_cards(field: BoundField, meanings: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """A choice that needs explaining, as cards; `meanings` are the lines under each value."""
    cards = [(option, [_(line) for line in meanings[str(option.data["value"])]]) for option in field.subwidgets]
    return {"field": field, "cards": cards}


class NoticeNode(template.Node):
    def __init__(self, level: FilterExpression, body: NodeList) -> None:
        self.level = level
        self.body = body

    def render(self, context: template.Context) -> str:
        colour, drawn = NOTICES.get(self.level.resolve(context), ("info", "todo"))
        return render_to_string(
            "components/_notice.html", {"colour": colour, "drawn": drawn, "body": self.body.render(context)}
        )


@register.tag
def notice(parser: Parser, token: Token) -> NoticeNode:
    """`{% notice "warning" %} … {% endnotice %}`: levels are those of messages (success, warning, error, info)."""
    _name, level = token.split_contents()
    body = parser.parse(("endnotice",))
    parser.delete_first_token()
    return NoticeNode(parser.compile_filter(level), body)
