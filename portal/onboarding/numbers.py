"""A company's number as the pages of the wizard show it, and the live answer to what is being typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from customers import vat
from customers.fault_words import country_name
from customers.forms import VatForm
from customers.models import Partner
from customers.national import NationalNumber
from customers.vat import VatNumber
from portal.onboarding.access import onboarding_partner


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is understood of a number, and how far it is checked."""

    label: str
    readable: str
    country: str
    stands: str
    """The class that colours the verdict."""
    verdict: str
    was_completed: bool = False


def shown(number: VatNumber | NationalNumber | None) -> Shown | None:
    """How to show a number; None while there is none."""
    if number is None:
        return None
    stands, verdict = _verdict(number)
    return Shown(
        label=_("National number") if isinstance(number, NationalNumber) else _("VAT number"),
        readable=number.readable,
        country=country_name(number.country),
        stands=stands,
        verdict=verdict,
        was_completed=getattr(number, "was_completed", False),
    )


def _verdict(number: VatNumber | NationalNumber) -> tuple[str, str]:
    if number.country == "BE" or (isinstance(number, VatNumber) and number.is_known and number.is_sound):
        return "good", _("Form and check digits are right")
    if isinstance(number, VatNumber) and number.is_known:
        return "warn", _("The check digits do not fit. Compare the number; the VAT register has the last word.")
    return "idle", _("Taken as typed. Arxus checks it by hand.")


def to_begin_with(query: Mapping[str, str], partner: Partner) -> dict[str, str]:
    """What the VAT step is filled with before anybody typed there: the sound number that a link brought along."""
    try:
        number = vat.parse(query.get("vat_number", ""), query.get("country", ""))
    except vat.VatFault:
        return {"country": str(partner.country)}
    return {"vat_number": number.readable, "country": number.country}


def vat_page(request: HttpRequest, form: VatForm) -> dict[str, Any]:
    """What the page of the VAT step holds beside its form: the way to the other kind of number, countries to choose."""
    query = request.GET.copy()
    query["no-vat"] = "0" if form.is_without else "1"
    return {"other_way": f"{request.path}?{query.urlencode()}", "offers": _offers(form)}


def _offers(form: VatForm) -> list[dict[str, str]]:
    return [
        {"country": offer.country, "name": country_name(offer.country), "readable": offer.readable}
        for offer in form.offers
    ]


@require_GET
def understood(request: HttpRequest) -> HttpResponse:
    """What is being typed, as we understand it, or what is wrong with it: a piece of the page. Asks no register."""
    form = VatForm(request.GET, partner=onboarding_partner(request.user))
    form.is_valid()
    typed = str(form[form.number_field].value() or "").strip()
    context: dict[str, Any] = {
        "number": shown(form.number),
        "faults": form.errors.get(form.number_field, []) if typed else [],
        "offers": _offers(form),
        "is_live": True,
    }
    return render(request, "onboarding/_understood.html", context)
