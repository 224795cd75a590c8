"""Ticket, then its clocks, then the outbox: acts and the clocks' tick lock in one order and never embrace.

Two real connections of PostgreSQL, held open by hand, so that no second try hides a deadlock.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session

from agreement.promises import Keeping
from bot.house import open_work
from bot.waking import Waking
from desk import watching
from desk.access import locked
from desk.alarming import ring_what_is_due
from desk.events import append
from desk.handling import acknowledge
from desk.remembering import remember_what_is_due
from desk.reminding import at as remind_at
from desk.reminding import drop
from storage.database import open_postgres
from storage.tables import Ticket
from storage.work import Work
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import MINUTE, Desk, open_desk

PATIENCE_SECONDS = 5  # PostgreSQL finds a deadlock after one
LATER = NOW + 5 * MINUTE


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    opened = open_postgres(postgres_url)
    yield opened
    await opened.dispose()


@pytest.fixture
async def desk(postgres_url: str) -> AsyncIterator[Desk]:
    work: Work = open_work(postgres_url, Waking())
    yield await open_desk(work)
    await work.close()


async def test_a_tick_passes_over_a_ticket_that_an_act_has_locked(engine: AsyncEngine, desk: Desk) -> None:
    """It neither waits nor takes the clocks away from the act, which keeps them a moment later."""
    [ticket] = await desk.report()
    async with AsyncSession(engine) as act:
        await act.run_sync(lambda session: locked(desk.people.sitting("engineer", session=session), ticket))
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await desk.tick(LATER) == 0
            await act.run_sync(partial(_keep, desk, ticket))
        await act.commit()
    await desk.tick(LATER)
    assert await desk.alarms() == []


def _keep(desk: Desk, ticket_id: int, session: Session) -> None:
    sitting = desk.people.sitting("engineer", session=session)
    ticket = session.get_one(Ticket, ticket_id)
    event = append(sitting, ticket, "acknowledge")
    watching.keep(sitting, ticket, Keeping.ACKNOWLEDGED, event)
    session.flush()


async def test_an_act_waits_for_a_tick_and_sees_what_it_did(engine: AsyncEngine, desk: Desk) -> None:
    """Both end; neither is thrown out as the victim of a deadlock."""
    [ticket] = await desk.report()
    async with AsyncSession(engine) as tick, AsyncSession(engine) as act:
        rung = await tick.run_sync(
            lambda session: ring_what_is_due(desk.people.sitting("", LATER - NOW, session=session))
        )
        acting = asyncio.create_task(
            act.run_sync(
                lambda session: acknowledge(desk.people.sitting("engineer", LATER - NOW, session=session), ticket)
            )
        )
        await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await tick.commit()
            await acting
        await act.commit()
    assert rung == 1
    assert {stage for _, stage, _ in await desk.alarms()} == {"half"}
    assert (await desk.clocks(ticket))["fault-response"].state == "kept"


async def test_reminders_keep_to_the_same_order(engine: AsyncEngine, desk: Desk) -> None:
    """The customer's answer drops the reminders of a ticket while the clock looks for them."""
    [ticket] = await desk.report()
    await desk.work.run(lambda session: _remind(desk, ticket, session))
    async with AsyncSession(engine) as act:
        await act.run_sync(lambda session: locked(desk.people.sitting("reporter", session=session), ticket))
        async with asyncio.timeout(PATIENCE_SECONDS):
            claimed = await desk.work.run(
                lambda session: remember_what_is_due(desk.people.sitting("", LATER - NOW, session=session))
            )
            await act.run_sync(partial(_drop, desk, ticket))
        await act.commit()
    assert claimed == 0
    assert await desk.told("opinion_reminder") == []


def _remind(desk: Desk, ticket_id: int, session: Session) -> None:
    sitting = desk.people.sitting("", session=session)
    remind_at(sitting, session.get_one(Ticket, ticket_id), "opinion_reminder_1", LATER, 0)


def _drop(desk: Desk, ticket_id: int, session: Session) -> None:
    drop(desk.people.sitting("reporter", session=session), session.get_one(Ticket, ticket_id))
