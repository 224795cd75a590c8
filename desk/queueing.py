"""Messages into the outbox: each on its lane, the same telling once; and the preferred lines of people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from desk.crew import Line
from storage.outbox import DELIVERY
from storage.prepared import Prepared, Row
from storage.queueing import queue
from storage.tables import Account, Person
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
    lanes = [{"channel": channel, "chat": chat, "next_at": now} for (channel, chat), now in sorted(chats.items())]
    queue(session, lanes, [_row(one, now) for now, one in tellings])
    wake(session, DELIVERY)


def _row(one: Telling, now: datetime) -> Row:
    return {
        "to_channel": one.line.channel,
        "to_chat": one.line.chat,
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
