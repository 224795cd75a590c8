"""The outbox seen from delivery: claim the heads of lanes, record what became of each sending.

A claim is a short lease, committed before anything is sent: no lock and no transaction is held while talking
to a platform, and a crash after it reads as "sent, no answer seen".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from storage.prepared import Prepared, upsert
from storage.tables import Account, ChannelHold, Lane, Outbox, Person
from storage.work import wake

WAITING = ("queued", "sending")
DELIVERY = "delivery"  # woken when something can leave
SENT = "sent"  # woken when a message was sent: pages that show it read it then


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
    .where(Outbox.lane_id.in_(bindparam("lanes", expanding=True)), Outbox.state.in_(WAITING))
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


def note_rendered(session: Session, evidence: Mapping[int, dict[str, Any]]) -> None:
    """What is about to be sent, by the message's id, kept before it leaves."""
    RENDERED.run(session, *[{"message": one, "shown": shown} for one, shown in evidence.items()])


RENDERED = Prepared(
    update(Outbox).where(Outbox.id == bindparam("message")).values(rendered=bindparam("shown"))
)


@dataclass(frozen=True)
class Sending:
    """What the booking of an outcome needs to know of the message."""

    id: int
    channel: str
    weight: str
    attempts: int
    created_at: datetime


def sending(session: Session, outbox_id: int) -> Sending | None:
    """The message that was (perhaps) sent; None for a key that is none of ours."""
    found = SENDING.first(session, {"message": outbox_id})
    return Sending(*found) if found is not None else None


SENDING = Prepared(
    select(Outbox.id, Lane.channel, Outbox.weight, Outbox.attempts, Outbox.created_at)
    .join(Lane, Lane.id == Outbox.lane_id)
    .where(Outbox.id == bindparam("message"))
)


def finish(
    session: Session, outbox_id: int, *, state: str, now: datetime, message_id: str = "", reason: str = ""
) -> bool:
    """Book the end of a sending and free its lane. False if it was booked before."""
    lane = _held_lane(session, outbox_id)
    values = {
        "message": outbox_id,
        "became": state,
        "because": reason,
        "known_as": message_id,
        "left_at": now if state == "sent" else None,
    }
    if lane is None or BOOKED.first(session, values) is None:
        return False
    if FREED.rows(session, {"lane": lane, "now": now})[0][0] is not None:
        wake(session, DELIVERY)
    if state == "sent":
        wake(session, SENT)
    return True


def _held_lane(session: Session, outbox_id: int) -> int | None:
    """The lane of this message, locked before anything in it is looked at.

    Whoever writes into a lane holds it too (`desk/telling.py`): what is queued while an end is booked is either
    seen by the booking or sees the lane empty and opens it. Without the lock it would wait for ever.
    """
    found = LANE_OF.first(session, {"message": outbox_id})
    return None if found is None else int(found[0])


LANE_OF = Prepared(
    select(Lane.id)
    .where(
        Lane.id == select(Outbox.lane_id).where(Outbox.id == bindparam("message")).scalar_subquery(),
    )
    .with_for_update()
)
BOOKED = Prepared(
    update(Outbox)
    .where(Outbox.id == bindparam("message"), Outbox.state.in_((*WAITING, "unsure")))
    .values(
        state=bindparam("became"),
        reason=bindparam("because"),
        message_id=func.coalesce(func.nullif(bindparam("known_as", type_=Text()), ""), Outbox.message_id),
        sent_at=func.coalesce(bindparam("left_at", type_=Outbox.sent_at.type), Outbox.sent_at),
        sending_until_at=None,
    )
    .returning(Outbox.id)
)
MORE = select(Outbox.id).where(Outbox.lane_id == bindparam("lane"), Outbox.state.in_(WAITING)).exists()
FREED = Prepared(
    update(Lane)
    .where(Lane.id == bindparam("lane"))
    .values(leased_until_at=None, next_at=case((MORE, NOW), else_=None))
    .returning(Lane.next_at)
)


def again(session: Session, outbox_id: int, *, at: datetime, now: datetime, marked: str = "no") -> None:
    """The lane waits until `at` and keeps its order. `marked` yes: an attempt that may have arrived, sent again
    as such; no: it certainly was not sent, and no attempt counts."""
    lane = _held_lane(session, outbox_id)
    row = session.scalar(select(Outbox).where(Outbox.id == outbox_id).with_for_update())
    if lane is None or row is None or row.state != "sending":  # somebody else has sent it meanwhile
        return
    row.state = "queued"
    row.sending_until_at = None
    if marked == "yes":
        row.body = {**row.body, "again": True}
    else:
        row.attempts -= 1
    session.flush()
    LEASED.run(session, {"lane": lane, "then": max(at, now), "leased": None})


def hold_channel(session: Session, channel: str, until: datetime) -> None:
    """The platform told the whole bot to wait: every lane of the channel does, also one that opens meanwhile.

    The hold is a row of its own: whoever claims looks at it, so no lane but the claimed ones is touched or locked.
    """
    HELD.run(session, {"channel": channel, "until_at": until})


HELD = upsert(
    ChannelHold.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["channel"],
        set_={"until_at": new.excluded.until_at},
        where=ChannelHold.until_at < new.excluded.until_at,
    ),
)


def drop_question(session: Session, account_id: int, question: str) -> None:
    """An earlier showing of this prompt that has not left yet is not worth sending any more."""
    session.execute(LANES_OF_QUESTION, {"account": account_id, "question": question})
    session.execute(
        update(Outbox)
        .where(Outbox.account_id == account_id, Outbox.question == question, Outbox.state == "queued")
        .values(state="dropped", reason="replaced")
    )


# Held before the messages in them, as whoever claims or writes does.
LANES_OF_QUESTION = (
    select(Lane.id)
    .where(
        Lane.id.in_(
            select(Outbox.lane_id).where(
                Outbox.account_id == bindparam("account"),
                Outbox.question == bindparam("question"),
                Outbox.state == "queued",
            )
        )
    )
    .order_by(Lane.id)
    .with_for_update()
)


def live_message(
    session: Session,
    account_id: int,
    *,
    ticket_id: int | None = None,
    question: str = "",
) -> tuple[str, dict[str, Any]] | None:
    """(platform's message id, what was shown) of the newest card of a ticket, or of the prompt, in that chat."""
    # A message about an entry of the ledger has a question of its own: it is no card of the ticket.
    key = Outbox.question == question
    if not question:
        key = key & (Outbox.ticket_id == ticket_id)
    row = session.scalar(
        select(Outbox)
        .where(Outbox.account_id == account_id, key, Outbox.state == "sent", Outbox.message_id != "")
        .order_by(Outbox.id.desc())
        .limit(1)
    )
    return (row.message_id, row.rendered or {}) if row is not None else None


def newest_shown(session: Session, account_id: int) -> dict[str, Any] | None:
    """What the newest message with buttons showed: a typed number means its list."""
    rows = session.scalars(
        select(Outbox)
        .where(Outbox.account_id == account_id, Outbox.state.in_(("sent", "unsure", "sending")))
        .order_by(Outbox.id.desc())
        .limit(10)
    )
    return next((row.rendered for row in rows if row.rendered and row.rendered.get("buttons")), None)


def ticket_of_message(session: Session, account_id: int, message_id: str) -> int | None:
    """Which ticket a message of ours was about: a reply to a card decides without asking."""
    return session.scalar(
        select(Outbox.ticket_id)
        .where(Outbox.account_id == account_id, Outbox.message_id == message_id)
        .order_by(Outbox.id.desc())
        .limit(1)
    )
