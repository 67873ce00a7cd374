"""What Arxus already knows of the company: at other partners, rejected before, documents seen elsewhere."""

from collections.abc import Iterator, Sequence

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from approvals.checks.cases import Blocks, Case, Level, Link, Shared, Sighting, Signal
from approvals.snapshot import readable_phone
from contacts.policy import EvidenceKind
from customers.models import CustomerStatus

SHOWN = 5
"""So many others are named; the rest are counted."""
REASON_CHARACTERS = 160


def elsewhere(case: Case) -> Iterator[Signal]:
    """The company at another partner: legitimate, and for the approver to know."""
    company = [seen for seen in case.sharing(Shared.NUMBER) if seen.is_living and _is_elsewhere(case, seen)]
    reached = [
        seen
        for seen in case.sharing(Shared.PHONE, Shared.EMAIL)
        if _is_elsewhere(case, seen) and seen.customer not in {one.customer for one in company}
    ]
    if company:
        known = _listed([_at(seen) for seen in company])
        yield case.known(
            "known_elsewhere",
            Level.AMBER,
            _("Also at another partner"),
            _("%(known)s. %(partner)s does not see this") % {"known": known, "partner": case.partner_name},
            links=_links(company),
        )
    if reached:
        yield case.known(
            "reached_elsewhere",
            Level.AMBER,
            _("Phone number or e-mail address known at another partner"),
            _listed([_reach(seen) for seen in reached]),
            links=_links(reached),
        )
    if not company and not reached:
        fact = _("Neither by number nor by phone or e-mail")
        yield case.known("known_nowhere_else", Level.GREEN, _("Known at no other partner"), fact)


def rejected(case: Case) -> Iterator[Signal]:
    """The same number or name rejected before, at any partner."""
    found = [seen for seen in case.sharing(Shared.NUMBER, Shared.NAME) if seen.is_rejected]
    if not found:
        fact = _("Neither by number nor by name")
        yield case.known("never_rejected", Level.GREEN, _("Not rejected before"), fact)
        return
    latest = found[-1]
    values = {
        "partner": latest.partner_name,
        "date": _date(latest),
        "reason": Truncator(" ".join(latest.reason.split())).chars(REASON_CHARACTERS),
    }
    fact = (_("%(partner)s, %(date)s: “%(reason)s”") if latest.reason else _("%(partner)s, %(date)s")) % values
    links = [Link(text=f"{seen.reference} {seen.name}", reference=seen.reference) for seen in found if seen.reference]
    yield case.known("rejected_before", Level.AMBER, _("Rejected before"), fact, links=links[-SHOWN:])


def documents(case: Case) -> Iterator[Signal]:
    """A file that already proved something for another company: one approval cannot be of two customers."""
    if not case.said.documents:
        return
    clean = True
    for document in case.said.documents:
        found = [
            seen
            for seen in case.sharing(Shared.DOCUMENT)
            if seen.value == document.sha256 and not _is_same_company(case, seen)
        ]
        if not found:
            continue
        clean = False
        # An agreement on liability may cover several customers of one partner; nothing covers two partners'.
        may_be = document.kind is EvidenceKind.LIABILITY_AGREEMENT and not any(
            _is_elsewhere(case, seen) for seen in found
        )
        values = {"document": document.name, "others": _listed([_name(seen) for seen in found])}
        yield case.known(
            "document_reused",
            Level.AMBER if may_be else Level.RED,
            _("Document used for another customer"),
            _("%(document)s is the same file as for %(others)s") % values,
            blocks=Blocks.NOTHING if may_be else Blocks.OVERRIDE,
            links=_links(found),
        )
    if clean:
        fact = _("Not used for another customer")
        yield case.known("document_new", Level.GREEN, _("Documents new to us"), fact)


def _is_same_company(case: Case, seen: Sighting) -> bool:
    """By its number, or as an earlier request that this one was started again from, with the number put right."""
    return bool(seen.number and seen.number == case.said.number) or seen.request in case.relatives


def _is_elsewhere(case: Case, seen: Sighting) -> bool:
    return seen.partner != case.request.partner_id


def _name(seen: Sighting) -> str:
    return _("%(customer)s of %(partner)s") % {"customer": seen.name, "partner": seen.partner_name}


def _at(seen: Sighting) -> str:
    values = {
        "partner": seen.partner_name,
        "status": CustomerStatus(seen.status).label.lower(),
        "date": _date(seen),
    }
    return _("%(partner)s (%(status)s since %(date)s)") % values


def _reach(seen: Sighting) -> str:
    value = readable_phone(seen.value) if seen.shared is Shared.PHONE else seen.value
    return _("%(value)s: %(customer)s") % {"value": value, "customer": _name(seen)}


def _date(seen: Sighting) -> str:
    return date_format(localtime(seen.since), "j F Y")


def _links(found: Sequence[Sighting]) -> list[Link]:
    return [seen.link for seen in found[:SHOWN]]


def _listed(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    listed = ", ".join(names[:SHOWN])
    if len(names) > SHOWN:
        listed = _("%(listed)s and %(more)s more") % {"listed": listed, "more": len(names) - SHOWN}
    return listed
