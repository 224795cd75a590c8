"""What becomes of one message on its way out: rendered, sent once, its fate booked by what kind of message it is.

Exactly-once does not exist at a platform that gives no receipt: after an unsure sending an alarm or a card goes
again, marked 重发; a reply or a courtesy does not. A permanent refusal falls to the person's next channel, then to a
call by a human.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.papers import ToSet
from bot.reader import Reader
from conversations.engine.messages import Fate, Incoming, Outcome, Outgoing, Scope
from conversations.rendering import Nothing, evidence, rendered
from desk import alerting, falling_back
from storage import leasing, outbox
from storage.leasing import Claimed
from storage.work import is_of_database

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
LONGEST = LEASE - timedelta(seconds=5)  # an attempt that takes longer is given up: the lane goes to another
AGAIN_AFTER = timedelta(seconds=60)
TRIES = 3  # sendings of an alarm or a card whose fate stays unknown
SENT_AGAIN = frozenset({"alarm", "card"})
LONGEST_DOWN = timedelta(minutes=30)
UNREACHABLE = frozenset({"blocked", "not_found"})


@dataclass(frozen=True)
class Ready:
    """A claimed message with what is to be sent."""

    row: Claimed
    out: Outgoing
    to_set: tuple[ToSet, ...] = ()  # records that must be set before it leaves


def claim(session: Session, now: datetime, reader: Reader, limit: int = 20) -> tuple[list[Ready], int]:
    """Lease what can leave now and render it; what needs no sending is booked at once and counted."""
    ready: list[Ready] = []
    booked = 0
    for row in leasing.claim(session, now, LEASE, limit):
        if row.was_sending and row.weight not in SENT_AGAIN:
            outbox.finish(
                session, row.id, state="unsure", now=now, reason="no answer was seen before a restart"
            )
            booked += 1
            continue
        one = _rendered(session, row, reader, now)
        if isinstance(one, Nothing):
            outbox.finish(session, row.id, state=one.state, now=now, reason=one.reason)
            booked += 1
            continue
        ready.append(one)
    outbox.note_rendered(session, {one.row.id: evidence(one.out) for one in ready})
    return ready, booked


def _rendered(session: Session, row: Claimed, reader: Reader, now: datetime) -> Ready | Nothing:
    """A row that cannot be rendered is set aside, named in the log and told to the desk; the others go on."""
    try:
        out = rendered(session, row, rulebook=reader.rulebook, signer=reader.signer, now=now)
        if isinstance(out, Nothing) or "papers" not in row.body:
            return out if isinstance(out, Nothing) else Ready(row, out)
        return Ready(row, *reader.papers.along(session, row, out, now))
    except Exception as error:
        if is_of_database(error):  # the transaction is spoilt: all of the claim comes again
            raise
        log.error("outbox %s cannot be rendered", row.id, exc_info=error)
        house = alerting.sitting(session, reader.rulebook, now)
        alerting.alarm_desk(house, "failed_outbox", {"outbox": row.id}, key=f"o{row.id}")
        return Nothing(f"cannot be rendered: {type(error).__name__}", "set_aside")


def lease_first(
    session: Session, incoming: Incoming, until: datetime, now: datetime, reader: Reader
) -> Outgoing | None:
    """The head of this chat's lane, leased to the request that may carry it in its own answer."""
    row = leasing.claim_lane(session, incoming.channel, incoming.chat, now, until)
    if row is None:
        return None
    one = _rendered(session, row, reader, now)
    if isinstance(one, Nothing):
        outbox.finish(session, row.id, state=one.state, now=now, reason=one.reason)
        return None
    outbox.note_rendered(session, {row.id: evidence(one.out)})
    return one.out  # a platform that answers in its request carries no files: its records are links


def book(session: Session, outbox_id: int, outcome: Outcome, now: datetime, reader: Reader) -> None:
    """Record the outcome of one attempt."""
    row = outbox.sending(session, outbox_id)
    if row is None:
        return
    match outcome.fate:
        case Fate.SENT:
            outbox.finish(session, outbox_id, state="sent", now=now, message_id=outcome.message_id)
        case Fate.REFUSED:
            if outbox.finish(session, outbox_id, state="refused", now=now, reason=outcome.reason):
                log.warning("outbox %s refused: %s %s", outbox_id, outcome.reason, outcome.detail)
                falling_back.fall_back(
                    session,
                    reader.rulebook,
                    now,
                    outbox_id,
                    reason=outcome.reason,
                    gone="yes" if outcome.reason in UNREACHABLE else "no",
                )
        case Fate.UNSURE:
            _unsure(session, row, outcome, now)
        case Fate.LATER:
            _later(session, row, outcome, now, reader)


def _unsure(session: Session, row: outbox.Sending, outcome: Outcome, now: datetime) -> None:
    if row.weight in SENT_AGAIN and row.attempts < TRIES:
        outbox.again(session, row.id, at=now + AGAIN_AFTER, now=now, marked="yes")
    else:
        outbox.finish(session, row.id, state="unsure", now=now, reason=outcome.reason or "no answer was seen")


def _later(session: Session, row: outbox.Sending, outcome: Outcome, now: datetime, reader: Reader) -> None:
    """Certainly not sent. A platform that stays down counts as a refusal after a while: somebody must hear."""
    at = now + timedelta(seconds=max(outcome.after_seconds, 1.0))
    if outcome.reason == "down" and now - row.created_at >= LONGEST_DOWN:
        if outbox.finish(session, row.id, state="refused", now=now, reason="down"):
            falling_back.fall_back(session, reader.rulebook, now, row.id, reason="down", gone="no")
        return
    outbox.again(session, row.id, at=at, now=now)
    if outcome.scope is Scope.BOT:
        outbox.hold_channel(session, row.channel, at)
