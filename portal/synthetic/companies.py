"""Synthetic companies with numbers that hold: each a function of its serial, so that the same seed makes the same.

Public numbers and VAT numbers come out of the serial by arithmetic that hits no value twice; names, people and places
out of a source of chance that belongs to one partner, so that partners can be made in any order and side by side.
"""

import random
from dataclasses import dataclass
from functools import cache

from stdnum import luhn
from stdnum.iso7064 import mod_11_10, mod_97_10

from customers import numbers, search_text
from portal.synthetic.words import FIRST_NAMES, JOINTS, LANDS, LAST_NAMES, NOUNS, STREETS, TRADES, Land

_SPACE = 32**numbers.LENGTH
_STEP = 618_033_988_747
"""Odd, so that steps of it visit every number of the space once; far from neat, so that neighbours look unrelated."""
_CHOICES = [land for weight, land in LANDS for _ in range(weight)]
_QUARTERS = [first + second for second in numbers.ALPHABET for first in numbers.ALPHABET]
"""Two characters of a public number at once: a load asks for millions of them."""

fold = cache(search_text.fold)
"""Of parts of names and places: there are few, and they come again in every company. What is put together is folded
by `customers.search_text` itself."""


@dataclass(frozen=True, kw_only=True)
class Domain:
    name: str
    folded: str
    """As it stands in a folded address."""


@dataclass(frozen=True, kw_only=True)
class Person:
    first_name: str
    last_name: str
    name_folded: str
    email: str
    email_folded: str
    phone: str
    national: str
    """The digits one dials inside the country."""
    domain: Domain

    @property
    def folded(self) -> str:
        """As `contacts.search_rows` writes a person, without folding each part and reading each number again."""
        return f"{self.name_folded} {self.email_folded} {self.phone[1:]} {self.national}".rstrip()


@dataclass(frozen=True, kw_only=True)
class Company:
    """What a customer's row says."""

    number: str
    name: str
    name_folded: str
    vat_number: str
    phone: str
    national: str
    """The digits one dials inside the country."""
    street: str
    postcode: str
    city: str
    country: str
    language: str
    land: Land
    domain: Domain

    @property
    def folded(self) -> str:
        """As `customers.search_rows` writes a customer's own fields, without folding each and reading its number."""
        vat, place = self.vat_number.lower(), f"{fold(self.city)} {fold(self.postcode)}"
        phones = f"{self.phone[1:]} {self.national}"
        return f" {self.name_folded} {vat} {vat[2:]} {place} {phones} {folded_number(self.number)} "


def public_number(prefix: str, serial: int, seed: int) -> str:
    """The public number of this serial: different serials never share one."""
    value = (serial * _STEP + seed * 7_919 + 104_729) % _SPACE
    one, two, three, four = (_QUARTERS[value >> shift & 1023] for shift in (0, 10, 20, 30))
    return f"{prefix}-{one}{two}-{three}{four}"


def folded_number(number: str) -> str:
    """A public number as it is searched for."""
    return number.replace("-", "").lower()


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
    name_folded, form = search_text.fold(name), chance.choice(land.forms)
    label = name_folded.replace(" ", "-")[:40]
    phone, national = _mobile(land, chance)
    return Company(
        number=public_number(numbers.CUSTOMER, serial, seed),
        name=f"{name} {form}",
        name_folded=f"{name_folded} {fold(form)}",
        vat_number=vat_number(land.code, serial),
        phone=phone,
        national=national,
        street=f"{chance.choice(STREETS)} {chance.randint(1, 240)}",
        postcode=postcode,
        city=city,
        country=land.code,
        language=land.language,
        land=land,
        domain=Domain(name=f"{label}-{serial % 997}.example", folded=f"{label.replace('-', '')}{serial % 997}example"),
    )


def person(land: Land, domain: Domain, place: int, chance: random.Random) -> Person:
    """Somebody at this domain; `place` keeps addresses of one organisation apart."""
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    first_folded, last_folded = fold(first), fold(last)
    ending = f"{last_folded.replace(' ', '')}{place or ''}"
    phone, national = _mobile(land, chance)
    return Person(
        first_name=first,
        last_name=last,
        name_folded=f"{first_folded} {last_folded}",
        email=f"{first_folded}.{ending}@{domain.name}",
        email_folded=f"{first_folded}{ending}{domain.folded}",
        phone=phone,
        national=national,
        domain=domain,
    )


def _mobile(land: Land, chance: random.Random) -> tuple[str, str]:
    """A mobile number: with the code of its country, and as one dials it there."""
    subscriber = f"{land.mobile}{chance.randrange(10**land.mobile_digits):0{land.mobile_digits}d}"
    return f"+{land.calling}{subscriber}", f"{land.trunk}{subscriber}"
