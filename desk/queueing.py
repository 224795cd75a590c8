"""Messages into the outbox: each on its lane, the same telling once; and the preferred lines of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desk.crew import Line
from storage.many import insert_many
from storage.outbox import DELIVERY
from storage.prepared import Prepared, Row, upsert
from storage.tables import Account, Lane, Outbox, Person
from storage.work import Last, last, wake


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One outbox row to be."""

    line: Line
    key: str
    weight: str
    body: Mapping[str, object]
    ticket_id: int | None = None
    event_id: int | None = None
    question: str = ""


def put(session: Session, now: datetime, tellings: Sequence[Telling]) -> None:
    """Queue messages in the lanes of their chats. They are written with the commit: whoever else tells one of these
    people something waits for their lane until then."""
    if tellings:
        last(session, Last.LANES, _write, (now, tellings))


def _write(session: Session, told: Sequence[tuple[datetime, Sequence[Telling]]]) -> None:
    """All that this transaction tells. Lanes are touched in one order: two writers never embrace."""
    tellings = [(now, one) for now, some in told for one in some]
    chats = {(one.line.channel, one.line.chat): now for now, one in reversed(tellings)}
    lanes = _open_lanes(session, sorted(chats.items()))
    WRITTEN.run(session, [_row(one, now, lanes[(one.line.channel, one.line.chat)]) for now, one in tellings])
    wake(session, DELIVERY)


def _row(one: Telling, now: datetime, lane: int) -> Row:
    return {
        "lane_id": lane,
        "account_id": one.line.account_id,
        "person_id": one.line.person_id,
        "telling": one.key,
        "weight": one.weight,
        "body": dict(one.body),
        "ticket_id": one.ticket_id,
        "event_id": one.event_id,
        "question": one.question,
        "state": "queued",
        "attempts": 0,
        "created_at": now,
        "message_id": "",
        "reason": "",
    }


def _open_lanes(session: Session, chats: Sequence[tuple[tuple[str, str], datetime]]) -> dict[tuple[str, str], int]:
    rows = [{"channel": channel, "chat": chat, "next_at": now} for (channel, chat), now in chats]
    return {(channel, chat): lane for lane, channel, chat in OPENED.together(session, rows)}


WRITTEN = insert_many(
    Outbox.__table__,
    (
        "lane_id",
        "account_id",
        "person_id",
        "telling",
        "weight",
        "body",
        "ticket_id",
        "event_id",
        "question",
        "state",
        "attempts",
        "created_at",
        "message_id",
        "reason",
    ),
    lambda new: new.on_conflict_do_nothing(index_elements=["telling"]),
)
# A lane that waits out a platform's "later" keeps its own moment; an empty one starts now.
OPENED = upsert(
    Lane.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["channel", "chat"],
        set_={"next_at": func.coalesce(Lane.next_at, new.excluded.next_at)},
    ).returning(Lane.id, Lane.channel, Lane.chat),
)


def lines_of_people(session: Session, people: Sequence[int]) -> dict[int, Line]:
    """The preferred reachable line of each of these people."""
    rows = REACHABLE.rows(session, {"people": people}) if people else []
    return {
        person_id: Line(account_id, channel, chat, person_id, None, on_duty=False, reachable=True)
        for account_id, channel, chat, person_id in rows
    }


REACHABLE = Prepared(
    select(Account.id, Account.channel, Account.chat, Account.person_id)
    .join(Person, Person.id == Account.person_id)
    .where(Account.person_id.in_(bindparam("people", expanding=True)), Account.is_reachable.is_(True))
    .order_by(Account.rank.desc(), Account.id.desc())
)
