"""What the page of one request says: the story so far and to come, what was sent, what can be done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from approvals import promise, timeline
from approvals.changes import asking
from approvals.changes.asking import AskedLine
from approvals.changes.comparison import Comparison, compare
from approvals.models import RegistrationRequest, Submission
from approvals.models.evidence import KIND_LABELS
from approvals.standing import is_approver, is_onboarder
from approvals.timeline import Entry
from approvals.workflow import RESTARTABLE, Move, State, is_possible
from contacts.policy import ROLE_POLICY, ContactKind, EvidenceKind, Role, Side
from customers import national
from customers.models import Event, UnknownToRegister
from customers.relationships import RELATIONSHIPS, Relationship
from portal.templatetags.look import no_vat_reason, side_label
from portal.work import continue_url

EVENTS = 200


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """What `components/_summary.html` shows."""

    label: str
    value: str
    sub: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    key: str
    name: str
    get_kind_display: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version as it was sent, and what Arxus said to it."""

    number: int
    sent_at: datetime
    rows: Sequence[SummaryRow]
    documents: Sequence[Document]
    declarations: Sequence[str]
    reason: str
    asked: Sequence[AskedLine]
    """What Arxus asked to be changed in it, by field."""
    remark: str
    comparison: Comparison | None
    """With the version before."""


@dataclass(frozen=True, kw_only=True)
class Actions:
    """Addresses of what this person may do now; empty where they may not."""

    go_on: str = ""
    withdraw: str = ""
    discard: str = ""
    see_customer: str = ""
    decide: str = ""
    start_again: str = ""


def actions_of(registration: RegistrationRequest, user: Any) -> Actions:
    onboards = is_onboarder(user, registration.partner)
    state = State(registration.state)
    here = [registration.reference]

    def address(move: Move, name: str) -> str:
        return reverse(name, args=here) if onboards and is_possible(move, state) else ""

    customer = registration.customer
    return Actions(
        go_on=continue_url(registration) if onboards and registration.is_editable else "",
        withdraw=address(Move.WITHDRAW, "request-withdraw"),
        discard=address(Move.DISCARD, "request-discard"),
        see_customer=reverse("customer", args=[customer.number]) if customer and customer.is_active else "",
        decide=reverse("admin:approvals_registrationrequest_change", args=here)
        if state is State.SUBMITTED and is_approver(user)
        else "",
        start_again=reverse("request-start-again", args=here) if onboards and state in RESTARTABLE else "",
    )


def story_of(registration: RegistrationRequest, user: Any) -> list[Entry]:
    """What happened, the oldest first, and what comes next."""
    events = Event.objects.filter(reference=registration.reference, partner=registration.partner_id)
    latest = timeline.told_to(events, user)[:EVENTS]
    return [*reversed(timeline.entries(latest, user)), *what_comes(registration, user)]


def what_comes(registration: RegistrationRequest, user: Any) -> list[Entry]:
    """The steps still to go, the first of them where things stand now."""
    usually = _("Usually %(within)s") % {"within": promise.usually()}
    acts = is_onboarder(user, registration.partner)
    match State(registration.state):
        case State.DRAFT:
            return [
                Entry(text=_("You fill in the rest and confirm"), kind="you")
                if acts
                else Entry(text=_("Your colleagues fill in the rest and confirm"), kind="now"),
                Entry(text=_("Arxus checks it"), sub=usually),
            ]
        case State.CHANGES_REQUESTED if user.is_staff:
            return [Entry(text=_("The partner makes the changes"), kind="now"), Entry(text=_("Arxus answers"))]
        case State.CHANGES_REQUESTED:
            return [
                Entry(text=_("You make the changes and send it again"), kind="you")
                if acts
                else Entry(text=_("Your colleagues make the changes and send it again"), kind="now"),
                Entry(text=_("Arxus answers"), sub=usually),
            ]
        case State.SUBMITTED:
            return [
                Entry(text=_("Arxus checks it"), kind="now", sub=promise.sentence(registration) or usually),
                Entry(text=_("We write to whoever sent it, whatever the answer")),
            ]
        case _:
            return []


