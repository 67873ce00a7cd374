"""What the wizard makes of the VAT register's word: what the aside says, and what the details begin with."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals import vat_rechecks
from customers import official_address, vat_checks
from customers.cause_words import cause_words
from customers.models import Partner, VatCheck
from customers.vat import VatNumber
from customers.vies import Outcome

STATES: dict[str, tuple[str, Any]] = {
    Outcome.REGISTERED: ("good", _("Registered")),
    Outcome.NOT_REGISTERED: ("bad", _("Not registered")),
    Outcome.NO_ANSWER: ("warn", _("No answer")),
    Outcome.NOT_APPLICABLE: ("idle", _("Checked by hand")),
}
"""How each outcome stands, and what it is called."""

ADDRESS = {"street", "postcode", "city"}

LIKELY_CAUSES = (
    _("A digit is wrong, or the number is another company’s: compare it with an invoice."),
    _("The company was registered days ago, and the register does not know yet."),
    _("The company is registered in its country only: trade inside the EU needs a registration of its own in some."),
    _("The registration has ended."),
)


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the register said about one number, as the pages of the wizard show it."""

    check: VatCheck
    fills: dict[str, str]
    """Fields of the details with what the register has for them."""

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

    @property
    def likely_causes(self) -> tuple[Any, ...]:
        return LIKELY_CAUSES


def ask(*, actor: Any, partner: Partner, number: VatNumber) -> None:
    """Ask the register about a number that was just understood; where it is silent, the background goes on asking."""
    check = vat_checks.ask(actor=actor, partner=partner, number=number)
    if check is not None:
        vat_rechecks.plan(check)


def word_on(partner: Partner, number: VatNumber | None) -> Word | None:
    """What the register told this partner; None where it was not asked, or asking is off."""
    check = vat_checks.known(partner=partner, number=str(number)) if number else None
    if number is None or check is None:
        return None
    return Word(check=check, fills=_fills(check, address_country(number)))


def address_country(number: VatNumber) -> str:
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
