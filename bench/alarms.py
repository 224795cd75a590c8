"""Alarms in earnest, on PostgreSQL: how late they leave at thirty a second, and that four workers send each once.

The desks are whole: their jobs tick, their sleepers wake, delivery takes each message to a platform that only counts.
Every clock is its own ticket's, of one of many engineers, so that every alarm is one message.
"""

import asyncio
import logging
import multiprocessing
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from agreement.words import Role
from bench.laying import FIRST, copy, copy_tickets
from bench.product import SCHOOL, a_house, delivering, listening
from bot import sample
from bot.clock import RealClock
from bot.house import House
from bot.workdays import load_calendar
from conversations.engine.messages import Outcome, Outgoing
from desk import clock_rows, seeding
from desk.alerting import sitting
from desk.reporting import Matter, report
from desk.rulebook import Rulebook, store_policy
from storage.tables import Outbox, PromiseRow
from tests.doubles.taking import Taking

ENGINEERS = 60
A_SECOND = 30  # alarms, where lateness is measured
BEFORE = timedelta(seconds=3)  # the first falls due so long after the desk is up
RESPONSE = timedelta(hours=20)  # long enough that no second rung is reached while the first are rung
HALF = RESPONSE / 2
PATIENCE_SECONDS = 3600


@dataclass
class Counting(Taking):
    """Remembers which row of the outbox was sent when."""

    sent: list[tuple[int, datetime]] = field(default_factory=list)

    async def send(self, message: Outgoing) -> Outcome:
        """Taken at once, and written down."""
        self.sent.append((int(message.key), RealClock().now()))
        return await super().send(message)


@dataclass(frozen=True)
class Once:
    """What came of so many alarms among so many workers: a ticket is told once, or twice, or never."""

    alarms: int
    workers: int
    messages: int
    once: int
    twice: int
    never: int
    by_worker: Sequence[int]
    seconds: float


async def lateness(url: str, seconds: int) -> list[float]:
    """Seconds from the moment at which an alarm was due to the start of its sending, ordered."""
    count = A_SECOND * seconds
    async with _desk(url) as (house, platform):
        first = house.clock.now() + BEFORE
        await house.work.run(lambda session: _prepare(session, count, first, 1 / A_SECOND))
        async with delivering(house):
            await _until_sent(house, count)
        tickets = dict(await house.work.read(_told))
    due_at = {FIRST + one: first + timedelta(seconds=one / A_SECOND) for one in range(count)}
    late = [(at - due_at[tickets[key]]).total_seconds() for key, at in platform.sent if key in tickets]
    assert len(late) == count, f"{len(late)} messages for {count} alarms"
    return sorted(late)


async def exactly_once(url: str, count: int, workers: int) -> Once:
    """All due already: whole desks in processes of their own race for them."""
    async with _desk(url) as (house, _):
        due_at = house.clock.now() - timedelta(minutes=1)
        await house.work.run(lambda session: _prepare(session, count, due_at, 0))
        began = perf_counter()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=spawn) as pool:
            racing = [asyncio.wrap_future(pool.submit(worker, url, count)) for _ in range(workers)]
            sent = await asyncio.gather(*racing)
        seconds = perf_counter() - began
        tickets = dict(await house.work.read(_told))
    times = Counter(tickets[key] for one in sent for key in one if key in tickets)
    return Once(
        alarms=count,
        workers=workers,
        messages=len(tickets),
        once=sum(1 for times_of_one in times.values() if times_of_one == 1),
        twice=sum(1 for times_of_one in times.values() if times_of_one > 1),
        never=count - len(times),
        by_worker=[len(one) for one in sent],
        seconds=seconds,
    )


def worker(url: str, count: int) -> list[int]:
    """One whole desk, until every alarm has left; which rows of the outbox it sent."""

    async def run() -> list[int]:
        async with _desk(url) as (house, platform):
            async with delivering(house):
                await _until_sent(house, count)
            return [key for key, _ in platform.sent]

    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # a tick may find the last one at work
    return asyncio.run(run())


