"""The words for what is wrong with a VAT number, a phone number or a postcode: what happened, and what to do."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers.faults import Fault
from customers.national import NationalFault
from customers.phone import PhoneFault
from customers.postal import PostalFault
from customers.vat import VatFault

VAT_WORDS: dict[str, str | Promise] = {
    "empty": _("Enter the VAT number, for example %(example)s."),
    "too_short": _("This VAT number is too short. Compare it with %(example)s and add what is missing."),
    "too_long": _("This is too long for a VAT number. Enter one number only, such as %(example)s."),
    "format": _("This does not look like a VAT number. Enter one such as %(example)s."),
    "foreign_letters": _(
        "This number holds letters of another alphabet (%(letters)s), which may look like ours. "
        "Type it again with the letters A to Z."
    ),
    "all_zeros": _("This number is all zeros. Enter the company’s own number, such as %(example)s."),
    "wrong_first_digit": _(
        "No VAT number in this country (%(country)s) starts with %(first)s. "
        "Compare it with %(example)s and check the first digits."
    ),
    "branch_number": _(
        "This is the number of a branch (it starts with %(first)s). "
        "Enter the company’s own number: it starts with 0 or 1, such as %(example)s."
    ),
    "wrong_check_digits": _(
        "The check digits of this number do not fit the rest, so at least one digit is wrong. "
        "Compare it with an invoice of the company; a VAT number in this country (%(country)s) looks like %(example)s."
    ),
    "prefix_country_mismatch": _(
        "This number starts with the letters of another country (%(prefix_country)s) than the one you chose "
        "(%(country)s). Change the country, or correct the number."
    ),
    "several_countries": _(
        "This could be a number of more than one country: %(candidates)s. "
        "Choose the country, or type its two letters before the number."
    ),
    "one_stop_shop": _(
        "Numbers that start with %(prefix)s are for the one-stop shop, a way to declare sales to consumers. "
        "Enter the company’s VAT number in its own country."
    ),
    "unknown_country": _(
        "We cannot check numbers of this country (%(country)s). "
        "Check the letters before the number and the country you chose."
    ),
    "typed_empty": _("Enter the VAT number."),
    "typed_format": _("A VAT number holds digits. Enter the number alone, as the company writes it."),
    "typed_too_long": _(
        "This is too long for a VAT number. Enter the number alone: at most %(longest)s letters and digits."
    ),
}

# A Belgian enterprise number has the faults of a VAT number, and is called otherwise.
NATIONAL_WORDS: dict[str, str | Promise] = {
    **{
        code: VAT_WORDS[code]
        for code in ("foreign_letters", "all_zeros", "branch_number", "prefix_country_mismatch", "unknown_country")
    },
    "empty": _("Enter the national registration number of the company."),
    "too_short": _("This enterprise number is too short. Compare it with %(example)s and add what is missing."),
    "too_long": _("This is too long for a registration number. Enter one number only, without other text."),
    "format": _("This does not look like a registration number. Enter the number alone, as the register writes it."),
    "wrong_first_digit": _(
        "No enterprise number in this country (%(country)s) starts with %(first)s. "
        "Compare it with %(example)s and check the first digits."
    ),
    "wrong_check_digits": _(
        "The check digits of this number do not fit the rest, so at least one digit is wrong. "
        "Compare it with the register; an enterprise number in this country (%(country)s) looks like %(example)s."
    ),
    "one_stop_shop": _(
        "Numbers that start with %(prefix)s are for the one-stop shop, a way to declare sales to consumers. "
        "Enter the number of the company in the register of its country."
    ),
    "no_country": _("Choose the country of the register."),
}

PHONE_WORDS: dict[str, str | Promise] = {
    "empty": _("Enter a phone number, for example %(example)s."),
    "format": _("A phone number holds digits only, and + before a country code. Enter one such as %(example)s."),
    "letters": _(
        "A phone number holds no letters, except for an extension such as “ext. 12”. "
        "Enter the digits, as in %(example)s."
    ),
    "unknown_calling_code": _("No country has this code after the +. Check the first digits, as in %(example)s."),
    "unknown_country": _("Enter the number with + and its country code, as in %(example)s."),
    "short_number": _(
        "Emergency and service numbers cannot be called from everywhere. Enter a full number, such as %(example)s."
    ),
    "impossible": _("This phone number has too few or too many digits. Compare it with %(example)s."),
    "premium": _("Calls to this number cost extra. Enter one at the normal rate, such as %(example)s."),
    "not_personal": _(
        "This is a service line, not somebody’s own number. Enter a direct or mobile number of this person."
    ),
}

POSTAL_WORDS: dict[str, str | Promise] = {
    "empty": _("Enter the postcode, for example %(example)s."),
    "format": _("This does not look like a postcode in this country (%(country)s). Enter one such as %(example)s."),
    "no_postcodes": _("Addresses in this country (%(country)s) have no postcode. Leave this empty."),
    "unknown_country": _("Choose the country of the address."),
}

_TABLES: dict[type[Fault], dict[str, str | Promise]] = {
    VatFault: VAT_WORDS,
    NationalFault: NATIONAL_WORDS,
    PhoneFault: PHONE_WORDS,
    PostalFault: POSTAL_WORDS,
}


def words_for(fault: Fault) -> str:
    """Say in the reader's language what is wrong and what to do next; countries go by their names."""
    shown = dict(fault.params)
    for name in ("country", "prefix_country"):
        if name in shown:
            shown[name] = country_name(str(shown[name]))
    candidates = shown.get("candidates")
    if isinstance(candidates, Iterable):
        shown["candidates"] = ", ".join(country_name(code) for code in candidates)
    return str(_TABLES[type(fault)][fault.code]) % shown


def country_name(code: str) -> str:
    """The name of a country; Northern Ireland, which has VAT numbers of its own, has one too."""
    if code == "XI":
        return str(_("Northern Ireland"))
    return str(countries.name(code) or code)
