"""What the wizard makes of the VAT register's word: what the aside says, and what the details begin with."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals import vat_rechecks
from customers import official_address, postal, vat_checks
from customers.cause_words import cause_words
from customers.models import Partner, VatCheck
from customers.national import NationalNumber
from customers.official import Likeness, address_likeness, name_likeness
from customers.vat import VatNumber
from customers.vies import Outcome
from portal.register_words import STATES

ADDRESS = {"street", "postcode", "city"}


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the register said about one number, as the pages of the wizard show it."""

    check: VatCheck
    fills: dict[str, str]
    """Fields of the details with what the register has for them."""
    country: str
    """Where the company's address begins."""

    @property
    def stands(self) -> str:
        return STATES[self.check.outcome][0]

    @property
    def state(self) -> str:
        return str(STATES[self.check.outcome][1])

    @property
    def advice(self) -> str:
        """What it means for going on; "" where all is well."""
        if self.check.outcome == Outcome.NO_ANSWER:
            return _("%(cause)s Go on: we keep asking, and Arxus sees it.") % {"cause": cause_words(self.check.cause)}
        if self.check.outcome == Outcome.NOT_APPLICABLE:
            return _("%(cause)s Arxus checks it by hand.") % {"cause": cause_words(self.check.cause)}
        return ""

    @property
    def is_registered(self) -> bool:
        return self.check.outcome == Outcome.REGISTERED

    @property
    def is_unknown(self) -> bool:
        return self.check.outcome == Outcome.NOT_REGISTERED

    @property
    def address_lines(self) -> list[str]:
        return self.check.address.splitlines()


def ask(*, actor: Any, partner: Partner, number: VatNumber | NationalNumber) -> None:
    """Ask the register about a number that was just understood; where it is silent, the background goes on asking.

    A company without a VAT number is in no such register.
    """
    if isinstance(number, VatNumber):
        vat_rechecks.ask(actor=actor, partner=partner, number=number)


def word_on(partner: Partner, number: VatNumber | NationalNumber | None) -> Word | None:
    """What the register told this partner; None where it was not asked, or asking is off."""
    if not isinstance(number, VatNumber):
        return None
    check = vat_checks.known(partner=partner, number=str(number))
    if check is None:
        return None
    country = address_country(number)
    return Word(check=check, fills=_fills(check, country), country=country)


def doubt(number: VatNumber | NationalNumber | None, word: Word | None) -> Any:
    """What to know about a number besides the register's word; "" where nothing."""
    if isinstance(number, NationalNumber):
        return _("The customer has no VAT number. Arxus looks it up in the register of its country.")
    if number is not None and not number.is_sound and not (word and word.is_registered):
        return _("The check digits of the VAT number do not fit the rest. Compare it with an invoice of the company.")
    if number is not None and not number.is_known and word is None:
        return _("Arxus checks the VAT number by hand.")
    return ""


def address_country(number: VatNumber | NationalNumber) -> str:
    """The country in which the address of a number's company begins."""
    return {"XI": "GB"}.get(number.country, number.country)


def _fills(check: VatCheck, country: str) -> dict[str, str]:
    address = official_address.split(check.address, country)
    found = {"name": check.name, "street": address.street, "postcode": address.postcode, "city": address.city}
    return {name: value for name, value in found.items() if value}


def mark(form: Any, word: Word | None) -> None:
    """Tell the form which of its fields still hold what the register said; one mark stands for a whole address."""
    fills = word.fills if word else {}
    kept = {name for name, value in fills.items() if form[name].value() == value}
    form.from_register = kept - {"postcode", "city"} if kept >= ADDRESS else kept


def departures(word: Word | None, typed: Mapping[str, str]) -> dict[str, str]:
    """What the register has where the details depart from it, by field; the street stands for a whole address."""
    if word is None:
        return {}
    check, address = word.check, {name: typed[name] for name in ADDRESS}
    with suppress(postal.PostalFault):
        address["postcode"] = postal.check(address["postcode"], typed["country"])
    found = {}
    if typed["name"] and _departs(name_likeness(check.name, typed["name"], typed["legal_name"])):
        found["name"] = check.name
    if any(address.values()) and _departs(address_likeness(check.address, word.country, **address)):
        found["street"] = ", ".join(word.address_lines)
    return found


def _departs(likeness: Likeness) -> bool:
    return likeness in (Likeness.CLOSE, Likeness.DIFFERENT)