def versions_of(registration: RegistrationRequest, user: Any) -> list[Version]:
    """Every version that was sent, the latest first; two queries."""
    of_request = registration.submissions.select_related("decision").prefetch_related("decision__asked")
    sent = list(of_request.order_by("-version"))
    # "Your organisation" is the partner's: staff read its name.
    own = str(registration.partner) if user.is_staff else side_label(Side.OWN)
    earlier: list[Submission | None] = [*sent[1:], None]
    return [_version(submission, before, own) for submission, before in zip(sent, earlier, strict=False)]


def _version(submission: Submission, before: Submission | None, own: str) -> Version:
    decision = getattr(submission, "decision", None)
    snapshot = submission.snapshot
    return Version(
        number=submission.version,
        sent_at=submission.submitted_at,
        rows=_summary(snapshot, own),
        documents=[
            Document(
                key=entry["key"],
                name=entry["name"],
                get_kind_display=str(KIND_LABELS[EvidenceKind(entry["kind"])]),
                size=entry["size"],
            )
            for entry in snapshot["evidence"]
        ],
        declarations=submission.declarations,
        reason=asking.words_of(decision) if decision is not None else "",
        asked=asking.lines_of(decision.asked.all()) if decision is not None else [],
        remark=decision.remark if decision is not None else "",
        comparison=compare(before, submission) if before is not None else None,
    )


def _summary(snapshot: Mapping[str, Any], own: str) -> list[SummaryRow]:
    details = snapshot["details"]
    languages = dict(settings.COMMUNICATION_LANGUAGES)
    place = " ".join(filter(None, [details["postcode"], details["city"]]))
    rows = [
        *_numbers(snapshot),
        SummaryRow(label=_("Company name"), value=details["name"]),
        SummaryRow(label=_("Legal name"), value=details["legal_name"]),
        SummaryRow(label=_("Phone number"), value=_phone(details)),
        SummaryRow(
            label=_("Address"),
            value="\n".join(
                filter(None, [details["street"], ", ".join(filter(None, [place, details["country_name"]]))])
            ),
        ),
        SummaryRow(label=_("Industry"), value=details["industry"]),
        SummaryRow(label=_("Language"), value=str(languages.get(details["language"], details["language"]))),
        SummaryRow(label=_("Relationship"), value=_(RELATIONSHIPS[Relationship(snapshot["relationship"])].label)),
        SummaryRow(label=_("Secwise Watch"), value=_("Yes") if snapshot["uses_secwise_watch"] else _("No")),
    ]
    rows += [_role(entry, own) for entry in snapshot["roles"]]
    if snapshot["liability"]:
        rows.append(SummaryRow(label=_("Liability"), value=snapshot["liability"]))
    # Only what differs from the company's name is worth a line.
    return [row for row in rows if row.label != _("Legal name") or row.value not in ("", details["name"])]


def _numbers(snapshot: Mapping[str, Any]) -> Iterator[SummaryRow]:
    """The number, with what was said of it where it is not an ordinary one."""
    sent = snapshot["vat"]
    if sent.get("national_number"):
        yield SummaryRow(
            label=_("National number"),
            value=national.readable(sent["national_number"]),
            sub=no_vat_reason(sent["no_vat_reason"]),
        )
        return
    yield SummaryRow(label=_("VAT number"), value=sent["readable"])
    if reason := snapshot.get("register", {}).get("reason"):
        said = str(dict(UnknownToRegister.choices).get(reason, reason))
        yield SummaryRow(label=_("Why it is not registered"), value=said)


def _role(entry: Mapping[str, Any], own: str) -> SummaryRow:
    label = _(ROLE_POLICY[Role(entry["role"])].label)
    holder = entry["holder"]
    if holder is None:
        return SummaryRow(label=label, value="")
    name = _("%(name)s (list)") % holder if holder["kind"] == ContactKind.LIST else holder["name"]
    side = own if holder["side"] == Side.OWN else side_label(Side.CUSTOMER)
    reach = " · ".join(filter(None, [side, holder["email"], _phone(holder)]))
    return SummaryRow(label=label, value=name, sub=reach)


def _phone(values: Mapping[str, Any]) -> str:
    if not values["phone_extension"]:
        return str(values["phone_readable"])
    return _("%(phone_readable)s ext. %(phone_extension)s") % values
