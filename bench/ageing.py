"""A desk with years behind it beside one that has just begun: what was ever said must not slow the next message.

The years are copies of one closed ticket with events, kept promises, messages sent and received; each of the teachers
who write has some of them, and one engineer was told of all.
"""

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from agreement.words import PromiseState, State
from bench.contender import Contender
from bench.laying import Kind, copy
from bench.product import CONNECTIONS, TEACHERS, delivering, product, say
from bot.house import House
from storage.tables import Event, Inbox, Outbox, Person, PromiseRow, Ticket

REPORTER = "bench-0-0"
EVENTS, PROMISES, SENT, RECEIVED = 8, 2, 5, 4  # of each ticket
BEHIND = 1_000_000_000  # ids of copies begin here: PostgreSQL's own never get there, SQLite's go on from there
OWN = "'bench-' || g"
STEPS = {"step": f"g % {PROMISES}"}


def both(fresh: str, aged: str, tickets: int) -> list[Contender]:
    """The desk twice, each on an empty database, one of them with so many tickets before it is loaded."""

    async def past(house: House) -> None:
        for words in ("302教室的投影打不开了", "1"):
            await say(house, REPORTER, words)
        await house.settle()
        await house.work.run(lambda session: _lay(session, tickets))

    begins = product("a desk that begins", fresh, delivering)
    return [begins, product(f"after {tickets:,} tickets", aged, delivering, past)]


def _lay(session: Session, tickets: int) -> None:
    one = session.scalars(select(Ticket.id)).one()
    session.execute(update(Ticket).values(state=State.ARCHIVED.value))
    session.execute(update(PromiseRow).values(state=PromiseState.KEPT.value, next_alarm_at=None))
    teacher = session.scalars(select(Person.id).where(Person.name.startswith("老师")).order_by(Person.id)).first()
    its_own = {"ordinal": f"{BEHIND} + g", "number": OWN, "reporter_id": f"{teacher} + g % {CONNECTIONS * TEACHERS}"}
    copy(session, Ticket, f"id = {one}", tickets, {"id": f"{BEHIND} + g", **its_own})
    told = {"telling": OWN, "state": "'sent'", "message_id": OWN}
    for kind, each, changed in ((Event, EVENTS, {}), (PromiseRow, PROMISES, STEPS), (Outbox, SENT, told)):
        ticket = {"id": f"{BEHIND} + g", "ticket_id": f"{BEHIND} + g / {each}"}
        copy(session, kind, _newest(kind, f"ticket_id = {one}"), tickets * each, {**ticket, **changed})
    message = {"id": f"{BEHIND} + g", "external_id": OWN}
    copy(session, Inbox, _newest(Inbox, "external_id IS NOT NULL"), tickets * RECEIVED, message)
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))  # as the server does by itself after a while


def _newest(kind: Kind, which: str) -> str:
    return f"id = (SELECT max(id) FROM {kind.__tablename__} WHERE {which})"
