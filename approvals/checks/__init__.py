"""What an approver should know of a submission: signals, each with the fact behind it.

Each check is one small function in `CHECKS`; adding one is adding one row. Checks read the submission as it was sent
and what the rest of the portal knows of the company, gathered for many requests at once (`Case`).
"""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approvals import details_checks, register_checks
from approvals.cases import Blocks, Case, Check, Level, Signal
from approvals.checks.record import frozen
from approvals.models import RegistrationRequest, Submission
from approvals.models.evidence import KIND_LABELS
from approvals.signal_words import WARNING_WORDS
from contacts.policy import ROLE_POLICY, ContactKind, Role, Side, evidence_for, is_needed, may_offer
from customers import vat_checks
from customers.models import Customer, VatCheck
from customers.models.customer import LIVING

INSTEAD_OF_EVIDENCE = {"approval_exception", "liability_accepted"}
"""Warnings of the policy that stand in for a missing document, and say so themselves."""


def _elsewhere(case: Case) -> Iterator[Signal]:
    if not case.snapshot["vat"]["number"]:
        return
    if not case.elsewhere:
        yield Signal(
            code="known_nowhere_else",
            level=Level.GREEN,
            title=_("Known at no other partner"),
            fact=_("No other partner has a customer with this VAT number"),
            at=case.now,
        )
        return
    known = [
        _("%(partner)s (%(status)s since %(date)s)")
        % {
            "partner": customer.partner.name,
            "status": customer.get_status_display().lower(),
            "date": date_format(timezone.localtime(customer.approved_at or customer.created_at), "j F Y"),
        }
        for customer in case.elsewhere
    ]
    yield Signal(
        code="known_elsewhere",
        level=Level.AMBER,
        title=_("Also at another partner"),
        fact=_("%(known)s. %(partner)s does not see this")
        % {"known": ", ".join(known), "partner": case.request.partner.name},
        at=case.now,
        elsewhere=case.elsewhere,
    )


def _vat_number(case: Case) -> Iterator[Signal]:
    if not case.snapshot["vat"]["number"]:
        yield case.sent("vat_missing", Level.AMBER, _("No VAT number"), _("Find out who this company is by hand"))


def _policy_warnings(case: Case) -> Iterator[Signal]:
    """What the role policy warned of when the request was sent, in the words of the approver."""
    for warning in case.snapshot["warnings"]:
        rule = ROLE_POLICY[Role(warning["role"])]
        words = WARNING_WORDS.get(warning["code"])
        values = {
            **warning["params"],
            "role": _(rule.label),
            "title": _(rule.title),
            "best": _(rule.best_practice),
            "partner": case.request.partner.name,
        }
        title, fact = (words.title, words.fact) if words else ("%(title)s", warning["message"])
        yield case.sent(warning["code"], Level.AMBER, _(title) % values, _(fact) % values)


def _one_person(case: Case) -> Iterator[Signal]:
    holders = list(case.holders.values())
    if len(holders) > 1 and len({holder["contact"] for holder in holders}) == 1:
        yield case.sent(
            "one_person",
            Level.AMBER,
            _("One person in every role"),
            _("%(name)s fills %(count)s roles") % {"name": holders[0]["name"], "count": len(holders)},
        )


def _roles(case: Case) -> Iterator[Signal]:
    """Asks the policy again: it may have changed since the request was sent."""
    missing, misplaced = [], []
    for role, rule in ROLE_POLICY.items():
        holder = case.holders.get(role)
        if holder is None:
            if is_needed(role, uses_secwise_watch=case.snapshot["uses_secwise_watch"]):
                missing.append(_(rule.label))
        elif not may_offer(role, Side(holder["side"]), ContactKind(holder["kind"]), case.relationship):
            misplaced.append(_(rule.label))
    if missing or misplaced:
        fact = ", ".join(missing + misplaced)
        yield case.sent("roles_wrong", Level.RED, _("Roles filled against the policy"), fact, blocks=Blocks.APPROVAL)
        return
    sides = [holder["side"] for holder in case.holders.values()]
    fact = _("%(own)s of %(partner)s, %(customer)s of the customer") % {
        "own": sides.count(Side.OWN),
        "customer": sides.count(Side.CUSTOMER),
        "partner": case.request.partner.name,
    }
    yield case.sent("roles_right", Level.GREEN, _("Every needed role filled, from a permitted side"), fact)


