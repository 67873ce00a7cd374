"""What is odd in the company's details as they were sent: none of it stopped the submitter."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_countries import countries

from approvals.checks import register
from approvals.checks.cases import Case, Level, Signal
from customers import details_hints, national, vat
from customers.models import NoVatReason
from customers.vies import Outcome

WORDS = {
    "other_country": (
        gettext_noop("Address in another country than the VAT number"),
        gettext_noop("VAT number: %(vat_country)s. Address: %(country)s"),
    ),
    "postcode_format": (
        gettext_noop("Postcode looks wrong"),
        gettext_noop("Typed: %(typed)s. In this country (%(country)s) one looks like %(example)s"),
    ),
    "no_postcodes": (
        gettext_noop("Postcode where there are none"),
        gettext_noop("Typed: %(typed)s. Addresses in this country (%(country)s) have no postcode"),
    ),
    "unknown_postcode": (
        gettext_noop("Postcode of no town we know"),
        gettext_noop("Typed: %(postcode)s. Large organisations have one of their own"),
    ),
    "other_town": (
        gettext_noop("Postcode and town do not fit"),
        gettext_noop("%(postcode)s is the postcode of %(towns)s. Typed: %(city)s"),
    ),
    "phone_not_planned": (
        gettext_noop("Company phone in no known range"),
        gettext_noop("%(number)s has the right length and is in no numbering plan we know"),
    ),
}
"""What each hint is called for the approver, and the fact behind it."""


def vat_number(case: Case) -> Iterator[Signal]:
    """What nobody but the approver finds out: who a company without a VAT number is, and whether a number is right that
    the portal let through."""
    if not case.said.vat_number:
        yield case.sent("vat_missing", Level.AMBER, _("No VAT number"), _without(case))
        return
    number = vat.stored(case.said.vat_number)
    word = register.last_word(case)
    if number is None:
        return
    if not number.is_sound and (word is None or word.outcome != Outcome.REGISTERED):
        fact = _("%(number)s: at least one digit may be wrong") % {"number": number.readable}
        yield case.sent("vat_check_digits", Level.AMBER, _("Check digits do not fit"), fact)
    if not number.is_known and word is None:
        fact = _("%(number)s: taken as typed, as we do not know the numbers of this country")
        fact %= {"number": number.readable}
        yield case.sent("vat_by_hand", Level.AMBER, _("VAT number to check by hand"), fact)


def _without(case: Case) -> str:
    if not case.said.national_number:
        return _("Find out who this company is by hand")
    reason = case.said.no_vat_reason
    return _("National number %(number)s. Reason given: %(reason)s") % {
        "number": national.readable(case.said.national_number),
        "reason": dict(NoVatReason.choices).get(reason, reason),
    }


def details(case: Case) -> Iterator[Signal]:
    """Asks again: lists of towns and numbering plans may have changed since the request was sent."""
    said = case.said.details
    found = details_hints.hints(
        country=said["country"],
        postcode=said["postcode"],
        city=said["city"],
        number=said["phone"],
        vat_country=case.said.vat_number[:2],
    )
    for hint in found:
        title, fact = WORDS[hint.code]
        values = {**hint.params, "typed": said["postcode"], "number": said["phone_readable"]}
        for name in ("country", "vat_country"):
            if name in values:
                values[name] = countries.name(values[name]) or values[name]
        yield case.sent(hint.code, Level.AMBER, _(title), _(fact) % values)
    if not found:
        place = f"{said['postcode']} {said['city']}".strip()
        fact = ", ".join(filter(None, (place, countries.name(said["country"]))))
        yield case.sent("details_fit", Level.GREEN, _("Address and phone number fit"), fact)
