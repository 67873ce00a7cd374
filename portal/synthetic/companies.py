"""Synthetic companies with numbers that hold: each a function of its serial, so that the same seed makes the same.

Public numbers and VAT numbers come out of the serial by arithmetic that hits no value twice; names, people and places
out of a source of chance that belongs to one partner, so that partners can be made in any order and side by side.
"""

import random
from dataclasses import dataclass

from stdnum import luhn
from stdnum.iso7064 import mod_11_10, mod_97_10

from customers import numbers
from customers.search_text import fold
from portal.synthetic.words import FIRST_NAMES, JOINTS, LANDS, LAST_NAMES, NOUNS, STREETS, TRADES, Land

_SPACE = 32**numbers.LENGTH
_STEP = 618_033_988_747
"""Odd, so that steps of it visit every number of the space once; far from neat, so that neighbours look unrelated."""
_CHOICES = [land for weight, land in LANDS for _ in range(weight)]


@dataclass(frozen=True, kw_only=True)
class Person:
    first_name: str
    last_name: str
    email: str
    phone: str
    national: str
    """The digits one dials inside the country."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """What `customers.search_rows.own_fields` reads, and what a customer's row says."""

    number: str
    name: str
    vat_number: str
    phone: str
    street: str
    postcode: str
    city: str
    country: str
    language: str
    land: Land
    domain: str
    legal_name: str = ""
    national_number: str = ""


def public_number(prefix: str, serial: int, seed: int) -> str:
    """The public number of this serial: different serials never share one."""
    value = (serial * _STEP + seed * 7_919 + 104_729) % _SPACE
    body = ""
    for _ in range(numbers.LENGTH):
        value, digit = divmod(value, 32)
        body += numbers.ALPHABET[digit]
    return f"{prefix}-{body[:4]}-{body[4:]}"


def vat_number(country: str, serial: int) -> str:
    """A number of this country that passes its check digits; different serials below a million never share one.

    Luxembourg has room for 900,000: beyond, a company comes again at another partner, as companies do.
    """
    match country:
        case "BE":
            body = 10_000_000 + serial
            return f"BE{body:08d}{97 - body % 97:02d}"
        case "NL":
            # The sum of 2020: the check digits stand in the suffix and run from 02 to 98.
            base = f"NL{100_000_000 + serial}B"
            return base + mod_97_10.calc_check_digits(base)
        case "FR":
            siren = f"{30_000_000 + serial:08d}"
            siren += luhn.calc_check_digit(siren)
            return f"FR{(int(siren + '12')) % 97:02d}{siren}"
        case "DE":
            digits = f"{10_000_000 + serial}"
            return f"DE{digits}{mod_11_10.calc_check_digit(digits)}"
        case "LU":
            body = 100_000 + serial % 900_000
            return f"LU{body}{body % 89:02d}"
    raise ValueError(country)


def company(serial: int, *, seed: int, chance: random.Random) -> Company:
    """The company with this serial."""
    land = chance.choice(_CHOICES)
    postcode, city = chance.choice(land.towns)
    joint = chance.choice(JOINTS)
    name = joint.format(
        trade=chance.choice(TRADES),
        noun=chance.choice(NOUNS),
        last=chance.choice(LAST_NAMES),
        last2=chance.choice(LAST_NAMES),
        city=city,
    )
    return Company(
        number=public_number(numbers.CUSTOMER, serial, seed),
        name=f"{name} {chance.choice(land.forms)}",
        vat_number=vat_number(land.code, serial),
        phone=f"+{land.calling}{land.mobile}{chance.randrange(10**land.mobile_digits):0{land.mobile_digits}d}",
        street=f"{chance.choice(STREETS)} {chance.randint(1, 240)}",
        postcode=postcode,
        city=city,
        country=land.code,
        language=land.language,
        land=land,
        domain=f"{fold(name).replace(' ', '-')[:40]}-{serial % 997}.example",
    )


def person(land: Land, domain: str, place: int, chance: random.Random) -> Person:
    """Somebody at this domain; `place` keeps addresses of one organisation apart."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    subscriber = f"{land.mobile}{chance.randrange(10**land.mobile_digits):0{land.mobile_digits}d}"
    return Person(
        first_name=first,
        last_name=last,
        email=f"{fold(first)}.{fold(last).replace(' ', '')}{place or ''}@{domain}",
        phone=f"+{land.calling}{subscriber}",
        national=f"{land.trunk}{subscriber}",
    )
