"""What a row of the table says, from plain values: no query per row, no model object of a customer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.gaps import GAP_WORDS, must_be_mended
from contacts.nominees import gaps_of
from contacts.policy import ROLE_POLICY
from contacts.violations import Violation
from customers import national
from customers.relationships import RELATIONSHIPS, Relationship
from customers.search_rows import phone_forms
from customers.search_text import words
from portal.directory.found import Part, marked, words_in
from portal.directory.people import People
from portal.templatetags.look import phone_readable, vat_readable


@dataclass(frozen=True, kw_only=True)
class Match:
    """What was found, when it was not the name or the town: `contact: anna@oudevaart.example`."""

    label: str
    text: Sequence[Part]
    is_number: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    number: str
    name: Sequence[Part]
    town: Sequence[Part]
    vat: Sequence[Part]
    relationship: str
    partner: str
    gap: str
    """What is wrong with the roles, in a few words; empty where nothing is."""
    approved_at: datetime
    matches: Sequence[Match]


def rows_of(values: Sequence[Mapping[str, Any]], people: Mapping[int, People], query: str) -> list[Row]:
    """The rows of a page, in the order given."""
    searched = words(query)
    return [_row(row, people[row["customer_id"]], searched) for row in values]


def _row(values: Mapping[str, Any], people: People, searched: Sequence[str]) -> Row:
    town = _town(values)
    number = vat_readable(values["vat_number"]) or national.readable(values["national_number"])
    shown = words_in(values["name"], searched) | words_in(town, searched)
    shown |= words_in(number, searched, squeezed=True)
    found = gaps_of(
        people.holders, relationship=values["relationship"], uses_secwise_watch=values["uses_secwise_watch"]
    )
    return Row(
        number=values["number"],
        name=marked(values["name"], searched),
        town=marked(town, searched),
        vat=marked(number, searched, squeezed=True),
        relationship=_(RELATIONSHIPS[Relationship(values["relationship"])].label),
        partner=values["partner_name"],
        gap=_gap(must_be_mended(found)),
        approved_at=values["approved_at"],
        matches=_matches(values, people, [word for word in searched if word not in shown]),
    )


def _town(values: Mapping[str, Any]) -> str:
    """The town, with its country where that is not the partner's own."""
    foreign = values["country"] if values["country"] != values["partner_country"] else ""
    return ", ".join(filter(None, [values["city"], foreign]))


def _gap(found: Sequence[Violation]) -> str:
    if not found:
        return ""
    roles = {violation.role for violation in found}
    if len(roles) == 1:
        role = _(ROLE_POLICY[found[0].role].label)
        return _(GAP_WORDS[found[0].code].with_role) % {"role": role}
    if all(violation.code == "role_empty" for violation in found):
        return ngettext("%(count)d role missing", "%(count)d roles missing", len(roles)) % {"count": len(roles)}
    return ngettext("%(count)d role to mend", "%(count)d roles to mend", len(roles)) % {"count": len(roles)}


def _matches(values: Mapping[str, Any], people: People, unexplained: Sequence[str]) -> list[Match]:
    """Where the words stand that are not in what the row shows anyway: for each word the first place."""
    matches = []
    left = list(unexplained)
    for label, text, folded_as, squeezed in _places(values, people):
        if not left:
            break
        found = words_in(folded_as, left, squeezed=squeezed)
        if found:
            matches.append(Match(label=label, text=marked(text, found, squeezed=squeezed), is_number=squeezed))
            left = [word for word in left if word not in found]
    return matches


def _places(values: Mapping[str, Any], people: People) -> Iterator[tuple[str, str, str, bool]]:
    """What a customer is found by beside name, town and VAT number: label, text, text to look in, blanks squeezed."""
    yield _("legal name"), values["legal_name"], values["legal_name"], False
    yield _("postcode"), values["postcode"], values["postcode"], True
    yield _("number"), values["number"], values["number"], False
    for contact in people.all:
        yield _("contact"), contact.full_name, contact.full_name, False
        yield _("contact"), contact.email, contact.email, False
    yield _phone(_("phone"), values["phone"])
    for contact in people.all:
        yield _phone(_("contact"), contact.phone)


def _phone(label: str, number: str) -> tuple[str, str, str, bool]:
    """People type the national form or the international one; both are looked in, the readable one is shown."""
    return label, phone_readable(number), phone_forms(number) if number else "", True