def _signature(case: Case) -> Iterator[Signal]:
    for role, holder in case.holders.items():
        if not ROLE_POLICY[role].signs:
            continue
        values = {"name": holder["name"], "who": case.submission.submitted_by.get_full_name()}
        if case.snapshot["signing_authority"]:
            fact = _("%(who)s declared that %(name)s has authority to sign") % values
            yield case.sent("may_sign", Level.GREEN, _("Commercial contact may sign"), fact)
        else:
            fact = _("Nobody declared that %(name)s has authority to sign") % values
            yield case.sent(
                "may_not_sign", Level.RED, _("Authority to sign not declared"), fact, blocks=Blocks.APPROVAL
            )


def _customer_signs(case: Case) -> Iterator[Signal]:
    holder = case.holders.get(Role.COMMERCIAL)
    if holder and holder["side"] == Side.CUSTOMER:
        fact = _("%(name)s works for the customer") % {"name": holder["name"]}
        yield case.sent("customer_signs", Level.GREEN, _("The customer’s own signatory"), fact)


def _evidence(case: Case) -> Iterator[Signal]:
    for role, holder in case.holders.items():
        kind = evidence_for(role, Side(holder["side"]), case.relationship)
        if kind is None:
            continue
        names = [entry["name"] for entry in case.snapshot["evidence"] if entry["kind"] == kind]
        values = {"role": _(ROLE_POLICY[role].label), "document": KIND_LABELS[kind], "name": holder["name"]}
        if names:
            title = _("Document for the %(role)s contact is there") % values
            yield case.sent("evidence_there", Level.GREEN, title, ", ".join(names))
        elif not {warning["code"] for warning in case.snapshot["warnings"]} & INSTEAD_OF_EVIDENCE:
            title = _("Document for the %(role)s contact is missing") % values
            fact = _("%(document)s, for %(name)s") % values
            yield case.sent("evidence_missing", Level.RED, title, fact, blocks=Blocks.APPROVAL)


__all__ = ["CHECKS", "frozen", "judge", "signals", "signals_of_all"]

CHECKS: tuple[Check, ...] = (
    _elsewhere,
    _vat_number,
    register_checks.state,
    register_checks.name_and_address,
    details_checks.odd_details,
    _policy_warnings,
    _one_person,
    _roles,
    _signature,
    _customer_signs,
    _evidence,
)
LEVELS = list(Level)


def judge(case: Case) -> list[Signal]:
    """All signals of a case, the gravest first, else in the order of `CHECKS`."""
    return sorted((signal for check in CHECKS for signal in check(case)), key=lambda signal: LEVELS.index(signal.level))


def signals(request: RegistrationRequest, submission: Submission) -> list[Signal]:
    """What an approver should know of this submission, the gravest first."""
    return signals_of_all([(request, submission)])[request.pk]


def signals_of_all(sent: Sequence[tuple[RegistrationRequest, Submission]]) -> dict[int, list[Signal]]:
    """The signals of many requests, by primary key: one query for what is known elsewhere, one for the register."""
    numbers = {submission.snapshot["vat"]["number"] for _request, submission in sent} - {""}
    same_number: dict[str, list[Customer]] = {number: [] for number in numbers}
    register: dict[tuple[int, str], VatCheck] = {}
    if numbers:
        living = Customer.objects.filter(vat_number__in=numbers, status__in=LIVING)
        for customer in living.select_related("partner").order_by("created_at", "pk"):
            same_number[customer.vat_number].append(customer)
        register = vat_checks.known_of_all(numbers)
    return {
        request.pk: judge(
            Case(
                request=request,
                submission=submission,
                elsewhere=[
                    customer
                    for customer in same_number.get(submission.snapshot["vat"]["number"], [])
                    if customer.partner_id != request.partner_id
                ],
                register=register.get((request.partner_id, submission.snapshot["vat"]["number"])),
            )
        )
        for request, submission in sent
    }
