"""Random moves made for real: people, partners, and the verb behind each press; and the rows as the model sees them."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from approvals import copies, drafts, evidence, holding
from approvals.changes.asking import Asked
from approvals.conversations import conversation
from approvals.decisions import decide, grant_exception
from approvals.models import Decision, RegistrationRequest
from approvals.submission import submit
from approvals.withdrawal import withdraw
from approvals.workflow import Move
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from customers.models import Event, Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from portal.staff_groups import APPROVERS, CSMS
from tests import builders
from tests.approvals import filled
from tests.approvals.moves_life import GONE, INSIDER, Decided, Life, Press, Side
from tests.request_builders import PDF

LIABILITY = "Our organisation accepts all legal liability for this customer."
SEEN_BY_MODEL = ("request.", "message.", "evidence.")


class Cast:
    """The people of the model, the two partners, and one contact of each who may fill every role."""

    def __init__(self) -> None:
        onboarder, viewer = MembershipRole.ONBOARDER, MembershipRole.VIEWER
        self.people: dict[str, User] = {
            name: builders.make_user(f"{name}@arxus.example", is_staff=True, groups=(APPROVERS,), first_name=name)
            for name in ("sofie", "karim", "nadia")
        }
        self.people["hanne"] = builders.make_user("hanne@arxus.example", is_staff=True, groups=(CSMS,))
        brightcloud = builders.make_partner("Brightcloud", csm=self.people["hanne"])
        northwind = builders.make_partner("Northwind IT")
        self.partners = {True: brightcloud, False: northwind}
        for name, partner, role in (
            ("lotte", brightcloud, onboarder),
            ("pieter", brightcloud, onboarder),
            ("vera", brightcloud, viewer),
            ("joris", northwind, onboarder),
            ("maud", northwind, onboarder),
        ):
            self.people[name] = builders.make_member(partner, role, f"{name}@partner.example", first_name=name)
        insider = User.objects.create_superuser(f"{INSIDER}@arxus.example", builders.PASSWORD, first_name=INSIDER)
        Membership.objects.create(user=insider, partner=brightcloud, role=onboarder.value)
        self.people[INSIDER] = insider
        self.names = {user.pk: name for name, user in self.people.items()}
        self.contacts = {kind: builders.make_contact(partner) for kind, partner in self.partners.items()}

    def user(self, name: str) -> User:
        """As a request of their own would load them: with a connection of its own thread."""
        return User.objects.get(pk=self.people[name].pk)


class Registration:
    """One registration of one partner, in the database."""

    def __init__(self, cast: Cast, side: Side, serial: int) -> None:
        self.cast = cast
        self.side = side
        self.partner: Partner = cast.partners[side.is_reseller]
        self.contact: Contact = cast.contacts[side.is_reseller]
        self.number = builders.belgian_vat(8_400_000 + serial)
        self.reference = ""

    @property
    def request(self) -> RegistrationRequest:
        return RegistrationRequest.objects.get(reference=self.reference)

    def make(self, press: Press) -> Callable[[], Any]:
        """The verb behind a press, with the page as it is now; to be called by any thread."""
        request = RegistrationRequest.objects.filter(reference=self.reference).first()
        if request is None:
            # A page that is still open although the draft was deleted.
            request = RegistrationRequest(pk=0, partner=self.partner, reference=self.reference)
        return lambda: getattr(self, f"_{press.move}")(self.cast.user(press.who), request, press)

    def _start(self, actor: User, _request: RegistrationRequest, _press: Press) -> None:
        answer = {"vat_number": self.number}
        draft = drafts.start(actor=actor, partner=self.partner, answer=answer, vat_number=self.number)
        self.reference = draft.reference

    def _copy(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        self.reference = copies.start_again(actor=actor, request=request).draft.reference

    def _submit(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        is_reseller = self.side.is_reseller
        roster = Roster(
            relationship=Relationship.RESELLER if is_reseller else Relationship.VALUE_ADD_PARTNER,
            uses_secwise_watch=False,
            holders={role: self.contact.number for role in Role if role is not Role.SECURITY_INCIDENT},
            signing_authority=True,
            accepts_liability=is_reseller and press.liable,
        )
        submit(
            actor=actor,
            request=request,
            version=request.version,
            details=filled.details(vat_number=self.number),
            roster=roster,
            declarations=filled.DECLARATIONS,
            liability_wording=LIABILITY,
            as_it_was=True,
        )

    def _discard(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        drafts.discard(actor=actor, request=request)

    def _withdraw(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        withdraw(actor=actor, request=request)

    def _document(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        kind = EvidenceKind.LIABILITY_AGREEMENT if self.side.is_reseller else EvidenceKind.CUSTOMER_APPROVAL
        # A file of this company's alone: one that two share is a red signal.
        upload = SimpleUploadedFile("agreement.pdf", PDF.replace(b"1.4\n", f"1.4\n%{self.number}\n".encode()))
        evidence.add(actor=actor, request=request, kind=kind, upload=upload)

    def _no_document(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        current = request.evidence.current().first() if request.pk else None
        fallback = current or request.evidence.model(request=request)
        evidence.remove(actor=actor, evidence=fallback)

    def _take(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        holding.take(actor=actor, request=request)

    def _give_back(self, actor: User, request: RegistrationRequest, _press: Press) -> None:
        holding.give_back(actor=actor, request=request)

    def _take_over(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        expected = self.cast.people.get(press.holder)
        holding.take_over(actor=actor, request=request, expected_holder=expected)

    def _ask(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        fields = ("details.phone", "details.name") if press.by_field and press.words else ()
        asked = [Asked(field=field, code="other", text=press.words) for field in fields]
        said = {"reason": "" if asked else press.words, "asked": asked}
        decide(actor=actor, request=request, move=Move.ASK_FOR_CHANGES, version=press.seen, **said)

    def _reject(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        decide(actor=actor, request=request, move=Move.REJECT, version=press.seen, reason=press.words)

    def _approve(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        confirmed = {"override_reason": press.words, "access_confirmed": True}
        decide(actor=actor, request=request, move=Move.APPROVE, version=press.seen, **confirmed)

    def _grant_exception(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        grant_exception(actor=actor, request=request, reason=press.words)

    def _write(self, actor: User, request: RegistrationRequest, press: Press, internal: bool = False) -> None:
        conversation.write(actor=actor, request=request, body=press.words, internal=internal, token=uuid.uuid4())

    def _note(self, actor: User, request: RegistrationRequest, press: Press) -> None:
        self._write(actor, request, press, internal=True)

    def events(self) -> list[Event]:
        found = (
            Event.objects.filter(reference=self.reference).order_by("pk").prefetch_related("notifications", "mailings")
        )
        return [event for event in found if event.action.startswith(SEEN_BY_MODEL)]

    def as_life(self, model: Life) -> Life:
        """The rows, in the model's terms; what only the model remembers is taken from it."""
        related = ("held_by", "thread")
        request = RegistrationRequest.objects.filter(reference=self.reference).select_related(*related).first()
        if request is None:
            return replace(model, state=GONE)
        name = self.cast.names
        sent = request.submissions.order_by("version").select_related("decision", "first_approval")
        submissions = list(sent.prefetch_related("decision__asked"))
        first = getattr(submissions[-1], "first_approval", None) if submissions else None
        holder = request.holder()
        thread = getattr(request, "thread", None)
        return replace(
            model,
            side=self.side,
            state=request.state,
            opener=name[request.created_by_id],
            senders=tuple(name[one.submitted_by_id] for one in submissions),
            holder=name[holder.pk] if holder else "",
            is_liable=bool(submissions) and bool(submissions[-1].snapshot["liability"]),
            exception=name.get(request.exception_granted_by_id, ""),
            first=replace(model.first, who=name[first.approved_by_id], words=first.override_reason)
            if first and model.first
            else first,
            has_document=request.evidence.current().exists(),
            decisions=tuple(
                Decided(
                    version=one.version,
                    move=one.decision.move,
                    who=name[one.decision.decided_by_id],
                    words=_words_of(one.decision),
                    first=name.get(one.decision.first_approved_by_id, ""),
                )
                for one in submissions
                if hasattr(one, "decision")
            ),
            said=tuple((name[one.author_id], one.body, one.is_internal) for one in thread.messages.order_by("pk"))
            if thread
            else (),
        )


def _words_of(decision: Decision) -> str:
    """What the approver wrote, which stands in the reason and with each of the changes that were asked for."""
    texts = {asked.text for asked in decision.asked.all()}
    if not texts:
        return decision.reason or decision.override_reason
    (text,) = texts
    return text if decision.reason.count(text) == len(decision.asked.all()) else decision.reason
