"""Why a change is asked for: the one table of reasons, and which of them fit which kind of field. Pure.

The words are English as the partner reads them: whoever shows them translates.
"""

from dataclasses import dataclass

from approvals.changes.fields import Kind


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


OTHER = "other"
"""None of the others: the approver writes down why."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    words: str
    kinds: frozenset[Kind]


ANYTHING = frozenset(Kind) - {Kind.STATEMENT}
TYPED = frozenset({Kind.NUMBER, Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS})


def _for(words: str, *kinds: Kind) -> Reason:
    return Reason(words=words, kinds=frozenset(kinds))


REASONS: dict[str, Reason] = {
    # A company's number and what the register says.
    "not_in_register": _for(_("The VAT register does not know this number."), Kind.NUMBER),
    "of_another_company": _for(_("The register has another company under this number."), Kind.NUMBER),
    "differs_from_register": _for(_("The register says something else."), Kind.NAME, Kind.ADDRESS),
    "not_full_name": _for(_("Give the full name, as it is registered or signed."), Kind.NAME),
    "no_post_there": _for(_("This is not where the company is established."), Kind.ADDRESS),
    "address_incomplete": _for(_("Part of the address is missing."), Kind.ADDRESS),
    # Reaching people.
    "nobody_answers": _for(_("We called this number and reached nobody."), Kind.PHONE),
    "not_dialable": _for(_("This number cannot be called."), Kind.PHONE),
    "not_direct": _for(_("This is a general number: give the direct one."), Kind.PHONE),
    "mail_returned": _for(_("Mail to this address comes back."), Kind.EMAIL),
    "not_at_work": _for(_("Give an address at the company, not a private one."), Kind.EMAIL),
    "of_another_domain": _for(_("This address is at another company."), Kind.EMAIL),
    # Who fills a role.
    "not_the_right_person": _for(_("Somebody else should fill this role."), Kind.PERSON),
    "has_left": _for(_("This person no longer works there."), Kind.PERSON),
    "may_not_sign": _for(_("We cannot see that this person may sign."), Kind.PERSON),
    "should_be_customers": _for(_("Somebody at the customer should fill this role."), Kind.PERSON),
    "nobody_named": _for(_("Nobody fills this role yet."), Kind.PERSON),
    # Choices.
    "another_fits": _for(_("Another choice fits better."), Kind.CHOICE),
    # Documents.
    "document_missing": _for(_("We need this document."), Kind.DOCUMENT),
    "document_unsigned": _for(_("The document is not signed."), Kind.DOCUMENT),
    "document_unreadable": _for(_("We cannot read the document."), Kind.DOCUMENT),
    "document_of_another": _for(_("The document is about another company or person."), Kind.DOCUMENT),
    "document_too_old": _for(_("The document is too old."), Kind.DOCUMENT),
    # Anything.
    "missing": Reason(words=_("This is missing."), kinds=TYPED),
    "looks_wrong": Reason(words=_("This looks wrong: check it."), kinds=TYPED | {Kind.CHOICE}),
    OTHER: Reason(words=_("Something else"), kinds=ANYTHING),
}
"""By code, in the order in which they are offered. A code that was ever stored stays in the table."""


def fitting(kind: Kind) -> dict[str, Reason]:
    """The reasons that fit a kind of field, by code."""
    return {code: reason for code, reason in REASONS.items() if kind in reason.kinds}
