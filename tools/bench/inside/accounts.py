"""Makes the accounts of a run, whose password is in BENCH_PASSWORD, and prints who they are as JSON."""

import json
import os
from functools import cache

import django

django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.db.models import Count, Q  # noqa: E402

from customers.models import CustomerSearch, Membership, Partner  # noqa: E402
from customers.permissions import MembershipRole  # noqa: E402
from portal.models import User  # noqa: E402
from portal.staff_groups import APPROVERS, CSMS  # noqa: E402

MIDDLING = 5_000


def main() -> None:
    of_partners = CustomerSearch.objects.values_list("partner").annotate(
        shown=Count("pk", filter=Q(status="active")), held=Count("pk")
    )
    sizes = {partner: (shown, held) for partner, shown, held in of_partners}
    middling = min(sizes, key=lambda partner: (abs(sizes[partner][1] - MIDDLING), partner))
    largest = max(sizes, key=lambda partner: sizes[partner][1])
    people = {"csm": _staff("csm", CSMS), "approver": _staff("approver", APPROVERS)}
    for name, partner in {"member": middling, "member of the largest": largest}.items():
        shown, held = sizes[partner]
        email = f"member-{partner}@bench.example"
        _member(email, partner)
        people[name] = {"email": email, "partner": partner, "shown": shown, "held": held}
    print(json.dumps(people))


def _account(email: str, **fields: object) -> User:
    names = {"first_name": "Robin", "last_name": "Peeters"}
    user, _created = User.objects.get_or_create(email=email, defaults=names | fields)
    user.password = _password()
    user.save()
    return user


@cache
def _password() -> str:
    """Hashed once for all of them: it takes a good part of a second, on purpose."""
    return make_password(os.environ["BENCH_PASSWORD"])


def _staff(name: str, group: str) -> dict[str, object]:
    user = _account(f"{name}@bench.example", is_staff=True)
    user.groups.set([Group.objects.get(name=group)])
    shown = CustomerSearch.objects.filter(status="active").count()
    return {"email": user.email, "partner": None, "shown": shown, "held": CustomerSearch.objects.count()}


def _member(email: str, partner: int) -> None:
    user = _account(email)
    role = MembershipRole.ONBOARDER.value
    Membership.objects.get_or_create(user=user, defaults={"partner": Partner.objects.get(pk=partner), "role": role})


if __name__ == "__main__":
    main()
