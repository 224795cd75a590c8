"""From an event and the table of notices to outbox rows: who, on which line, what, how.

A row names the notice and its values, not its text: delivery renders the card of the moment it leaves, in the
reader's language. The unique `telling` key lets nobody be told the same thing twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from desk.crew import Line, crew_of
from desk.notices import Audience, How, Notice, notices_of
from desk.sitting import Sitting
from storage.outbox import DELIVERY
from storage.prepared import upsert
from storage.tables import Account, Call, Event, Lane, Outbox, Person, Ticket
from storage.work import wake
from texts.say import to_json

__all__ = ["DELIVERY", "Line", "Telling", "call_needed", "lines_of_people", "put", "tell"]



def tell(
    sitting: Sitting,
    ticket: Ticket,
    event: Event,
    *,
    named: Iterable[int] = (),
    values: Mapping[str, object] | None = None,
    occasion: str = "",
    first: int | None = None,
) -> None:
    """Write the outbox rows of one event. `named` are the people that the event itself names.

    `occasion` picks other rows of the table than the event's own: an acknowledgement that another act implies
    is told by that act. `first` is whose phone rings among those on duty; the others get it quietly.
    """
    rows = [row for row in notices_of(occasion or event.name) if row.audience is not Audience.NOBODY]
    if not rows:
        return
    crew = crew_of(sitting, ticket, rows, frozenset(named))
    told: set[int] = set()
    messages: list[tuple[Line, Notice]] = []
    for row in rows:
        for person_key, lines in crew.audience(row.audience, told):
            told.add(person_key)
            line = next((one for one in lines if one.reachable), None)
            if line is None:
                _ask_to_call(sitting, ticket, lines, row)
            else:
                messages.append((line, row))
    put(
        sitting.session,
        sitting.now,
        [
            Telling(
                line=line,
                key=f"e{event.id}:{line.account_id}",
                weight=row.weight.value,
                ticket_id=ticket.id,
                event_id=event.id,
                question=entry_question((values or {}).get("entry")),
                body=_body(ticket, row, _how(row, line, first), values or {}),
            )
            for line, row in messages
        ],
    )


def _how(row: Notice, line: Line, first: int | None) -> str:
    """Every engineer on duty holds the card of a new ticket; one phone rings (desk/routing.py)."""
    rings = row.audience is not Audience.ON_DUTY or first in {None, line.person_id}
    return row.how.value if rings else How.QUIET.value


def _body(ticket: Ticket, row: Notice, how: str, values: Mapping[str, object]) -> dict[str, object]:
    body: dict[str, object] = {"notice": row.name, "how": how, "values": _as_json(values)}
    if row.papers:
        body["papers"] = {"ticket": ticket.id, "records": [[one.value, 1] for one in row.papers]}
    return body


def entry_question(entry: object) -> str:
    """Marks a message about an entry of the ledger: an edit of the ticket's card must not take its place."""
    return f"entry{entry}" if entry else ""


def _as_json(values: Mapping[str, object]) -> dict[str, object]:
    return {name: to_json(value) for name, value in values.items()}


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
    """Queue messages in the lanes of their chats. Lanes are touched in one order: two writers never embrace."""
    if not tellings:
        return
    chats = sorted({(one.line.channel, one.line.chat) for one in tellings})
    lanes = _open_lanes(session, now, chats)
    rows = [
        {
            "lane_id": lanes[(one.line.channel, one.line.chat)],
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
        for one in tellings
    ]
    WRITTEN.run(session, *rows)
    wake(session, DELIVERY)


def _open_lanes(session: Session, now: datetime, chats: list[tuple[str, str]]) -> dict[tuple[str, str], int]:
    rows = [{"channel": channel, "chat": chat, "next_at": now} for channel, chat in chats]
    return {(channel, chat): lane for lane, channel, chat in OPENED.together(session, rows)}


WRITTEN = upsert(Outbox.__table__, lambda new: new.on_conflict_do_nothing(index_elements=["telling"]))
# A lane that waits out a platform's "later" keeps its own moment; an empty one starts now.
OPENED = upsert(
    Lane.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["channel", "chat"],
        set_={"next_at": func.coalesce(Lane.next_at, new.excluded.next_at)},
    ).returning(Lane.id, Lane.channel, Lane.chat),
)


def _ask_to_call(sitting: Sitting, ticket: Ticket, lines: Sequence[Line], row: Notice) -> None:
    """Nobody is silently left out: a person without a line that takes messages becomes a call for a human."""
    person_id = next((line.person_id for line in lines if line.person_id is not None), None)
    if person_id is not None and row.how is How.RING:
        call_needed(sitting.session, sitting.now, person_id, ticket.id, "no_line")


def call_needed(session: Session, now: datetime, person_id: int, ticket_id: int | None, reason: str) -> bool:
    """Book a call unless one is open for this person and ticket. True if it is new."""
    open_call = select(Call.id).where(
        Call.person_id == person_id, Call.ticket_id == ticket_id, Call.done_at.is_(None)
    )
    if session.scalar(open_call) is not None:
        return False
    session.execute(
        insert(Call).values(person_id=person_id, ticket_id=ticket_id, reason=reason, created_at=now)
    )
    return True


def lines_of_people(session: Session, people: Sequence[int]) -> dict[int, Line]:
    """The preferred reachable line of each of these people."""
    query = (
        select(Account.id, Account.channel, Account.chat, Account.person_id)
        .join(Person, Person.id == Account.person_id)
        .where(Account.person_id.in_(people), Account.is_reachable.is_(True))
        .order_by(Account.rank.desc(), Account.id.desc())
    )
    return {
        person_id: Line(account_id, channel, chat, person_id, None, on_duty=False, reachable=True)
        for account_id, channel, chat, person_id in session.execute(query)
        if person_id is not None
    }
