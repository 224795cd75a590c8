"""What became of each message: rendered, sent, refused, put off or dropped; booked once, and its lane freed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, case, func, select, update
from sqlalchemy.orm import Session

from storage.leasing import IS_WAITING, LEASED, NOW, WAITING
from storage.prepared import Prepared, upsert
from storage.tables import ChannelHold, Lane, Outbox
from storage.work import wake
from storage.written_out import is_given

DELIVERY = "delivery"  # woken when something can leave
SENT = "sent"  # woken when a message was sent: pages that show it read it then


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
MORE = select(Outbox.id).where(Outbox.lane_id == bindparam("lane"), IS_WAITING).exists()
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
        .where(Outbox.account_id == account_id, Outbox.question == question, is_given(Outbox.question))
        .where(Outbox.state == "queued")
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
                is_given(Outbox.question),
                Outbox.state == "queued",
            )
        )
    )
    .order_by(Lane.id)
    .with_for_update()
)
