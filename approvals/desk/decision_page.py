"""What the decision page shows, gathered: the submission as sent, what speaks for and against it, what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.changes import comparison
from approvals.clock import clock_of
from approvals.desk import asking_page, checks_page, thread_page
from approvals.desk.ask_form import AskForm
from approvals.desk.decision_bar import bar_of
from approvals.desk.forms import ApprovalForm, DecisionForm, ExceptionForm
from approvals.desk.message_forms import MessageForm
from approvals.desk.recent import PAUSE, lately
from approvals.models import RegistrationRequest, Submission
from approvals.models.evidence import KIND_LABELS
from approvals.queue import age_between, next_to_decide, place_of
from approvals.timeline import entries
from approvals.workflow import Move, State
from contacts.policy import ROLE_POLICY, EvidenceKind, Role
from customers.models import Event
from customers.relationships import RELATIONSHIPS, Relationship

EVENTS = 100
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, kw_only=True)
class RoleLine:
    path: str
    """In the table of fields."""
    label: str
    holder: Mapping[str, Any] | None


def submissions_of(registration: RegistrationRequest) -> list[Submission]:
    """Every version that was sent, the latest first, each with its decision if there is one. Loaded once for all who
    ask the request for them."""
    people = ("submitted_by", "decision__decided_by", "decision__first_approved_by", "first_approval__approved_by")
    sent = Submission.objects.select_related(*people).prefetch_related("decision__asked").order_by("-version")
    prefetch_related_objects([registration], Prefetch("submissions", queryset=sent))
    return list(registration.submissions.all())


def role_lines(submission: Submission) -> list[RoleLine]:
    lines = submission.snapshot["roles"]
    return [
        RoleLine(path=f"roles.{line['role']}", label=_(ROLE_POLICY[Role(line["role"])].label), holder=line["holder"])
        for line in lines
    ]


def documents(registration: RegistrationRequest, submission: Submission) -> list[Mapping[str, Any]]:
    """The documents of this version, with who added them and when."""
    frozen = submission.snapshot["evidence"]
    rows = {str(row.key): row for row in registration.evidence.select_related("uploaded_by")} if frozen else {}
    return [
        {**entry, "label": KIND_LABELS[EvidenceKind(entry["kind"])], "row": rows.get(entry["key"])} for entry in frozen
    ]


def wants_exception(registration: RegistrationRequest, submission: Submission) -> bool:
    """Whether letting the customer go without its written approval is something to decide now.

    A Value Add Partner's request that came without the document is never sent, so this arises once changes are asked
    for: the document turned out not to do, and the partner cannot get a better one.
    """
    return (
        registration.state == State.CHANGES_REQUESTED
        and submission.snapshot["relationship"] == Relationship.VALUE_ADD_PARTNER
        and not registration.approval_exception
    )


def page_context(
    user: Any,
    registration: RegistrationRequest,
    *,
    version: str,
    compare: str = "",
    move: Move | None = None,
    form: DecisionForm | None = None,
    ask_form: AskForm | None = None,
    reason: str = "",
    exception_form: ExceptionForm | None = None,
    message_form: MessageForm | None = None,
    messages: str = "",
) -> dict[str, Any]:
    """The context of the page.

    `version` names an older submission to read, as it stands in the address; anything else is the latest. `compare`
    names the earlier one to hold against it. `move` is the decision that was tried and not made: its panel opens again,
    with `form` or `ask_form` and its errors, or with `reason` (what was written for the partner, or for approving all
    the same) in a new form for the version that is shown now. `messages` is `all` where the earlier ones are wanted
    too.
    """
    sent = submissions_of(registration)
    latest = sent[0]
    submission = next((one for one in sent if str(one.version) == version), latest)
    is_latest = submission is latest
    checks = checks_page.context(user, registration, submission, is_latest=is_latest)
    bar = bar_of(user, registration, latest, checks["signals"] if is_latest else [])
    forms: dict[Move, DecisionForm] = {
        Move.APPROVE: ApprovalForm(initial={"version": latest.version, "override_reason": reason}),
        Move.REJECT: DecisionForm(Move.REJECT, initial={"version": latest.version, "reason": reason}),
    }
    if form and move:
        forms[move] = form
    may_decide = is_latest and bar.may_decide
    place = place_of(user, registration)
    made = lately(user)
    return {
        "registration": registration,
        "submission": submission,
        "latest": latest,
        "is_latest": is_latest,
        "sent": sent,
        "age": age_between(registration.submitted_at, timezone.now()),
        "clock": clock_of(registration, sent),
        "place": place,
        "following": "" if place else next_to_decide(user, registration),
        "lately": made,
        "pause": PAUSE // MILLISECOND if made else 0,
        "relationship": _(RELATIONSHIPS[Relationship(submission.snapshot["relationship"])].label),
        "language": dict(settings.COMMUNICATION_LANGUAGES).get(submission.snapshot["details"]["language"], ""),
        "roles": (lines := role_lines(submission)),
        "filled": sum(line.holder is not None for line in lines),
        "documents": documents(registration, submission),
        **checks,
        "entries": entries(Event.objects.filter(reference=registration.reference)[:EVENTS], user),
        "may_decide": may_decide,
        "bar": bar,
        "approve_form": forms[Move.APPROVE],
        **comparison.context(sent, submission, compare),
        **asking_page.context(user, latest, form=ask_form, remark=reason, is_offered=may_decide),
        "reject_form": forms[Move.REJECT],
        "opened": move if may_decide else None,
        "unsent_reason": "" if may_decide else reason,
        "exception_form": _exception_form(user, registration, latest, exception_form),
        **thread_page.context(user, registration, form=message_form, asked=messages),
        "has_errors": any(one is not None and one.errors for one in (form, ask_form, exception_form, message_form)),
        "title": registration.company_name,
    }


def _exception_form(
    user: Any, registration: RegistrationRequest, latest: Submission, form: ExceptionForm | None
) -> ExceptionForm | None:
    if not wants_exception(registration, latest) or not user.has_perm("approvals.decide_registrationrequest"):
        return None
    return form or ExceptionForm()
