"""What is searched for: terms drawn from the data, each with the row it must find, and fixed lists of words."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import psycopg

from customers.search_text import fold, like_pattern, words
from tools.bench.site import Person

COMMON = ("a", "nv", "van", "example", "bv antwerpen")
"""Words that half of the customers are found by; every synthetic e-mail address ends in `example`."""
NOTHING = ("xqzvwk", "zwxqpj antwerpen", "qqqqq", "bakkerij xwvzq", "0999888777666")
SEED = 20_261


@dataclass(frozen=True, kw_only=True)
class Target:
    """The customer that a drawn term must find."""

    number: str
    before: str
    """The number of the customer before it in the table without a search; "" where it is the first."""


@dataclass(frozen=True, kw_only=True)
class Term:
    kind: str
    text: str
    target: Target | None = None
    """None for a word of the fixed lists."""
    first_page: tuple[str, ...] = ()
    """For a word of the fixed lists: the customers that the first page must show, as a plain reading finds them."""

    @property
    def path(self) -> str:
        return f"/customers/?{urlencode({'q': self.text})}"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A customer out of the data, with what it can be found by."""

    target: Target
    name: str
    vat: str
    town: str
    phone: str
    email: str


Connection = psycopg.Connection[Any]
Make = Callable[[Drawn, random.Random], str]


def _whole_vat(drawn: Drawn, _chance: random.Random) -> str:
    return drawn.vat


def _name_prefix(drawn: Drawn, _chance: random.Random) -> str:
    """The first letters of the name, as typed: up to somewhere in its second word."""
    return drawn.name[: max(5, len(drawn.name) * 6 // 10)].strip()


def _name_part(drawn: Drawn, chance: random.Random) -> str:
    """Four to six letters out of the middle of a word."""
    word = chance.choice(_long_words(drawn))
    length = min(len(word) - 1, chance.randint(4, 6))
    start = chance.randint(1, len(word) - length)
    return word[start : start + length]


def _word_and_town(drawn: Drawn, chance: random.Random) -> str:
    return f"{chance.choice(_long_words(drawn))} {drawn.town}"


def _email_part(drawn: Drawn, _chance: random.Random) -> str:
    """From the last name to some letters behind the @."""
    local, _at, domain = drawn.email.partition("@")
    return f"{local.partition('.')[2]}@{domain[:6]}"


def _phone_end(drawn: Drawn, _chance: random.Random) -> str:
    return drawn.phone[-6:]


def _long_words(drawn: Drawn) -> list[str]:
    words = [word for word in fold(drawn.name).split() if len(word) >= 5]
    return words or [max(fold(drawn.name).split(), key=len)]


KINDS: dict[str, Make] = {
    "exact VAT": _whole_vat,
    "name prefix": _name_prefix,
    "part of a name": _name_part,
    "word and town": _word_and_town,
    "part of an e-mail": _email_part,
    "end of a phone": _phone_end,
}


def common(connection: Connection, person: Person) -> list[Term]:
    return [_fixed(connection, person, "common word", text) for text in COMMON]


def nothing(connection: Connection, person: Person) -> list[Term]:
    return [_fixed(connection, person, "nothing", text) for text in NOTHING]


def _fixed(connection: Connection, person: Person, kind: str, text: str) -> Term:
    if text not in person.first_pages:
        found = connection.execute(
            "SELECT c.number FROM (SELECT customer_id, name_sort FROM customers_customersearch WHERE "
            f"{_within(person)} AND doc LIKE ALL (%s) ORDER BY name_sort, customer_id LIMIT 50) AS s"
            " JOIN customers_customer c ON c.id = s.customer_id ORDER BY s.name_sort, s.customer_id",
            [[like_pattern(word) for word in words(text)]],
        )
        person.first_pages[text] = tuple(number for (number,) in found)
    return Term(kind=kind, text=text, first_page=person.first_pages[text])


def last_page(connection: Connection, person: Person, text: str, rows: int) -> tuple[str, list[str]]:
    """The last rows of a list, and the customer right before them: its number."""
    found = connection.execute(
        "SELECT c.number FROM (SELECT customer_id, name_sort FROM customers_customersearch WHERE "
        f"{_within(person)} AND doc LIKE ALL (%s) ORDER BY name_sort DESC, customer_id DESC LIMIT %s) AS s"
        " JOIN customers_customer c ON c.id = s.customer_id ORDER BY s.name_sort, s.customer_id",
        [[like_pattern(word) for word in words(text)], rows + 1],
    )
    before, *last = [number for (number,) in found]
    return before, last


def _within(person: Person) -> str:
    """The condition on search rows that the person's table shows."""
    return "status = 'active'" + (f" AND partner_id = {person.partner}" if person.partner is not None else "")


def drawn(
    connection: Connection, person: Person, count: int, *, kinds: Sequence[str] = (), seed: int = SEED
) -> list[Term]:
    """So many terms of each kind, all kinds unless told, each from another customer that the person's table shows."""
    kinds = kinds or tuple(KINDS)
    chance = random.Random(f"{seed} {person.name}")
    customers = _customers(connection, person, count * len(kinds), chance)
    terms = []
    for kind in kinds:
        for _ in range(count):
            one = next(customers)
            terms.append(Term(kind=kind, text=KINDS[kind](one, chance), target=one.target))
    return terms


def mixed(connection: Connection, person: Person, count: int, *, seed: int = SEED) -> list[Term]:
    """So many terms of all kinds in equal shares, the fixed lists among them."""
    shares = -(-count // (len(KINDS) + 1))
    by_turns = drawn(connection, person, shares, seed=seed)
    # One of each kind in turn, so that the first ten are mixed too.
    terms = [by_turns[place + turn * shares] for place in range(shares) for turn in range(len(KINDS))]
    words_of_lists = [
        term for pair in zip(common(connection, person), nothing(connection, person), strict=True) for term in pair
    ]
    for place in range(shares):
        terms.insert((place + 1) * (len(KINDS) + 1) - 1, words_of_lists[place % len(words_of_lists)])
    return terms[:count]


def _customers(connection: Connection, person: Person, count: int, chance: random.Random) -> Iterator[Drawn]:
    within = _within(person)
    if not person.keys:
        found = connection.execute(f"SELECT customer_id FROM customers_customersearch WHERE {within} ORDER BY 1")
        person.keys.extend(key for (key,) in found)
    for key in chance.sample(person.keys, count):
        row = connection.execute(_CUSTOMER.format(within=within), {"key": key}).fetchone()
        assert row is not None
        number, name, vat, town, phone, email, before = row
        target = Target(number=number, before=before or "")
        yield Drawn(target=target, name=name, vat=vat, town=town, phone=phone, email=email)


_CUSTOMER = """
    SELECT c.number, c.name, c.vat_number, c.city, c.phone,
           (SELECT p.email FROM contacts_contact p JOIN contacts_roleassignment a ON a.contact_id = p.id
            WHERE a.customer_id = c.id ORDER BY p.id DESC LIMIT 1),
           (SELECT b.number FROM customers_customer b JOIN (
                SELECT customer_id FROM customers_customersearch
                WHERE {within} AND (name_sort, customer_id) < (s.name_sort, s.customer_id)
                ORDER BY name_sort DESC, customer_id DESC LIMIT 1
            ) AS earlier ON earlier.customer_id = b.id)
    FROM customers_customer c JOIN customers_customersearch s ON s.customer_id = c.id WHERE c.id = %(key)s
"""
