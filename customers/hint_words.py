"""The words for what is worth a second look, to whoever typed it: what it is, and that one may go on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers.hints import Hint

WORDS: dict[str, str | Promise] = {
    "other_country": _(
        "The VAT number (%(vat_country)s) and the address (%(country)s) are of two countries. "
        "Go on if that is right: Arxus sees it."
    ),
    "postcode_format": _(
        "This does not look like a postcode in this country (%(country)s), such as %(example)s. "
        "Go on if it is right: Arxus sees it."
    ),
    "no_postcodes": _("Addresses in this country (%(country)s) have no postcode. Take it out if it is not needed."),
    "unknown_postcode": _(
        "We know no town with the postcode %(postcode)s. Check it; a few large organisations have one of their own."
    ),
    "other_town": _(
        "%(postcode)s is the postcode of %(towns)s, and you typed %(city)s. Go on if that is right: Arxus sees it."
    ),
    "phone_not_planned": _(
        "The phone number is in no numbering plan we know. Check it: new ranges are taken all the same."
    ),
    "typo": _("This address is at %(domain)s. Is %(meant)s meant?"),
    "free_mail": _("Anybody can have an address at %(domain)s. One at the company’s own domain tells Arxus who it is."),
    "customers_domain": _(
        "%(domain)s is the customer’s domain, and this contact works for you. Check whose contact this is."
    ),
    "own_domain": _(
        "%(domain)s is your organisation’s domain, and this contact works for the customer. "
        "Check whose contact this is."
    ),
    "near_banned": _(
        "%(domain)s is close to %(banned)s, which Microsoft does not accept for this role. Arxus will look at it."
    ),
}


def words_for_hint(hint: Hint) -> str:
    """Say in the reader's language what to look at; countries go by their names."""
    shown = dict(hint.params)
    for name in ("country", "vat_country"):
        if name in shown:
            shown[name] = str(countries.name(shown[name]) or shown[name])
    return str(WORDS[hint.code]) % shown
