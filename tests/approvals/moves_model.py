"""What may become of one registration, as the product tells it: a model that random moves are compared with.

Written out of "What a registration request goes through", the role policy's settled questions 2, 9 and 10, and the
product's "Holding", "Two persons", "Conversation" and "Notifications"; it reads nothing of the code it judges.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.approvals import moves_life
from tests.approvals.moves_life import APPROVERS, INSIDER, STAFF, Decided, First, Life, Press, Told

DRAFT, SUBMITTED, ASKED = moves_life.DRAFT, moves_life.SUBMITTED, moves_life.ASKED
APPROVED, REJECTED, WITHDRAWN, GONE = moves_life.APPROVED, moves_life.REJECTED, moves_life.WITHDRAWN, moves_life.GONE
OPEN = (DRAFT, SUBMITTED, ASKED)
ENDED = (REJECTED, WITHDRAWN)


class Refused(Exception):
    """The name of a refusal."""


def after(life: Life, press: Press) -> tuple[Life, str]:
    """What the registration is after the press, and `done` or the name of the refusal."""
    try:
        return MOVES[press.move](life, press), "done"
    except Refused as refused:
        return life, str(refused)


def in_some_order(life: Life, one: Press, other: Press) -> Iterator[tuple[Life, tuple[str, str]]]:
    """What two presses at the same moment may come to: as if one had been a moment before the other."""
    both, of_one, of_other = _one_after_the_other(life, one, other)
    yield both, (of_one, of_other)
    both, of_other, of_one = _one_after_the_other(life, other, one)
    yield both, (of_one, of_other)


def _one_after_the_other(life: Life, one: Press, other: Press) -> tuple[Life, str, str]:
    first, of_one = after(life, one)
    is_opened = one.move in OPENING and of_one == "done"
    if not (is_opened and other.move == "copy"):
        both, of_other = after(first, other)
        return both, of_one, of_other
    # The second page shows the registration that ended, not the draft that the first has just begun.
    _unused, of_other = after(life, other)
    if of_other == "done" and one.move == "start":
        of_other = "DuplicateNumber"
    return first, of_one, of_other


def start(life: Life, press: Press) -> Life:
    if press.who not in life.side.onboarders:
        raise Refused("NotAllowed")
    if life.state in (*OPEN, APPROVED):
        raise Refused("DuplicateNumber")
    return _opened(life, press, "request.started")


def copy(life: Life, press: Press) -> Life:
    _by_partner(life, press, *ENDED)
    copied = _opened(life, press, "request.copied")
    return _told(copied, press, "evidence.added") if life.has_document else copied


def submit(life: Life, press: Press) -> Life:
    _by_partner(life, press, DRAFT, ASKED)
    is_liable = life.side.is_reseller and press.liable
    is_excused = not life.side.is_reseller and not life.has_document and bool(life.exception)
    if not (life.has_document or is_liable or is_excused):
        raise Refused("PolicyBroken")
    asker = life.decisions[-1].who if life.version else ""
    staff = {asker} if asker else set(APPROVERS)
    sent = replace(
        life,
        state=SUBMITTED,
        senders=(*life.senders, press.who),
        is_liable=is_liable,
        is_excused=is_excused,
        first=None,
    )
    return _told(sent, press, "request.submitted", told={press.who} | staff, mailed={press.who}, confirms=True)


def discard(life: Life, press: Press) -> Life:
    _by_partner(life, press, DRAFT)
    return replace(_told(life, press, "request.discarded"), state=GONE)


def withdraw(life: Life, press: Press) -> Life:
    _by_partner(life, press, SUBMITTED, ASKED)
    sender = life.senders[-1]
    handler = {life.handler} - {"", press.who}
    told = _told(life, press, "request.withdrawn", told={sender} | handler, mailed={sender}, confirms=True)
    return replace(told, state=WITHDRAWN, holder="")


def document(life: Life, press: Press) -> Life:
    _by_partner(life, press, DRAFT, ASKED)
    return life if life.has_document else replace(_told(life, press, "evidence.added"), has_document=True)


def no_document(life: Life, press: Press) -> Life:
    _by_partner(life, press, DRAFT, ASKED)
    return replace(_told(life, press, "evidence.removed"), has_document=False) if life.has_document else life


def take(life: Life, press: Press) -> Life:
    _by_approver(life, press)
    if life.holder not in ("", press.who):
        raise Refused("HeldByOther")
    return _held(life, press)


def give_back(life: Life, press: Press) -> Life:
    _by_approver(life, press)
    if not life.holder:
        raise Refused("NotHeld")
    if life.holder != press.who:
        raise Refused("HeldByOther")
    return replace(_told(life, press, "request.given_back"), holder="")


def take_over(life: Life, press: Press) -> Life:
    _by_approver(life, press)
    if life.holder in ("", press.who):
        return _held(life, press)
    if life.holder != press.holder:
        raise Refused("HeldByOther")
    return replace(_told(life, press, "request.taken_over"), holder=press.who, handler=press.who)


def ask(life: Life, press: Press) -> Life:
    return _turned_down(life, press, "ask_for_changes", ASKED)


def reject(life: Life, press: Press) -> Life:
    return _turned_down(life, press, "reject", REJECTED)


def approve(life: Life, press: Press) -> Life:
    _by_holder(life, press)
    first = life.first if life.first and (life.first.saw_red or not life.is_red) else None
    takes_two = life.is_red or life.is_liable or bool(press.words)
    if first is None and takes_two:
        if life.is_red and not press.words:
            raise Refused("OverrideReasonMissing")
        given = First(who=press.who, words=press.words, saw_red=life.is_red)
        told = set(APPROVERS) - {press.who}
        waits = _told(_held(life, press), press, "request.approved_first", told=told)
        return replace(waits, first=given, holder="", handler=press.who)
    if (first and first.who == press.who) or (life.is_excused and life.exception == press.who):
        raise Refused("SecondApproverNeeded")
    if life.is_red and not press.words and not (first and first.words):
        raise Refused("OverrideReasonMissing")
    return _decided(life, press, "approve", APPROVED, first=first.who if first else "")


def grant_exception(life: Life, press: Press) -> Life:
    if life.state == GONE:
        raise Refused("RequestGone")
    if press.who not in (*APPROVERS, INSIDER):
        raise Refused("NotAllowed")
    if press.who in (*life.senders, life.opener):
        raise Refused("OwnRequest")
    if life.state not in OPEN:
        raise Refused("WrongState")
    if not press.words:
        raise Refused("ReasonMissing")
    if life.exception:
        return life
    return replace(_told(life, press, "request.exception_granted"), exception=press.who)


def write(life: Life, press: Press) -> Life:
    return _said(life, press, internal=False)


def note(life: Life, press: Press) -> Life:
    return _said(life, press, internal=True)


MOVES: dict[str, Callable[[Life, Press], Life]] = {
    "start": start,
    "copy": copy,
    "submit": submit,
    "discard": discard,
    "withdraw": withdraw,
    "document": document,
    "no_document": no_document,
    "take": take,
    "give_back": give_back,
    "take_over": take_over,
    "ask": ask,
    "reject": reject,
    "approve": approve,
    "grant_exception": grant_exception,
    "write": write,
    "note": note,
}
OPENING = ("start", "copy")


def _by_partner(life: Life, press: Press, *states: str) -> None:
    if life.state == GONE:
        raise Refused("RequestGone")
    if press.who not in life.side.onboarders:
        raise Refused("NotAllowed")
    if life.state not in states:
        raise Refused("WrongState")


def _by_approver(life: Life, press: Press) -> None:
    if life.state == GONE:
        raise Refused("RequestGone")
    if press.who not in (*APPROVERS, INSIDER):
        raise Refused("NotAllowed")
    if life.state != SUBMITTED:
        raise Refused("WrongState")
    if press.who in life.senders:
        raise Refused("OwnRequest")


def _by_holder(life: Life, press: Press) -> None:
    """Only the holder decides; what nobody holds is taken by deciding on it. The page shows the latest version."""
    _by_approver(life, press)
    if life.holder not in ("", press.who):
        raise Refused("HeldByOther")
    if press.seen != life.version:
        raise Refused("StaleSubmission")


def _held(life: Life, press: Press) -> Life:
    if life.holder == press.who:
        return life
    return replace(_told(life, press, "request.taken"), holder=press.who, handler=press.who)


def _turned_down(life: Life, press: Press, move: str, state: str) -> Life:
    _by_holder(life, press)
    if not press.words:
        raise Refused("ReasonMissing")
    return _decided(life, press, move, state)


def _decided(life: Life, press: Press, move: str, state: str, first: str = "") -> Life:
    decision = Decided(version=life.version, move=move, who=press.who, words=press.words, first=first)
    sender = {life.senders[-1]}
    told = _told(_held(life, press), press, f"request.{state}", told=sender, mailed=sender)
    return replace(told, state=state, holder="", handler=press.who, decisions=(*life.decisions, decision))


def _said(life: Life, press: Press, *, internal: bool) -> Life:
    if life.state == GONE:
        raise Refused("RequestGone")
    is_staff = press.who in STAFF
    if life.state == DRAFT and is_staff:
        raise Refused("NotAllowed")  # Arxus sees no drafts.
    if not is_staff and press.who not in life.side.onboarders:
        raise Refused("NotAllowed")
    if life.state == DRAFT:
        raise Refused("WrongState")
    if internal and not is_staff:
        raise Refused("NotAllowed")
    involved = {press.who, life.senders[-1], *(who for who, _words, _internal in life.said)}
    arxus = involved & set(STAFF) or ({life.side.csm} if life.side.csm else set(APPROVERS))
    told = (arxus if internal else arxus | involved - set(STAFF)) - {press.who}
    spoken = replace(life, said=(*life.said, (press.who, press.words, internal)))
    return _told(spoken, press, "message.noted" if internal else "message.sent", told=told, mailed=told)


def _opened(life: Life, press: Press, action: str) -> Life:
    is_copy = action == "request.copied"
    opened = Life(
        side=life.side,
        state=DRAFT,
        opener=press.who,
        is_red=life.is_red,
        has_document=is_copy and life.has_document,
    )
    return _told(opened, press, action)


def _told(
    life: Life,
    press: Press,
    action: str,
    *,
    told: set[str] | frozenset[str] = frozenset(),
    mailed: set[str] | frozenset[str] = frozenset(),
    confirms: bool = False,
) -> Life:
    """One more event. Nobody is told of their own doing, except the partner's sender, as a confirmation."""
    own = frozenset() if confirms else frozenset({press.who})
    event = Told(action=action, who=press.who, told=frozenset(told) - own, mailed=frozenset(mailed) - own)
    return replace(life, events=(*life.events, event))
