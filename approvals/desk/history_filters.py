"""The history looked through: by whom, of whom, about what, of which kind, when. Each filter has its index.

A page is found by the moment of the last line before it (keyset): the thousandth costs what the first does, and nothing
is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from approvals.desk.history_groups import GROUPS
from customers import numbers
from customers.admin_fields import suggested_by
from customers.models import Customer, CustomerSearch, Event, Partner
from customers.querysets import EventQuerySet

A_PAGE = 50
MOST_CUSTOMERS = 50
LONGEST = 254
KEY_DIGITS = 18
FIRST, LAST = date(1900, 1, 1), date(9000, 12, 31)
"""Days that have their moment in every time zone."""


class Typed(forms.CharField):
    """What somebody typed to look for; longer than any name there is finds nothing."""

    def __init__(self, *, label: Any, hint: Any = "", suggested: str = "", **attrs: Any) -> None:
        if suggested:
            attrs["data-suggest"] = lazy(suggested_by, str)(Event, suggested)
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"} | attrs)
        super().__init__(label=label, help_text=hint, required=False, max_length=LONGEST, widget=widget)


class Day(forms.DateField):
    def __init__(self, *, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("Write the day as 2026-03-31 or 31/03/2026.")},
        )


class HistoryForm(forms.Form):
    who = Typed(label=_("Who"), hint=_("Name or e-mail address"), list="who_names", suggested="actor")
    partner = Typed(label=_("Partner"), hint=_("Its whole name"), list="partner_names", suggested="partner")
    customer = Typed(label=_("Customer"), hint=_("Number, name or VAT number"))
    reference = Typed(label=_("Reference"), hint=_("REQ-…, C-…, CON-…, MSG-… or EXP-…"))
    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[("", _("Everything")), *((key, group.label) for key, group in GROUPS.items())],
    )
    since = Day(label=_("From"))
    until = Day(label=_("Until"))

    def clean_who(self) -> Q | None:
        """By account; whose account is gone is found by the name as it was."""
        typed = self.cleaned_data["who"]
        if not typed:
            return None
        accounts = get_user_model().objects.filter(Q(email__iexact=typed) | _named(typed))
        keys = list(accounts.order_by("pk").values_list("pk", flat=True)[:MOST_CUSTOMERS])
        return Q(actor__in=keys) if keys else Q(actor_name=typed)

    def clean_partner(self) -> Q | None:
        typed = self.cleaned_data["partner"]
        if not typed:
            return None
        found = Partner.objects.filter(name__iexact=typed).first()
        if found is None:
            raise ValidationError(_("There is no partner of this name."), code="unknown")
        return Q(partner=found)

    def clean_customer(self) -> Q | None:
        typed = self.cleaned_data["customer"]
        if not typed:
            return None
        # Many a name of eight letters may be read as a number.
        keys = _with_number(typed)
        if not keys:
            matching = CustomerSearch.objects.matching(typed)
            keys = list(matching.values_list("pk", flat=True)[: MOST_CUSTOMERS + 1])
        if not keys:
            raise ValidationError(_("There is no such customer."), code="unknown")
        if len(keys) > MOST_CUSTOMERS:
            raise ValidationError(_("This fits many customers. Type more of the name, or the number."), code="many")
        return Q(customer__in=keys)

    def clean_reference(self) -> Q | None:
        typed = self.cleaned_data["reference"]
        if not typed:
            return None
        for prefix in (numbers.REQUEST, numbers.CONTACT, numbers.MESSAGE, numbers.EXPORT, numbers.CUSTOMER):
            try:
                return Q(reference=numbers.parse(typed, prefix))
            except numbers.NotANumber:
                continue
        raise ValidationError(_("This is no reference. It looks like REQ-7F3K-9Q2M."), code="unknown")

    def clean_kind(self) -> Q | None:
        kind = self.cleaned_data["kind"]
        return Q(action__in=GROUPS[kind].actions) if kind else None

    def clean_since(self) -> Q | None:
        day = self.cleaned_data["since"]
        return Q(at__gte=_start_of(max(day, FIRST))) if day else None

    def clean_until(self) -> Q | None:
        day = self.cleaned_data["until"]
        return Q(at__lt=_start_of(min(day, LAST) + timedelta(days=1))) if day else None

    def events(self) -> EventQuerySet:
        """What fits; nothing where a filter cannot be understood."""
        events = Event.objects.sent().select_related("partner", "customer")
        if not self.is_valid():
            return events.none()
        for condition in self.cleaned_data.values():
            events = events.filter(condition) if condition is not None else events
        return events


def _with_number(typed: str) -> list[int]:
    try:
        number = numbers.parse(typed, numbers.CUSTOMER)
    except numbers.NotANumber:
        return []
    return list(Customer.objects.filter(number=number).values_list("pk", flat=True))


def _named(typed: str) -> Q:
    """Every word begins the first or the last name."""
    condition = Q()
    for word in typed.split()[:5]:
        condition &= Q(first_name__istartswith=word) | Q(last_name__istartswith=word)
    return condition if typed.split() else Q(pk__in=[])


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, kw_only=True)
class Page:
    rows: Sequence[Event]
    older: int | None = None
    """The key of the line from which older ones are asked for; None at the end."""
    newer: int | None = None


def page_of(events: EventQuerySet, *, before: str, after: str) -> Page:
    """The lines older than `before`, or newer than `after`, keys of lines; the latest for anything else."""
    if (line := _line(after)) is not None:
        newer = Q(at__gt=line.at) | Q(at=line.at, pk__gt=line.pk)
        rows = list(events.filter(newer, at__gte=line.at).order_by("at", "pk")[: A_PAGE + 1])
        shown = rows[:A_PAGE][::-1]
        return _page(shown, has_newer=len(rows) > A_PAGE, has_older=True)
    line = _line(before)
    if line is not None:
        events = events.filter(Q(at__lt=line.at) | Q(at=line.at, pk__lt=line.pk), at__lte=line.at)
    rows = list(events[: A_PAGE + 1])
    return _page(rows[:A_PAGE], has_newer=line is not None, has_older=len(rows) > A_PAGE)


def _page(rows: Sequence[Event], *, has_newer: bool, has_older: bool) -> Page:
    if not rows:
        return Page(rows=rows)
    return Page(rows=rows, older=rows[-1].pk if has_older else None, newer=rows[0].pk if has_newer else None)


def _line(key: str) -> Event | None:
    if not (key.isascii() and key.isdigit() and len(key) <= KEY_DIGITS):
        return None
    return Event.objects.filter(pk=int(key)).only("at").first()
