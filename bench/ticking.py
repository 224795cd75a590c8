"""The clocks' tick on PostgreSQL: 1,000 alarms due among few and many open promises, against one bare statement.

The tick is the product's own, with ladders, routing, evidence and messages; the floor moves the same thousand rows on
in one UPDATE. An empty tick and the plan of the claim show that it costs what is due, not what is open.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import cast

from sqlalchemy import Select, text
from sqlalchemy.orm import Session

from bench.laying import FIRST, copy, copy_tickets
from desk.alarming import ring_what_is_due
from desk.alerting import sitting
from scheduler.runner import Runner
from storage.falling_due import PROMISES
from storage.tables import PromiseRow
from storage.work import PostgresWork
from tests.databases import PostgresServer
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import Desk, open_desk

DUE = 1000
ROUNDS = 5  # of the floor, and as many of the tick: each has a thousand of its own
EMPTY_TICKS = 50
BATCH = 250  # tickets that one claim asks for
OF_A_TICKET = 10  # open promises of one ticket, where they are not due
HALF = NOW + timedelta(minutes=5)  # the first rung of a fault's first clock
LATER = NOW + timedelta(days=30)

BARE = text(
    "UPDATE promises SET stage = 'half', next_alarm_at = :later WHERE id IN (SELECT id FROM promises"
    " WHERE next_alarm_at <= :now ORDER BY next_alarm_at LIMIT 1000 FOR UPDATE SKIP LOCKED) RETURNING id"
)


@dataclass(frozen=True)
class Tick:
    """Milliseconds, medians over the rounds; `index` is what the claim reads the promises by."""

    open: int
    floor: float
    tick: float
    empty: float
    index: str


async def tick(server: PostgresServer, open_promises: int) -> Tick:
    """Lay so many open promises, of which a thousand fall due in each round, and ring them."""
    async with server.fresh() as url:
        work = PostgresWork(url, lambda _names: None)
        try:
            desk = await open_desk(work)
            (ticket,) = await desk.report()
            await work.run(lambda session: _lay(session, ticket, open_promises))
            return await _measured(work, desk, open_promises)
        finally:
            await work.close()


async def _measured(work: PostgresWork, desk: Desk, open_promises: int) -> Tick:
    runner = Runner(work, desk.people.rulebook, ())
    gc.collect()
    gc.freeze()  # as `python -m bot` does when it is up
    floors, ticks = [], []
    for one in range(0, 2 * ROUNDS, 2):
        floors.append(await _timed(work, _bare(one)))
        began = perf_counter()
        rung = await runner.run(_moment(one + 1))
        ticks.append((perf_counter() - began) * 1000)
        if rung != DUE:
            raise RuntimeError(f"{rung} tickets were rung, not {DUE}")
    empty = [await _timed(work, _empty(desk)) for _ in range(EMPTY_TICKS)]
    index = await work.read(_index)
    return Tick(open_promises, median(floors), median(ticks), median(empty), index)


def _moment(number: int) -> datetime:
    return HALF + timedelta(seconds=number)


def _bare(number: int) -> Callable[[Session], None]:
    def body(session: Session) -> None:
        moved = session.execute(BARE, {"now": _moment(number), "later": LATER}).all()
        if len(moved) != DUE:
            raise RuntimeError(f"{len(moved)} rows were due, not {DUE}")

    return body


def _empty(desk: Desk) -> Callable[[Session], None]:
    def body(session: Session) -> None:
        ring_what_is_due(sitting(session, desk.people.rulebook, _moment(2 * ROUNDS)))

    return body


async def _timed(work: PostgresWork, body: Callable[[Session], None]) -> float:
    began = perf_counter()
    await work.run(body)
    return (perf_counter() - began) * 1000


def _claim(session: Session) -> str:
    """The statement itself by which a tick finds and locks what is due."""
    if PROMISES.tickets is None:
        raise ValueError("promises are of tickets")
    claim = cast("Select[int]", PROMISES.tickets.spelled("postgresql"))
    due = claim.params(now=HALF, few=BATCH)
    return str(due.compile(dialect=session.get_bind().dialect, compile_kwargs={"literal_binds": True}))


def _index(session: Session) -> str:
    """The line of the plan that finds the promises."""
    lines = [str(line).strip() for line in session.scalars(text(f"EXPLAIN {_claim(session)}"))]
    return next((line.partition("  (")[0] for line in lines if "promises" in line and "Scan" in line), lines[0])


def _lay(session: Session, ticket: int, open_promises: int) -> None:
    """Copies of the one ticket and of its first clock: a thousand of each round, and the open ones."""
    session.execute(text("UPDATE promises SET next_alarm_at = NULL"))
    due = 2 * ROUNDS * DUE
    copied = {"id": f"{FIRST} + g", "ordinal": f"{FIRST} + g", "number": "'bench-' || g"}
    copy_tickets(session, ticket, due + open_promises // OF_A_TICKET, copied)
    first = f"id = (SELECT min(id) FROM promises WHERE ticket_id = {ticket})"
    falls_due = f"timestamptz '{HALF.isoformat()}' + (g / {DUE}) * interval '1 second'"
    its_own = {"id": f"{FIRST} + g", "ticket_id": f"{FIRST} + g", "next_alarm_at": falls_due}
    copy(session, PromiseRow, first, due, its_own)
    of_others = {
        "id": f"{FIRST + due} + g",
        "ticket_id": f"{FIRST + due} + g / {OF_A_TICKET}",
        "step": f"g % {OF_A_TICKET}",
        "next_alarm_at": f"timestamptz '{LATER.isoformat()}' + g * interval '1 second'",
    }
    copy(session, PromiseRow, first, open_promises, of_others)
    session.execute(text("ANALYZE"))
