"""Messages into the outbox with the lanes that they wait in: one statement on PostgreSQL, two on SQLite.

Every message ends with them, and each statement is a way to the server and back. Lanes are touched in the order that
they are given in; messages are numbered in the order of theirs, and one whose `telling` is there already is left out.
"""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import Insert, Table, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from storage.many import Columns, arrays_of, table_of_arrays
from storage.prepared import Prepared, Row, upsert
from storage.tables import Lane, Outbox

LANES, OUTBOX = cast("Table", Lane.__table__), cast("Table", Outbox.__table__)
OF_LANE: Columns = {name: LANES.c[name].type for name in ("channel", "chat", "next_at")}
WRITTEN = (
    "account_id", "person_id", "telling", "weight", "body", "ticket_id", "event_id", "question", "state", "attempts",
    "created_at", "message_id", "reason",
)  # fmt: skip
OF_MESSAGE: Columns = {
    **{f"to_{name}": LANES.c[name].type for name in ("channel", "chat")},
    **{name: OUTBOX.c[name].type for name in WRITTEN},
}


def queue(session: Session, lanes: Sequence[Row], messages: Sequence[Row]) -> None:
    """`lanes` with channel, chat and next_at; `messages` with the columns of the outbox, to_channel and to_chat."""
    if session.get_bind().dialect.name == "postgresql":
        QUEUED.run(session, {**arrays_of(OF_LANE, lanes), **arrays_of(OF_MESSAGE, messages)})
        return
    opened = {(channel, chat): lane for lane, channel, chat in OPENED.together(session, lanes)}
    MESSAGES.run(session, *[_in_lane(opened[one["to_channel"], one["to_chat"]], one) for one in messages])


def _in_lane(lane: int, message: Row) -> Row:
    return {"lane_id": lane, **{name: message[name] for name in WRITTEN}}


def _opening(new: postgresql.Insert) -> Insert:
    """A lane that waits out a platform's "later" keeps its own moment; an empty one starts now."""
    return new.on_conflict_do_update(
        index_elements=["channel", "chat"], set_={"next_at": func.coalesce(LANES.c.next_at, new.excluded.next_at)}
    ).returning(LANES.c.id, LANES.c.channel, LANES.c.chat)


def _once(new: postgresql.Insert) -> Insert:
    return new.on_conflict_do_nothing(index_elements=["telling"])


def _in_one() -> Insert:
    lanes, messages = table_of_arrays(OF_LANE, "lane"), table_of_arrays(OF_MESSAGE, "message")
    in_order = select(*[lanes.c[name] for name in OF_LANE]).order_by(lanes.c.nth)
    new = postgresql.insert(LANES).from_select(list(OF_LANE), in_order, include_defaults=False)
    opened = _opening(new).cte("opened")
    its_lane = (opened.c.channel == messages.c.to_channel) & (opened.c.chat == messages.c.to_chat)
    rows = (
        select(opened.c.id, *[messages.c[name] for name in WRITTEN])
        .join_from(messages, opened, its_lane)
        .order_by(messages.c.nth)
    )
    return _once(postgresql.insert(OUTBOX).from_select(["lane_id", *WRITTEN], rows, include_defaults=False))


OPENED = upsert(LANES, _opening)
MESSAGES = upsert(OUTBOX, _once)
QUEUED = Prepared({"postgresql": _in_one()})
