"""Prints how long saving contacts takes, by the verb and by a bare UPDATE: `contact_time EMAIL ROUNDS`."""

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402

from contacts.amendment import amend  # noqa: E402
from contacts.models import Contact  # noqa: E402
from contacts.policy import ContactKind  # noqa: E402
from contacts.roster import PersonDetails  # noqa: E402
from portal.models import User  # noqa: E402
from tools.bench.interleave import interleaved  # noqa: E402
from tools.bench.run import Extent  # noqa: E402

CONTACTS = 10
ROUNDS_OF_COLLEAGUE = 2

Saved = Callable[[Contact], float]


def other_phone(phone: str) -> str:
    """A number that differs in its last digit and comes back when it is asked for twice."""
    return f"{phone[:-1]}{(int(phone[-1]) + 5) % 10}"


def verb(actor: Any) -> Saved:
    def save(contact: Contact) -> float:
        contact = Contact.objects.select_related("partner", "customer__partner").get(pk=contact.pk)
        person = PersonDetails(
            side=contact.side,
            kind=ContactKind(contact.kind),
            first_name=contact.first_name,
            last_name=contact.last_name,
            email=contact.email,
            phone=contact.phone,
            contact=contact.number,
        )
        changed = replace(person, phone=other_phone(contact.phone))
        start = time.perf_counter()
        amend(actor=actor, contact=contact, person=changed)
        return time.perf_counter() - start

    return save


def update(contact: Contact) -> float:
    phone = other_phone(Contact.objects.values_list("phone", flat=True).get(pk=contact.pk))
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contact SET phone = %s WHERE id = %s", [phone, contact.pk])
    return time.perf_counter() - start


def timed(actor: Any, contacts: list[Contact], rounds: int) -> list[list[dict[str, float]]]:
    """The times of each contact, round by round. Bare updates come in twos, and the phone is as it was after both."""
    sides: dict[str, Saved] = {"verb": verb(actor), "update": update, "update again": update}
    times = interleaved(sides, contacts, Extent(rounds=rounds))
    by_side = {side: times.by_subject(side) for side in sides}
    return [
        [{side: by_side[side][place][turn] for side in sides} for turn in range(rounds)]
        for place in range(len(contacts))
    ]


def main(email: str, rounds: int) -> None:
    actor = User.objects.get(email=email)
    of_customers = Contact.objects.filter(customer__status="active").order_by("pk")
    keys = list(of_customers.values_list("pk", flat=True)[:5_000])
    chosen = list(Contact.objects.filter(pk__in=random.Random(1).sample(keys, CONTACTS)))
    of_partners = Contact.objects.filter(partner__isnull=False).order_by("pk")
    colleague = of_partners.annotate(roles=Count("assignments__customer", distinct=True)).order_by("roles", "pk")
    middle = list(colleague.values_list("pk", "roles"))
    key, found_under = middle[len(middle) // 2]
    told = {
        "customers": timed(actor, chosen, rounds),
        "colleague": timed(actor, [Contact.objects.get(pk=key)], ROUNDS_OF_COLLEAGUE)[0],
        "found under": found_under,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
