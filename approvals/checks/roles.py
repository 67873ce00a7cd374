"""Who fills which role, by the role policy as it stands now: it may have changed since the request was sent."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from approvals.checks.cases import Blocks, Case, Level, Signal
from approvals.checks.signal_words import REFUSAL_WORDS, WARNING_WORDS
from approvals.models.evidence import KIND_LABELS
from contacts.assignment import circumstances
from contacts.nominees import nominee_from
from contacts.policy import ROLE_POLICY, Role, Side, evidence_for
from contacts.roster import PersonDetails, Roster
from contacts.violations import Severity, Violation, all_violations

UNDECLARED = {"authority_undeclared"}
UNPROVEN = {"approval_missing", "agreement_missing"}
"""Violations that the checks of the signature and of the documents tell of."""


def policy(case: Case) -> Iterator[Signal]:
    """Roles that are empty, or filled by somebody whom the policy does not accept."""
    found = [violation for violation in _refused(case) if violation.code not in UNDECLARED | UNPROVEN]
    if found:
        facts = ". ".join(
            _(REFUSAL_WORDS[violation.code]) % {**violation.params, "role": _(ROLE_POLICY[violation.role].label)}
            for violation in found
        )
        title = _("Roles filled against the policy")
        yield case.sent("roles_wrong", Level.RED, title, facts, blocks=Blocks.APPROVAL)
        return
    sides = [holder.side for holder in case.said.holders.values()]
    fact = _("%(own)s of %(partner)s, %(customer)s of the customer") % {
        "own": sides.count(Side.OWN),
        "customer": sides.count(Side.CUSTOMER),
        "partner": case.partner_name,
    }
    yield case.sent("roles_right", Level.GREEN, _("Every needed role filled, from a permitted side"), fact)


def _refused(case: Case) -> list[Violation]:
    said = case.said
    warned = {warning.code for warning in said.warnings}
    roster = Roster(
        relationship=said.relationship,
        uses_secwise_watch=said.uses_secwise_watch,
        signing_authority=said.signing_authority,
        accepts_liability=bool(said.liability) or "liability_accepted" in warned,
    )
    nominees = {
        role: nominee_from(
            PersonDetails(
                side=holder.side, kind=holder.kind, last_name=holder.name, email=holder.email, phone=holder.phone
            )
        )
        for role, holder in said.holders.items()
    }
    judged = all_violations(
        nominees,
        circumstances(
            roster,
            {document.kind for document in said.documents},
            approval_exception=case.request.approval_exception or "approval_exception" in warned,
        ),
    )
    return [violation for violation in judged if violation.severity is Severity.BLOCK]


def warnings(case: Case) -> Iterator[Signal]:
    """What the role policy warned of when the request was sent, in the words of the approver."""
    for warning in case.said.warnings:
        rule = ROLE_POLICY[warning.role]
        words = WARNING_WORDS.get(warning.code)
        values = {
            "name": "",
            **warning.params,
            "role": _(rule.label),
            "title": _(rule.title),
            "best": _(rule.best_practice),
            "partner": case.partner_name,
        }
        title, fact = (words.title, words.fact) if words else ("%(title)s", warning.message)
        yield case.sent(warning.code, Level.AMBER, _filled(title, values), _filled(fact, values))


def _filled(text: str, values: dict[str, str]) -> str:
    """The sentence, translated and filled; as it stands where it asks for what nobody kept."""
    if not text:
        return ""
    try:
        return _(text) % values
    except (KeyError, ValueError, TypeError):
        return text


def signature(case: Case) -> Iterator[Signal]:
    """Whether the submitter declared that who signs may sign."""
    for role, holder in case.said.holders.items():
        if not ROLE_POLICY[role].signs:
            continue
        values = {"name": holder.name, "who": case.submitter}
        if case.said.signing_authority:
            fact = _("%(name)s, says %(who)s") % values
            yield case.sent("may_sign", Level.GREEN, _("Commercial contact may sign"), fact)
        else:
            fact = _("Nobody declared that %(name)s has authority to sign") % values
            title = _("Authority to sign not declared")
            yield case.sent("may_not_sign", Level.RED, title, fact, blocks=Blocks.APPROVAL)


def customer_signs(case: Case) -> Iterator[Signal]:
    holder = case.said.holders.get(Role.COMMERCIAL)
    if holder and holder.side is Side.CUSTOMER:
        fact = _("%(name)s works for the customer") % {"name": holder.name}
        yield case.sent("customer_signs", Level.GREEN, _("The customer’s own signatory"), fact)


def evidence(case: Case) -> Iterator[Signal]:
    """The document that a choice asks for: there, or replaced by what the policy warned of, or missing."""
    missing = {violation.role for violation in _refused(case) if violation.code in UNPROVEN}
    for role, holder in case.said.holders.items():
        kind = evidence_for(role, holder.side, case.said.relationship)
        if kind is None:
            continue
        names = [document.name for document in case.said.documents if document.kind is kind]
        values = {"role": _(ROLE_POLICY[role].label), "document": KIND_LABELS[kind], "name": holder.name}
        if names:
            title = _("Document for the %(role)s contact is there") % values
            yield case.sent("evidence_there", Level.GREEN, title, ", ".join(names))
        elif role in missing:
            title = _("Document for the %(role)s contact is missing") % values
            fact = _("%(document)s, for %(name)s") % values
            yield case.sent("evidence_missing", Level.RED, title, fact, blocks=Blocks.APPROVAL)
