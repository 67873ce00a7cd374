"""Long lists of contacts, made short enough to choose from: who is near first, and whoever is looked for."""

from collections.abc import Collection, Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.models import ContactSearch
from contacts.search_rows import text_of
from customers.models import Customer, Partner
from customers.search_text import like_pattern, words

LISTED = 50
"""A select with more than this is no use without a search beside it, and takes longer to draw than all the rest."""


def numbers_found(query: str, *, partner: Partner, customer: Customer | None) -> set[str]:
    """The numbers of the contacts in reach that the query finds: the partner's own and this customer's, nobody
    else's. One query."""
    reach = Q(partner=partner)
    if customer is not None:
        reach |= Q(contact__customer=customer)
    return set(ContactSearch.objects.matching(query).filter(reach).values_list("contact__number", flat=True))


def is_found(query: str, *, name: str, email: str, phone: str) -> bool:
    """The same for somebody who is not written yet, or not as typed."""
    wanted = [like_pattern(word)[1:-1] for word in words(query)]
    text = text_of(name=name, email=email, phone=phone) if wanted else ""
    return bool(wanted) and all(part in text for part in wanted)


def nearest(keys: Iterable[str], near: Collection[str]) -> set[str]:
    """As many of these as are listed: whoever is near, then the first of the others."""
    every = list(keys)
    first = [key for key in every if key in near]
    return set((first + [key for key in every if key not in near])[:LISTED])


def words_for_list(listed: int, fitting: int, *, is_found: bool) -> str:
    """How many contacts a long select lists, of how many that fit, or that were found."""
    if is_found and not fitting:
        words = _("Nobody who can fill this role is found. Type less, or create a new contact.")
    elif listed < fitting:
        words = _("%(listed)d of %(fitting)d contacts are listed. Find others by name, e-mail or phone.")
    elif is_found:
        words = ngettext("%(listed)d contact is found.", "%(listed)d contacts are found.", listed)
    else:
        words = ngettext("%(listed)d contact is listed.", "%(listed)d contacts are listed.", listed)
    return words % {"listed": listed, "fitting": fitting}