@asynccontextmanager
async def _desk(url: str) -> AsyncIterator[tuple[House, Counting]]:
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as media:
        house, platform = a_house(url, Path(media)), Counting("web")
        house.add(platform)
        async with listening(house):
            yield house, platform


async def _until_sent(house: House, count: int) -> None:
    """Asked of the tables now and then, by an index."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await house.work.read(_sent) < count:  # noqa: ASYNC110 - other processes send as well
            await asyncio.sleep(0.5)


def _sent(session: Session) -> int:
    sent = select(func.count()).where(Outbox.ticket_id >= FIRST, Outbox.state == "sent")
    return session.scalars(sent).one()


def _told(session: Session) -> list[tuple[int, int]]:
    """(row of the outbox, ticket) of every alarm's message."""
    rows = session.execute(select(Outbox.id, Outbox.ticket_id).where(Outbox.ticket_id >= FIRST))
    return [(key, ticket) for key, ticket in rows if ticket is not None]


def _prepare(session: Session, count: int, first_due_at: datetime, apart_seconds: float) -> None:
    """An empty database becomes a desk with so many clocks about to reach their first rung."""
    _seed(session, RealClock().now())
    _lay(session, count, first_due_at, apart_seconds)


def _seed(session: Session, now: datetime) -> None:
    """The sample's desk, sixty engineers, and one fault that has twenty hours to be answered."""
    rulebook = Rulebook()
    load_calendar(session, rulebook, now)
    sample.load(session, now)
    for number in range(ENGINEERS):
        engineer = seeding.person(session, now, f"工程师{number}")
        seeding.member(session, now, engineer, Role.ENGINEER, None)
        seeding.account(session, now, engineer, channel="web", external=f"bench-engineer-{number}")
    school = seeding.school(session, now, SCHOOL)
    matter = Matter(school_id=school, text="302教室的成绩系统打不开了", reported_at=now)
    clock = sitting(session, rulebook, now)
    ticket = report(clock, matter, reporter_id=None, reporter_account_id=None, channel="web")
    policy = store_policy(session, now=now, overrides={"fault-response": f"{RESPONSE // timedelta(hours=1)} hours"})
    session.flush()
    session.execute(update(PromiseRow).where(PromiseRow.ticket_id == ticket.id).values(policy_id=policy))
    session.execute(update(PromiseRow).where(PromiseRow.promise != "fault-response").values(next_alarm_at=None))
    session.expire_all()
    [row] = session.scalars(select(PromiseRow).where(PromiseRow.promise == "fault-response"))
    clock_rows.refresh(clock, row)


def _lay(session: Session, count: int, first_due_at: datetime, apart_seconds: float) -> None:
    """Copies whose first rungs are reached so far apart, one ticket each, shared out among the engineers."""
    [row] = session.scalars(select(PromiseRow).where(PromiseRow.promise == "fault-response"))
    at = f"timestamptz '{first_due_at.isoformat()}' + g * interval '{apart_seconds:.6f} seconds'"
    half, whole = (f"interval '{one.total_seconds()} seconds'" for one in (HALF, RESPONSE))
    written = f"to_char(({at} - {half}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
    one_of = f"max(person_id) - {ENGINEERS - 1} + g % {ENGINEERS}"
    of_ticket = {
        "id": f"{FIRST} + g",
        "ordinal": f"{FIRST} + g",
        "number": "'bench-' || g",
        "assignee_id": f"(SELECT {one_of} FROM accounts WHERE external LIKE 'bench-engineer%')",
    }
    copy_tickets(session, row.ticket_id, count, of_ticket)
    of_clock = {
        "id": f"{FIRST} + g",
        "ticket_id": f"{FIRST} + g",
        "segments": f"'[{{\"kind\": \"started\", \"at\": \"' || {written} || '\"}}]'",
        "started_at": f"{at} - {half}",
        "due_at": f"{at} - {half} + {whole}",
        "next_alarm_at": at,
    }
    copy(session, PromiseRow, f"id = {row.id}", count, of_clock)
    session.execute(update(PromiseRow).where(PromiseRow.id == row.id).values(next_alarm_at=None))
    session.execute(text("ANALYZE"))
