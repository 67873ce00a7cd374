"""Random moves of several people at once, compared after every step with a model of what the product promises.

One registration of each of two partners. A press alone has to come to what the model says; of two at the same moment
the outcome has to be that of one of the two orders. The walks are the same in every run; what two threads make of a
moment is not.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from approvals.models import (
    Decision,
    Mailing,
    MailOutcome,
    Message,
    RegistrationRequest,
    Thread,
)
from customers.models import Customer, Event, VatCheck
from tests.approvals.moves_life import (
    APPROVERS,
    BRIGHTCLOUD,
    CUSTOMERS,
    NORTHWIND,
    PEOPLE,
    SUBMITTED,
    Life,
    Press,
    Told,
)
from tests.approvals.moves_made import Cast, Registration
from tests.approvals.moves_model import MOVES, OPENING, after, in_some_order
from tests.approvals.test_parallel import at_once
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db(transaction=True)

# Every press there is; the words and what the page showed come with the moment.
PRESSES = [
    Press(move=move, who=who, liable=flag, by_field=flag, words=words)
    for move in MOVES
    for who in PEOPLE
    for flag in ((False, True) if move in ("submit", "ask") else (False,))
    for words in (("", "w") if move in ("ask", "reject", "approve", "grant_exception") else ("w",))
]
TURNED_DOWN = ("request.rejected", "request.changes_requested", "request.exception_granted")
VISIBLE: list[tuple[Any, str]] = [(table, "partner") for table in (RegistrationRequest, Customer, Thread)]
VISIBLE += [(Message, "thread__partner")]
ANY = st.integers(min_value=0, max_value=10**6)


class Walk(RuleBasedStateMachine):
    """People press things, alone and at once; the register changes its mind; holds lapse."""

    cast: Cast
    at_once = False
    serial = 0
    walked: Counter[str]

    @initialize(liable=st.booleans())
    def both_are_sent(self, liable: bool) -> None:
        type(self).serial += 2
        mail.outbox.clear()
        self.before = Mailing.objects.count()
        self.seen: dict[str, list[Any]] = {}
        self.lives = [Life(side=side) for side in (BRIGHTCLOUD, NORTHWIND)]
        self.rows = [Registration(self.cast, side, self.serial + n) for n, side in enumerate((BRIGHTCLOUD, NORTHWIND))]
        self.readers = {True: self.cast.user("lotte"), False: self.cast.user("joris")}
        self.pressed = 0
        for which, who in ((False, "lotte"), (True, "joris")):
            self._press(which, Press(move="start", who=who))
            if which or not liable:
                self._press(which, Press(move="document", who=who))
            self._press(which, Press(move="submit", who=who, liable=liable))

    @rule(which=st.booleans(), number=ANY)
    def somebody_presses_something(self, which: bool, number: int) -> None:
        self._press(which, PRESSES[number % len(PRESSES)])

    @rule(which=st.booleans(), number=ANY)
    def somebody_does_what_is_possible(self, which: bool, number: int) -> None:
        self._press(which, self._possible(which, number))

    @rule(which=st.booleans(), number=ANY)
    def another_step_towards_the_end(self, which: bool, number: int) -> None:
        """Most of what is possible is talk and holding; without this, few requests would ever be decided."""
        self._press(which, self._possible(which, number, "start", "copy", "submit", "ask", "reject", "approve"))

    @rule(which=st.booleans(), who=st.sampled_from(APPROVERS), words=st.booleans())
    def an_approver_approves(self, which: bool, who: str, words: bool) -> None:
        self._press(which, Press(move="approve", who=who, words="w" if words else ""))

    @rule(which=st.booleans(), number=ANY)
    def somebody_changes_who_holds_it(self, which: bool, number: int) -> None:
        self._press(which, self._possible(which, number, "take", "give_back", "take_over"))

    @precondition(lambda self: self.at_once)
    @rule(which=st.booleans(), number=ANY, other=ANY)
    def two_press_at_the_same_moment(self, which: bool, number: int, other: int) -> None:
        self._press_both(which, self._possible(which, number), self._possible(which, other))

    @precondition(lambda self: self.at_once)
    @rule(which=st.booleans(), number=ANY, other=ANY)
    def two_press_anything_at_the_same_moment(self, which: bool, number: int, other: int) -> None:
        self._press_both(which, self._possible(which, number), PRESSES[other % len(PRESSES)])

    @rule(which=st.booleans(), red=st.booleans())
    def the_register_changes_its_mind(self, which: bool, red: bool) -> None:
        now, registration = timezone.now(), self.rows[which]
        VatCheck.objects.update_or_create(
            partner=registration.partner,
            number=registration.number,
            defaults={"outcome": "not_registered" if red else "registered", "asked_at": now, "tried_at": now},
        )
        self.lives[which] = replace(self.lives[which], is_red=red)

    @rule(which=st.booleans())
    def a_hold_is_left_idle(self, which: bool) -> None:
        held = RegistrationRequest.objects.filter(reference=self.rows[which].reference, held_at__isnull=False)
        held.update(held_at=timezone.now() - timedelta(minutes=31))
        self.lives[which] = replace(self.lives[which], holder="")

    def _possible(self, which: bool, number: int, *moves: str) -> Press:
        """One of the presses that would go through now, each move as likely as the others; any where none would."""
        of_move: dict[str, list[Press]] = {}
        for press in PRESSES:
            if after(self.lives[which], self._now(which, press))[1] == "done" and press.move in (moves or MOVES):
                of_move.setdefault(press.move, []).append(press)
        if not of_move:
            return PRESSES[number % len(PRESSES)]
        possible = list(of_move.values())[number % len(of_move)]
        return possible[number // len(of_move) % len(possible)]

    def _now(self, which: bool, press: Press) -> Press:
        """The press on the page as it is at this moment, with words of its own."""
        life = self.lives[which]
        self.pressed += 1
        words = f"Said for the {self.pressed}th time." if press.words else ""
        return replace(press, seen=life.version, holder=life.holder, words=words)

    def _press(self, which: bool, press: Press) -> None:
        press = self._now(which, press)
        expected, outcome = after(self.lives[which], press)
        assert _outcome(self.rows[which].make(press)) == outcome, (self.lives[which], press)
        self.lives[which], self.touched = expected, which

    def _press_both(self, which: bool, one: Press, other: Press) -> None:
        one, other = self._now(which, one), self._now(which, other)
        if (one.move in OPENING) != (other.move in OPENING):
            return  # They would be about two requests, the one that ended and the one that begins.
        made = at_once(*[self.rows[which].make(press) for press in (one, other)])
        outcomes = tuple(_name(outcome) for outcome in made)
        orders = [found for found in in_some_order(self.lives[which], one, other) if found[1] == outcomes]
        assert orders, (self.lives[which], one, other, made)
        found = self.rows[which].as_life(orders[0][0])
        fitting = [life for life, _outcomes in orders if self._is(which, life)] or [orders[0][0]]
        assert self._is(which, fitting[0]), (found, fitting[0])
        self.lives[which], self.touched = fitting[0], which

    def _is(self, which: bool, life: Life) -> bool:
        return self.rows[which].as_life(life) == life and self._told(which) == list(life.events)

    def _told(self, which: bool) -> list[Told]:
        """The events, each with whom was told of it, as rows say."""
        names = self.cast.names
        found = []
        for event in self.rows[which].events():
            told, mailed = (
                [names[one.recipient_id] for one in rows.all()] for rows in (event.notifications, event.mailings)
            )
            assert (len(told), len(mailed)) == (len(set(told)), len(set(mailed))), event
            assert event.actor_id is not None, event
            who = names[event.actor_id]
            found.append(Told(action=event.action, who=who, told=frozenset(told), mailed=frozenset(mailed)))
        return found

    @invariant()
    def the_rows_are_what_the_model_says(self) -> None:
        assert self.rows[self.touched].as_life(self.lives[self.touched]) == self.lives[self.touched]
        assert self._told(self.touched) == list(self.lives[self.touched].events)

    @invariant()
    def no_decision_is_made_twice_or_by_whom_it_may_not(self) -> None:
        decisions = Decision.objects.filter(submission__request__reference=self.rows[self.touched].reference)
        for decision in decisions.select_related("submission__request"):
            senders = {sent.submitted_by_id for sent in decision.submission.request.submissions.all()}
            assert not {decision.decided_by_id, decision.first_approved_by_id} & senders
            assert decision.decided_by_id != decision.first_approved_by_id
            assert bool(decision.reason) or decision.move == "approve"

    @invariant()
    def versions_have_no_holes_and_customers_fit_their_requests(self) -> None:
        found = RegistrationRequest.objects.filter(reference=self.rows[self.touched].reference)
        for request in found.select_related("customer"):
            versions = [sent.version for sent in request.submissions.order_by("version")]
            assert versions == list(range(1, len(versions) + 1))
            assert (request.customer.status if request.customer else None) == CUSTOMERS[request.state]
            assert (request.held_by_id is None) or request.state == SUBMITTED
            assert (request.due_at is not None) is (request.state == SUBMITTED)

    @invariant()
    def what_was_written_stays_as_it_was(self) -> None:
        reference = self.rows[self.touched].reference
        now = _history(reference)
        before = self.seen.get(reference, [])
        assert now[: len(before)] == before
        assert all(facts.get("reason") for action, facts in now if action in TURNED_DOWN)
        self.seen[reference] = now

    @invariant()
    def nothing_of_one_partner_exists_for_the_other(self) -> None:
        own = not self.touched
        table, partner = VISIBLE[self.pressed % len(VISIBLE)]
        found = table.objects.visible_to(self.readers[own])
        assert not found.exclude(**{partner: self.cast.partners[own]}).exists()

    def teardown(self) -> None:
        """The worker runs: every mail leaves once, and none that has no event."""
        if not hasattr(self, "rows"):
            return
        for self.touched in (False, True):
            self.the_rows_are_what_the_model_says()
        assert {reference: _history(reference) for reference in self.seen} == self.seen
        assert not Message.objects.visible_to(self.readers[True]).filter(is_internal=True).exists()
        run_queued_tasks()
        mails = list(Mailing.objects.order_by("pk")[self.before :])
        assert {mail.outcome for mail in mails} <= {MailOutcome.SENT}, [(m, m.outcome) for m in mails]
        letters = Counter((letter.to[0], letter.extra_headers["Message-ID"]) for letter in mail.outbox)
        assert set(letters.values()) <= {1}
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(one.recipient.email for one in mails)
        assert all(one.event is not None for one in mails)
        self.walked.update(Event.objects.filter(reference__in=self.seen).values_list("action", flat=True))


def _history(reference: str) -> list[Any]:
    return list(Event.objects.filter(reference=reference).order_by("pk").values_list("action", "facts"))


def _outcome(call: Callable[[], Any]) -> str:
    try:
        call()
    except Exception as refused:
        return _name(refused)
    return "done"


def _name(outcome: Any) -> str:
    return type(outcome).__name__ if isinstance(outcome, Exception) else "done"


def walk(examples: int, steps: int, *, together: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    machine = type("Walk", (Walk,), {"cast": Cast(), "at_once": together, "walked": found})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    return found


@pytest.fixture(autouse=True)
def everything_on(settings: Settings) -> None:
    settings.VIES_URL = "http://127.0.0.1:9"
    settings.MESSAGES_PER_HOUR = 10_000


def test_whatever_people_press_and_when_the_product_keeps_its_word() -> None:
    """SQLite has one writer at a time: there, one press follows the other."""
    together = connection.vendor == "postgresql"
    found = walk(16 if together else 10, 30, together=together)

    # It went to the heart of the matter: otherwise the walk is to be made longer.
    assert not together or found.keys() >= {"request.submitted", "request.changes_requested", "request.approved"}
