"""What is odd in the details as they were sent: none of it stopped the submitter, and somebody should look at it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_countries import countries

from approvals.cases import Case, Level, Signal
from customers import details_hints

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


def odd_details(case: Case) -> Iterator[Signal]:
    """Asks again: lists of towns and numbering plans may have changed since the request was sent."""
    details = case.snapshot["details"]
    found = details_hints.hints(
        country=details["country"],
        postcode=details["postcode"],
        city=details["city"],
        number=details["phone"],
        vat_country=case.snapshot["vat"]["number"][:2],
    )
    for hint in found:
        title, fact = WORDS[hint.code]
        values = {**hint.params, "typed": details["postcode"], "number": details["phone_readable"]}
        for name in ("country", "vat_country"):
            if name in values:
                values[name] = countries.name(values[name]) or values[name]
        yield case.sent(hint.code, Level.AMBER, _(title), _(fact) % values)
