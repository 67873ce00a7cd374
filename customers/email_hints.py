"""What is worth a second look in an e-mail address that is right in form. Pure, and nobody is asked: no mail server.

Decided:

- A *typo* is one letter too many, too few, wrong or swapped in a domain that many people have, or that several people
  of these two organisations have. A domain that is itself one of these is none.
- *Free mail* is what anybody can have; it says nothing of who somebody works for. Access providers' mail belongs here.
- The *other side* is the customer's domain at somebody of the partner, or the partner's at somebody of the customer. A
  domain belongs to the side that has it more often; free mail belongs to neither.
- *Near* a domain that is refused is what is under it, or reads like it: `mail.cronos.be`, `cr0nos.be`, `cronos.com`,
  `cronos-group.be`. The domain itself is refused elsewhere (`contacts.violations`).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from customers.email_domains import domain_of, readable
from customers.hints import Hint

FREE_MAIL = frozenset((
    "aol.com", "bbox.fr", "belgacom.net", "bluewin.ch", "chello.nl", "edpnet.be", "fastmail.com", "free.fr",
    "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.fr", "gmx.net", "googlemail.com",
    "hetnet.nl", "home.nl", "hotmail.be", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.nl",
    "icloud.com", "kpnmail.nl", "kpnplanet.nl", "laposte.net", "libero.it", "live.be", "live.com", "live.fr",
    "live.nl", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "mobistar.be", "neuf.fr", "numericable.be",
    "numericable.fr", "onsbrabantnet.nl", "orange.be", "orange.fr", "outlook.be", "outlook.com", "outlook.de",
    "outlook.fr", "outlook.nl", "pandora.be", "pi.be", "planet.nl", "proton.me", "protonmail.com", "proximus.be",
    "pt.lu", "scarlet.be", "sfr.fr", "skynet.be", "t-online.de", "tele2.nl", "telenet.be", "tiscali.be", "tutanota.com",
    "upcmail.nl", "versatel.nl", "virgilio.it", "voo.be", "wanadoo.fr", "web.de", "xs4all.nl", "yahoo.co.uk",
    "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.nl", "yandex.com", "ymail.com", "zeelandnet.nl", "ziggo.nl",
))  # fmt: skip

_OFTEN_MISTYPED = (
    "gmail.com", "hotmail.com", "hotmail.be", "hotmail.nl", "hotmail.fr", "outlook.com", "outlook.be", "telenet.be",
    "skynet.be", "proximus.be", "scarlet.be", "icloud.com", "yahoo.com", "yahoo.fr", "googlemail.com", "protonmail.com",
    "kpnmail.nl", "ziggo.nl", "xs4all.nl", "wanadoo.fr", "laposte.net", "orange.fr", "t-online.de",
)  # fmt: skip
"""The nearest first where two are as near. Short names stay out: everything is one letter from them."""

SHORTEST = 7
"""Characters of a domain of which one letter less is still a slip, and not another name."""

_READS_AS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "і": "i", "а": "a", "е": "e", "о": "o", "с": "c"})
_READS_AS |= str.maketrans({"р": "p", "ѕ": "s", "у": "y", "х": "x", "ո": "n", "ο": "o", "ν": "v", "ρ": "p", "ı": "i"})
_PAIRS = (("rn", "m"), ("vv", "w"))


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an address is looked at beside: the domains of the two sides, and those that are refused."""

    own: frozenset[str] = frozenset()
    """Folded domains of the partner."""
    customers: frozenset[str] = frozenset()
    """Folded domains of the customer."""
    shared: frozenset[str] = frozenset()
    """Folded domains that several people have."""
    banned: Collection[str] = field(default=())


def surroundings(people: Iterable[tuple[bool, str]], *, banned: Collection[str] = ()) -> Surroundings:
    """Make out whose domain is whose: `people` are (whether of the partner's own, address), everybody once.

    Where both have a domain equally often, it is the partner's.
    """
    counted: dict[str, Counter[bool]] = {}
    for is_own, email in people:
        if "@" in email and (domain := domain_of(email)) not in FREE_MAIL:
            counted.setdefault(domain, Counter())[is_own] += 1
    own = frozenset(domain for domain, count in counted.items() if count[True] >= count[False])
    shared = frozenset(domain for domain, count in counted.items() if count.total() > 1)
    return Surroundings(own=own, customers=frozenset(counted) - own, shared=shared, banned=banned)


def hints(email: str, *, is_own: bool, beside: Surroundings, signs: bool = False) -> tuple[Hint, ...]:
    """What to look at in this address; nothing for one that is empty. Never raises, whatever the text.

    `is_own`: of the partner's side. `signs`: for a role that the refused domains are refused to.

    Codes: typo (domain, meant), free_mail (domain), customers_domain (domain), own_domain (domain), near_banned
    (domain, banned).
    """
    domain = domain_of(email) if "@" in email else ""
    if not domain:
        return ()
    found = [
        ("typo", {"meant": typo_of(domain, known=beside.shared)}),
        ("free_mail", {} if domain in FREE_MAIL else None),
        ("customers_domain", {} if is_own and domain in beside.customers else None),
        ("own_domain", {} if not is_own and domain in beside.own else None),
        ("near_banned", {"banned": near_banned(domain, beside.banned)} if signs else None),
    ]
    return tuple(
        Hint(field="email", code=code, params={"domain": readable(domain), **params})
        for code, params in found
        if params is not None and all(params.values())
    )


def typo_of(domain: str, *, known: Collection[str] = ()) -> str:
    """The domain that was likely meant; "" where this one is well known, or near to none."""
    domain = domain_of(domain)
    if domain in FREE_MAIL or domain in known:
        return ""
    candidates = (*_OFTEN_MISTYPED, *sorted(name for name in known if len(name) > SHORTEST))
    return next((readable(name) for name in candidates if is_one_slip(domain, name)), "")


def near_banned(domain: str, banned: Collection[str]) -> str:
    """The refused domain that this one is under or reads like; "" for none, and for a refused domain itself."""
    domain = domain_of(domain)
    refused = sorted({domain_of(name) for name in banned} - {""})
    if domain in refused:
        return ""
    return next((readable(name) for name in refused if domain.endswith(f".{name}") or _reads_like(domain, name)), "")


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter too many, too few, wrong or swapped with its neighbour makes the one of the other."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(typed, meant, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True  # The longer one has a letter more at its end.
    rest, goal = typed[start:], meant[start:]
    swapped = rest[1::-1] + rest[2:]
    return swapped == goal or rest == goal[1:] or rest[1:] in (goal, goal[1:])


def _reads_like(domain: str, banned: str) -> bool:
    ours, theirs = _skeleton(readable(domain)), _skeleton(banned)
    if ours == theirs or (len(theirs) >= SHORTEST and is_one_slip(ours, theirs)):
        return True
    name = theirs.partition(".")[0]
    return len(name) > 3 and name in re.split(r"[.-]", ours)


def _skeleton(domain: str) -> str:
    """What a domain looks like at a glance."""
    bare = unicodedata.normalize("NFKD", domain.translate(_READS_AS))
    shown = "".join(mark for mark in bare if not unicodedata.combining(mark)).translate(_READS_AS)
    for pair, mark in _PAIRS:
        shown = shown.replace(pair, mark)
    return shown
