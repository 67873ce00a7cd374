"""Believable companies for the demonstration: the same ones every time, with numbers whose check digits are right."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.nl import btw

from contacts.policy import ContactKind, Side
from contacts.roster import PersonDetails
from customers.details import CustomerDetails
from customers.search_text import fold
from portal.demo import words


@dataclass(frozen=True, kw_only=True)
class DemoCompany:
    details: CustomerDetails
    domain: str
    area_code: str


def domain_of(name: str) -> str:
    """`Oude Vaart Accountants CV` -> `oude-vaart.example`."""
    kept = [word for word in re.split(r"[^a-z0-9]+", fold(name.replace("-", " "))) if word]
    return "-".join(kept[:2]) + ".example"


def belgian_vat(serial: int) -> str:
    """Check digits: 97 less the first eight digits modulo 97. The range is not given out yet."""
    body = 9_910_000 + serial * 37
    return f"BE0{body:07d}{97 - body % 97:02d}"


def dutch_vat(serial: int) -> str:
    """The first number from here on that passes the modulo 97 check of the numbers of 2020."""
    body = 991_000_000 + serial * 1_013
    for suffix in range(2, 99):
        number = f"{body:09d}B{suffix:02d}"
        if btw.is_valid(number):
            return f"NL{number}"
    return dutch_vat(serial + 400)


def companies(country: str, chance: random.Random) -> Iterator[DemoCompany]:
    """All companies of one country."""
    belgian = country == "BE"
    names = words.BELGIAN_COMPANIES if belgian else words.DUTCH_COMPANIES
    towns = words.BELGIAN_TOWNS if belgian else words.DUTCH_TOWNS
    for serial, (name, industry) in enumerate(names, start=1):
        postcode, city, area_code, language = chance.choice(towns)
        subscriber = f"5501{serial:03d}00"[: (8 if belgian else 9) - len(area_code)]
        yield DemoCompany(
            details=CustomerDetails(
                vat_number=belgian_vat(serial) if belgian else dutch_vat(serial),
                name=name,
                phone=f"+{32 if belgian else 31}{area_code}{subscriber}",
                street=f"{chance.choice(words.STREETS)} {chance.randint(1, 180)}",
                postcode=postcode,
                city=city,
                country=country,
                industry_code=industry,
                language=language,
            ),
            domain=domain_of(name),
            area_code=area_code,
        )


def person(chance: random.Random, *, side: Side, domain: str, country: str, phone: bool = True) -> PersonDetails:
    """Somebody with an address at this domain and a mobile number, or none."""
    first, last = chance.choice(words.FIRST_NAMES), chance.choice(words.LAST_NAMES)
    local = f"{fold(first)}.{fold(last).replace(' ', '')}"
    mobile = f"+3247055{chance.randint(1000, 9999)}" if country == "BE" else f"+316155{chance.randint(10000, 99999)}"
    return PersonDetails(
        side=side,
        kind=ContactKind.PERSON,
        first_name=first,
        last_name=last,
        email=f"{local}@{domain}",
        phone=mobile if phone else "",
        phone_extension="",
    )
