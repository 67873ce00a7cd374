"""The staff whose customers synthetic partners are. They cannot sign in."""

import random

from django.contrib.auth.models import Group

from portal.models import User
from portal.staff_groups import CSMS
from portal.synthetic.words import FIRST_NAMES, LAST_NAMES

COUNT = 12


def csms(seed: int) -> list[User]:
    """A dozen customer success managers, the same for every partner of this seed."""
    chance = random.Random(f"{seed} csms")  # noqa: S311
    group, _created = Group.objects.get_or_create(name=CSMS)
    made = []
    for place in range(1, COUNT + 1):
        email = f"csm{place:02d}.{seed}@arxus.example"
        names = {"first_name": chance.choice(FIRST_NAMES), "last_name": chance.choice(LAST_NAMES)}
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, is_staff=True, **names)
        user.groups.add(group)
        made.append(user)
    return made
