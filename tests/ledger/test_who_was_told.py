"""The evidence names of each promise whom its own rungs told, whatever else rang in the same message."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Promise
from desk import archiving, finishing, opinions
from desk.evidence_alarms import ALARM, alarms_of
from storage.tables import Alarm, Event, Person, PromiseRow, Ticket
from storage.work import do_last
from tests.ledger.ground import Ground, on

DAY = 24 * 60
RUNGS = (5, 8, 10, 10.1, 20, 30, 48, 60, 60.1)  # minutes at which a rung of an urgent fault is reached

Told = Sequence[tuple[str, str]]


def clock(session: Session, ticket: Ticket, promise: Promise) -> PromiseRow:
    query = select(PromiseRow).where(PromiseRow.ticket_id == ticket.id, PromiseRow.promise == promise.value)
    return session.scalars(query.order_by(PromiseRow.id)).first() or PromiseRow()


def in_the_table(session: Session, row: PromiseRow) -> Told:
    """(rung, name) of everybody who was told of this clock, as the key keeps it."""
    query = select(Alarm.stage, Person.name).join(Person, Person.id == Alarm.person_id)
    return sorted((stage, name) for stage, name in session.execute(query.where(Alarm.promise_id == row.id)))


def on_the_sheet(ground: Ground, ticket: Ticket, row: PromiseRow, minutes: float) -> Told:
    do_last(ground.session)
    lines = alarms_of(ground.sitting("manager", minutes), ticket, row)
    return sorted((stage, one.who) for one in lines for stage in one.stages)


async def test_two_promises_in_one_message_each_name_their_own(database_url: str) -> None:
    """紧急派出 at half and 故障响应 after it is due come together, and tell different people."""

    def body(session: Session) -> None:
        ground = Ground(session)
        ticket = ground.report(urgent=True)
        for minutes in RUNGS:
            ground.tick(minutes)
        for promise in (Promise.FAULT_RESPONSE, Promise.URGENT_DISPATCH):
            row = clock(session, ticket, promise)
            assert in_the_table(session, row)
            assert on_the_sheet(ground, ticket, row, 61) == in_the_table(session, row)

    await on(database_url, body)


def owed_since_before(ground: Ground) -> Ticket:
    """An urgent fault is put right without its fix plan, and comes back; then the desk is down for a day."""
    ticket = ground.report(urgent=True)
    finishing.done(ground.sitting("assignee", 5), ticket.id, words="重启了服务")
    opinions.solved(ground.sitting("reporter", 6), ticket.id)
    archiving.close(ground.sitting("desk", 7), ticket.id)
    opinions.not_solved(ground.sitting("reporter", 3 * DAY + 200), ticket.id)
    ground.tick(4 * DAY + 60)
    return ticket


async def test_a_plan_of_an_earlier_round_that_rings_in_a_later_one_is_told_of(database_url: str) -> None:
    def body(session: Session) -> None:
        ground = Ground(session)
        ticket = owed_since_before(ground)
        row = clock(session, ticket, Promise.URGENT_FIX_PLAN)
        assert in_the_table(session, row)
        assert on_the_sheet(ground, ticket, row, 4 * DAY + 61) == in_the_table(session, row)

    await on(database_url, body)


async def test_an_alarm_of_a_release_before_names_whom_it_named(sqlite_url: str) -> None:
    def body(session: Session) -> None:
        ground = Ground(session)
        ticket = ground.report(urgent=True)
        ground.tick(5)
        row = clock(session, ticket, Promise.FAULT_RESPONSE)
        told = on_the_sheet(ground, ticket, row, 6)
        event = session.scalars(select(Event).where(Event.name == ALARM)).one()
        event.data = {name: value for name, value in event.data.items() if name != "rungs"}
        assert told
        assert on_the_sheet(ground, ticket, row, 6) == told

    await on(sqlite_url, body)
