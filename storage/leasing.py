"""Which message leaves next: lease the lanes that have something to send, and the head of each.

A lease is short and committed before anything is sent: no lock and no transaction is held while talking to a
platform, and a crash after it reads as "sent, no answer seen".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.tables import Account, ChannelHold, Lane, Outbox, Person
from storage.written_out import is_now

WAITING = ("queued", "sending")
IS_WAITING = is_now(Outbox.state, *WAITING)  # by ix_outbox_waiting


@dataclass(frozen=True)
class Claimed:
    """One message on its way out; `attempts` counts this one. In the order of `HEADS`."""

    id: int
    lane_id: int
    channel: str
    chat: str
    account_id: int
    account: str
    person_id: int | None
    language: str
    weight: str
    body: dict[str, Any]
    ticket_id: int | None
    event_id: int | None
    question: str
    attempts: int
    was_sending: bool  # the lease of an earlier attempt ran out: nobody saw an answer


def claim(session: Session, now: datetime, lease: timedelta, limit: int = 20) -> list[Claimed]:
    """Lease the lanes that have something to send now, and the head of each."""
    lanes = _ready(session, now, limit)
    heads = _heads(session, lanes)
    free = [one for one in heads if one.is_free(now)]
    # An empty lane is closed; one whose head somebody else still sends waits for that lease.
    others = dict.fromkeys(lanes) | {one.message.lane_id: one.sending_until_at for one in heads if one not in free}
    for one in free:
        del others[one.message.lane_id]
    LEASED.run(session, *[{"lane": lane, "then": then, "leased": None} for lane, then in others.items()])
    return _leased(session, free, now + lease)


def _ready(session: Session, now: datetime, limit: int) -> list[int]:
    """Lanes with something to send now, locked; those of a channel that is held wait for the end of the hold."""
    while True:
        found = LANES.rows(session, {"now": now, "few": limit})
        held = [(lane, until) for lane, until in found if until is not None]
        LEASED.run(session, *[{"lane": lane, "then": until, "leased": None} for lane, until in held])
        if not held:
            return [lane for lane, _ in found]


def claim_lane(session: Session, channel: str, chat: str, now: datetime, until: datetime) -> Claimed | None:
    """Lease the head of this one chat's lane, if nobody has it, to the request that may carry it."""
    lanes = [lane for (lane,) in LANE_OF_CHAT.rows(session, {"on": channel, "with": chat, "now": now})]
    queued = [one for one in _heads(session, lanes) if one.state == "queued"]
    return next(iter(_leased(session, queued, until)), None)


def _heads(session: Session, lanes: Sequence[int]) -> list["Head"]:
    """Of these locked lanes. A statement of its own: what whoever had a lane before has booked is seen."""
    rows = HEADS.rows(session, {"lanes": lanes}) if lanes else []
    return [Head(Claimed(*message), state, until) for *message, state, until in rows]


def _leased(session: Session, heads: Sequence["Head"], until: datetime) -> list[Claimed]:
    taken = [one.message for one in heads]
    LEASED.run(session, *[{"lane": one.lane_id, "then": until, "leased": until} for one in taken])
    TAKEN.run(session, *[{"message": one.id, "until": until} for one in taken])
    return taken


@dataclass(frozen=True)
class Head:
    """The first message of a lane that waits, as it would leave; its present state and lease."""

    message: Claimed
    state: str
    sending_until_at: datetime | None

    def is_free(self, now: datetime) -> bool:
        """Nobody is sending it, as far as anybody knows."""
        return self.state != "sending" or self.sending_until_at is None or self.sending_until_at <= now


NOW = bindparam("now", type_=Lane.next_at.type)
READY = and_(Lane.next_at <= NOW, or_(Lane.leased_until_at.is_(None), Lane.leased_until_at <= NOW))
HELD_UNTIL = select(ChannelHold.until_at).where(ChannelHold.channel == Lane.channel, ChannelHold.until_at > NOW)
LANES = Prepared(
    select(Lane.id, HELD_UNTIL.scalar_subquery())
    .where(READY)
    .order_by(Lane.next_at)
    .limit(bindparam("few"))
    .with_for_update(skip_locked=True)
)
LANE_OF_CHAT = Prepared(
    select(Lane.id)
    .where(Lane.channel == bindparam("on"), Lane.chat == bindparam("with"), READY)
    .with_for_update(skip_locked=True)
)
FIRST = (
    select(func.min(Outbox.id).label("id"))
    .where(Outbox.lane_id.in_(bindparam("lanes", expanding=True)), IS_WAITING)
    .group_by(Outbox.lane_id)
    .subquery()
)
HEADS = Prepared(
    select(
        Outbox.id,
        Outbox.lane_id,
        Lane.channel,
        Lane.chat,
        Outbox.account_id,
        Account.external,
        Outbox.person_id,
        func.coalesce(Person.language, Account.language),
        Outbox.weight,
        Outbox.body,
        Outbox.ticket_id,
        Outbox.event_id,
        Outbox.question,
        Outbox.attempts + 1,
        Outbox.state == "sending",
        Outbox.state,
        Outbox.sending_until_at,
    )
    .join(FIRST, FIRST.c.id == Outbox.id)
    .join(Lane, Lane.id == Outbox.lane_id)
    .join(Account, Account.id == Outbox.account_id)
    .outerjoin(Person, Person.id == Account.person_id)
    .order_by(Outbox.id)
)
LEASED = Prepared(
    update(Lane)
    .where(Lane.id == bindparam("lane"))
    .values(next_at=bindparam("then"), leased_until_at=bindparam("leased"))
)
TAKEN = Prepared(
    update(Outbox)
    .where(Outbox.id == bindparam("message"))
    .values(state="sending", attempts=Outbox.attempts + 1, sending_until_at=bindparam("until"))
)
