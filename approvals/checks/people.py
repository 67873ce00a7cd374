"""The people who were chosen: how they are reached, and whether they get in. Hints: `customers.email_hints`."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from approvals.checks.cases import Case, Level, Signal
from approvals.snapshot import readable_phone
from contacts.policy import ROLE_POLICY, Side
from customers.details_hints import phone_hints
from customers.email_hints import hints, surroundings


@dataclass(frozen=True, kw_only=True)
class HintWords:
    title: str
    fact: str
    """English, filled with the hint's own values, `name`, `email` and `partner`; said of each person."""


HINT_WORDS: dict[str, HintWords] = {
    "near_banned": HintWords(
        title=gettext_noop("E-mail domain close to a refused one"),
        fact=gettext_noop("%(name)s, %(email)s: %(banned)s is refused to who signs"),
    ),
    "own_domain": HintWords(
        title=gettext_noop("Customer’s person with the partner’s e-mail domain"),
        fact=gettext_noop("%(name)s, %(email)s"),
    ),
    "customers_domain": HintWords(
        title=gettext_noop("Partner’s person with the customer’s e-mail domain"),
        fact=gettext_noop("%(name)s, %(email)s"),
    ),
    "free_mail": HintWords(
        title=gettext_noop("Address of a free mail provider"), fact=gettext_noop("%(name)s, %(email)s")
    ),
    "typo": HintWords(
        title=gettext_noop("E-mail address perhaps mistyped"),
        fact=gettext_noop("%(name)s, %(email)s: %(meant)s?"),
    ),
}


def one_person(case: Case) -> Iterator[Signal]:
    holders = list(case.said.holders.values())
    if len(holders) > 1 and len(case.said.people) == 1:
        fact = _("%(name)s fills %(count)s roles") % {"name": holders[0].name, "count": len(holders)}
        yield case.sent("one_person", Level.AMBER, _("One person in every role"), fact)


def phones(case: Case) -> Iterator[Signal]:
    """Numbers that can be dialled by their length, but that no numbering plan knows."""
    people = [holder for holder in case.said.people if holder.phone]
    odd = [f"{holder.name}: {readable_phone(holder.phone)}" for holder in people if phone_hints(holder.phone, "")]
    if odd:
        yield case.sent("phones_not_planned", Level.AMBER, _("Contact’s phone in no known range"), ", ".join(odd))


def emails(case: Case) -> Iterator[Signal]:
    people = [holder for holder in case.said.people if holder.email]
    signing = {holder.email for role, holder in case.said.holders.items() if ROLE_POLICY[role].signs}
    beside = surroundings(
        [(holder.side is Side.OWN, holder.email) for holder in people],
        banned=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
    )
    found: dict[str, list[str]] = defaultdict(list)
    for holder in people:
        for hint in hints(holder.email, is_own=holder.side is Side.OWN, beside=beside, signs=holder.email in signing):
            words = HINT_WORDS[hint.code]
            found[hint.code].append(_(words.fact) % {**hint.params, "name": holder.name, "email": holder.email})
    for code, words in HINT_WORDS.items():
        if facts := found.get(code):
            yield case.sent(f"email_{code}", Level.AMBER, _(words.title), ". ".join(facts))
    if people and not found:
        fact = ngettext("%(count)d address", "%(count)d addresses", len(people)) % {"count": len(people)}
        yield case.sent("emails_fit", Level.GREEN, _("E-mail addresses fit"), fact)


def access(case: Case) -> Iterator[Signal]:
    """Whether portal access and ServiceNow permissions are confirmed for who gets them; approving confirms them."""
    for role, now in case.background.access.items():
        holder = case.said.holders.get(role)
        if holder is None:
            continue
        values = {"role": _(ROLE_POLICY[role].label), "name": holder.name}
        if now.confirmed_at is None or now.contact != holder.contact:
            title = _("Access of the %(role)s contact to confirm") % values
            fact = _("%(name)s: portal access and ServiceNow permissions, confirmed by approving") % values
            yield case.known("access_to_confirm", Level.AMBER, title, fact)
        else:
            title = _("%(role)s contact has access") % values
            yield Signal(code="access_confirmed", level=Level.GREEN, title=title, fact=holder.name, at=now.confirmed_at)
