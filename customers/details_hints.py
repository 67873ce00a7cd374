"""What is worth a second look in the details of a company that are right in form. Pure.

Decided: postcodes and phone numbers are judged by lists that lag behind reality, and companies do have an address in
another country than their VAT number. So all of it is said, and none of it stops anybody.
"""

from customers import belgian_towns, phone, postal
from customers.country_codes import territory
from customers.hints import Hint

MOST_TOWNS = 4
"""Towns that are named of a postcode that has more."""

OF_ANOTHER = {"LI": "CH", "MC": "FR", "IM": "GB"}
"""Territories whose companies carry the VAT numbers of a neighbour."""


def hints(
    *, country: str, postcode: str = "", city: str = "", number: str = "", vat_country: str = ""
) -> tuple[Hint, ...]:
    """What to look at in an address and a phone number. Never raises, whatever the texts.

    `vat_country`: of the VAT number; "" where there is none. Codes, by the field they are about:

    - country: other_country (country, vat_country).
    - postcode: postcode_format (country, example), no_postcodes (country), unknown_postcode (postcode).
    - city: other_town (postcode, towns, city).
    - phone: phone_not_planned ().
    """
    return (*country_hints(country, vat_country), *_place_hints(country, postcode, city), *phone_hints(number, country))


def country_hints(country: str, vat_country: str) -> tuple[Hint, ...]:
    """Whether the address is in another country than the VAT number is of."""
    if not country or not vat_country:
        return ()
    here, there = territory(country), territory(vat_country)
    if here == there or OF_ANOTHER.get(here) == there:
        return ()
    return (Hint(field="country", code="other_country", params={"country": here, "vat_country": there}),)


def phone_hints(number: str, country: str) -> tuple[Hint, ...]:
    """Whether a number has the right length and is in no numbering plan; nothing of one that is refused anyway."""
    try:
        is_planned = not number.strip() or phone.parse(number, country).is_valid
    except phone.PhoneFault:
        return ()
    return () if is_planned else (Hint(field="phone", code="phone_not_planned"),)


def _place_hints(country: str, postcode: str, city: str) -> tuple[Hint, ...]:
    try:
        written = postal.check(postcode, country)
    except postal.PostalFault as fault:
        if fault.code not in ("format", "no_postcodes"):
            return ()
        code = "postcode_format" if fault.code == "format" else fault.code
        return (Hint(field="postcode", code=code, params={name: str(value) for name, value in fault.params.items()}),)
    if not written or territory(country) != "BE":
        return ()
    towns = belgian_towns.towns(written)
    if not towns:
        return (Hint(field="postcode", code="unknown_postcode", params={"postcode": written}),)
    if not city.strip() or belgian_towns.is_town_of(written, city):
        return ()
    named = [" / ".join(dict.fromkeys((town.nl, town.fr))) for town in towns[:MOST_TOWNS]]
    more = "…" if len(towns) > MOST_TOWNS else ""
    params = {"postcode": written, "towns": ", ".join(named) + more, "city": city.strip()}
    return (Hint(field="city", code="other_town", params=params),)
