"""What the VAT register says of a submission: its state and age, and how far name and address depart from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from approvals.checks.cases import Blocks, Case, Level, Signal
from customers import vat, vat_checks
from customers.cause_words import cause_words
from customers.models import UnknownToRegister
from customers.official import Likeness, address_likeness, name_likeness
from customers.vies import Outcome

FINAL = {Outcome.REGISTERED, Outcome.NOT_REGISTERED}

NAME_TITLES = {
    Likeness.SAME: gettext_noop("Name as in the register"),
    Likeness.CLOSE: gettext_noop("Name close to the VAT register’s"),
    Likeness.DIFFERENT: gettext_noop("Name differs from the VAT register"),
}
ADDRESS_TITLES = {
    Likeness.SAME: gettext_noop("Address as in the register"),
    Likeness.CLOSE: gettext_noop("Address close to the VAT register’s"),
    Likeness.DIFFERENT: gettext_noop("Address differs from the VAT register"),
}


@dataclass(frozen=True, kw_only=True)
class Word:
    """What the register said last: after the request was sent, or before."""

    outcome: str
    cause: str
    name: str
    address: str
    identifier: str
    at: datetime
    tries: int
    next_try_at: datetime | None = None


def last_word(case: Case) -> Word | None:
    """The register's last word; None where it was never asked."""
    if (check := case.register) is not None:
        return Word(
            outcome=check.outcome,
            cause=check.cause,
            name=check.name,
            address=check.address,
            identifier=check.identifier,
            at=check.tried_at if check.outcome == Outcome.NO_ANSWER else check.asked_at,
            tries=check.tries,
            next_try_at=check.next_try_at,
        )
    frozen = case.said.register
    if case.said.register_at is None:
        return None
    return Word(
        outcome=frozen["state"],
        cause=frozen["cause"],
        name=frozen["name"],
        address=frozen["address"],
        identifier=frozen["identifier"],
        at=case.said.register_at,
        tries=0,
    )


def state(case: Case) -> Iterator[Signal]:
    """Whether the number is registered, how old that answer is, and whether it changed since the request was sent."""
    word = last_word(case)
    if word is None:
        yield from _not_asked(case)
        return
    before = case.said.register["state"]
    changed = word.outcome in FINAL and before in FINAL and before != word.outcome
    match word.outcome:
        case Outcome.REGISTERED:
            yield _registered(case, word, changed)
        case Outcome.NOT_REGISTERED:
            fact = (
                _("It was registered when the request was sent")
                if changed
                else _("VIES answered that it does not know the number")
            )
            if reason := dict(UnknownToRegister.choices).get(case.said.register["reason"]):
                fact = _("%(fact)s. The partner says: %(reason)s") % {"fact": fact, "reason": reason}
            title = _("No longer registered for VAT") if changed else _("VAT number not registered")
            yield Signal(
                code="vat_not_registered",
                level=Level.RED,
                title=title,
                fact=fact,
                at=word.at,
                blocks=Blocks.OVERRIDE,
            )
        case Outcome.NO_ANSWER:
            yield Signal(
                code="vat_no_answer",
                level=Level.AMBER,
                title=_("VIES did not answer"),
                fact=_after(word),
                at=word.at,
            )
        case Outcome.NOT_APPLICABLE:
            yield _by_hand(word.at)


def _not_asked(case: Case) -> Iterator[Signal]:
    """A number of a country that is not in the register, or one it was not asked about although it could be."""
    number = vat.stored(case.said.vat_number)
    if number is None or not number.is_known:
        return
    if not number.is_in_vies:
        yield _by_hand(case.now)
    elif vat_checks.is_on():
        fact = _("VIES was not asked about it yet")
        yield case.known("vat_not_asked", Level.AMBER, _("VAT number not checked"), fact)


def _by_hand(at: datetime) -> Signal:
    return Signal(
        code="vat_by_hand",
        level=Level.AMBER,
        title=_("VAT number to check by hand"),
        fact=_("VIES holds no numbers of this country"),
        at=at,
    )


def _registered(case: Case, word: Word, changed: bool) -> Signal:
    fact = _("VIES: %(name)s") % {"name": word.name} if word.name else _("VIES does not disclose the name")
    if word.identifier:
        fact = _("%(fact)s · consultation number %(number)s") % {"fact": fact, "number": word.identifier}
    if changed:
        fact = _("%(fact)s. It was not registered when the request was sent") % {"fact": fact}
    if case.now - word.at > timedelta(days=settings.CHECK_REGISTER_ANSWER_DAYS):
        date = date_format(localtime(word.at), "j F Y")
        fact = _("The answer is of %(date)s: %(fact)s") % {"date": date, "fact": fact}
        return Signal(
            code="vat_answer_old", level=Level.AMBER, title=_("Registered for VAT, long ago"), fact=fact, at=word.at
        )
    return Signal(code="vat_registered", level=Level.GREEN, title=_("Registered for VAT"), fact=fact, at=word.at)


def _after(word: Word) -> str:
    """Why there is no answer, how often one was asked for, and when the next try is."""
    said = [cause_words(word.cause)]
    if word.tries:
        said.append(ngettext("Tried once", "Tried %(tries)d times", word.tries) % {"tries": word.tries})
    if word.next_try_at:
        at = date_format(localtime(word.next_try_at), "j F, H:i")
        said.append(_("· next try %(at)s") % {"at": at})
    return " ".join(filter(None, said))


def name_and_address(case: Case) -> Iterator[Signal]:
    """How far what was sent departs from the official name and address; amber where somebody should look."""
    word = last_word(case)
    if word is None or word.outcome != Outcome.REGISTERED:
        return
    details = case.said.details
    sent = ", ".join(filter(None, (details["street"], f"{details['postcode']} {details['city']}".strip())))
    alike = name_likeness(word.name, details["name"], details["legal_name"])
    near = address_likeness(
        word.address,
        details["country"],
        street=details["street"],
        postcode=details["postcode"],
        city=details["city"],
    )
    if alike is near is Likeness.NOT_DISCLOSED:
        yield Signal(
            code="vat_not_disclosed",
            level=Level.AMBER,
            title=_("The register discloses no name"),
            fact=_("Nor an address: find out by hand whose number it is"),
            at=word.at,
        )
        return
    yield _compared("name", alike, NAME_TITLES, word, word.name, details["name"])
    yield _compared("address", near, ADDRESS_TITLES, word, ", ".join(word.address.splitlines()), sent)


def _compared(
    what: str, likeness: Likeness, titles: dict[Likeness, str], word: Word, official: str, sent: str
) -> Signal:
    if likeness is Likeness.NOT_DISCLOSED:
        title = _("The register discloses no name") if what == "name" else _("The register discloses no address")
        fact = _("Request: %(sent)s") % {"sent": sent}
    else:
        title = _(titles[likeness])
        fact = _("Register: “%(official)s”. Request: “%(sent)s”") % {"official": official, "sent": sent}
    if likeness is Likeness.SAME:
        fact = official
    return Signal(
        code=f"{what}_{likeness.value}",
        level=Level.GREEN if likeness is Likeness.SAME else Level.AMBER,
        title=title,
        fact=fact,
        at=word.at,
    )
