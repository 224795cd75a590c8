"""Delivery: a slow platform holds up nobody else, a stop cuts nothing off, whoever renders a card locks no clock."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from bot import sample
from bot.clock import RealClock, SetClock
from bot.house import House
from bot.running import Running
from conversations.engine.messages import Fate, Incoming, Outcome, Scope
from desk.alerting import sitting
from desk.showing import view_of
from storage.tables import Outbox, PromiseRow, Ticket
from tests.doubles.taking import Taking
from tests.scheduler.desk import Desk, open_desk
from tests.test_databases import open_work


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    """A desk with the sample's people."""
    opened = House(
        database_url=database_url, secret_key="k" * 32, media_dir=tmp_path, clock=RealClock(), release="test"
    )
    await opened.work.run(lambda session: sample.load(session, opened.clock.now()))
    await opened.start("127.0.0.1", 0)
    yield opened
    await opened.stop()


async def say(house: House, chat: str, channel: str = "taking") -> None:
    """A stranger's word: answered by one message to that chat."""
    now = house.clock.now()
    await house.receiving.receive(
        Incoming(channel=channel, account=chat, chat=chat, external_id=chat, received_at=now, text="你好")
    )


async def test_a_slow_chat_holds_up_nobody_else(house: House) -> None:
    """Its sending lands by itself; what comes meanwhile leaves."""
    platform = Taking(held={"slow"})
    house.add(platform)
    await say(house, "slow")
    await house.delivery.go()
    await say(house, "quick")
    await house.delivery.go()
    assert platform.begun == ["slow", "quick"]
    platform.let_go.set()
    await house.delivery.land()
    states = await house.work.read(lambda session: session.scalars(select(Outbox.state)).all())
    assert states == ["sent", "sent"]


async def test_a_platform_that_told_the_whole_bot_to_wait_is_waited_for(database_url: str, tmp_path: Path) -> None:
    """By chats that were quiet until then too, and by no other channel; afterwards everything leaves in order."""
    clock = SetClock(datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    house = House(database_url=database_url, secret_key="k" * 32, media_dir=tmp_path, clock=clock, release="test")
    await house.work.run(lambda session: sample.load(session, clock.now()))
    await house.start("127.0.0.1", 0)
    wait = Outcome(fate=Fate.LATER, reason="quota", after_seconds=30, scope=Scope.BOT)
    busy, free = Taking(first=[wait]), Taking(name="other")
    house.add(busy)
    house.add(free)
    await say(house, "first")
    await house.delivery.drain()
    await say(house, "second")
    await say(house, "third", channel="other")
    await house.delivery.drain()
    assert (busy.begun, free.begun) == (["first"], ["third"])
    clock.set(clock.now() + timedelta(seconds=30))
    await house.delivery.drain()
    assert sorted(busy.begun) == ["first", "first", "second"]
    await house.stop()


async def test_a_stop_waits_for_what_is_on_its_way(house: House) -> None:
    """Cut off it would be unsure, and an alarm would be told twice after every deploy."""
    platform = Taking(held={"slow"})
    house.add(platform)
    running = Running(house)
    await running.start()
    await say(house, "slow")
    await platform.has_begun.wait()
    stopping = asyncio.create_task(running.stop())
    await asyncio.sleep(0)
    platform.let_go.set()
    await stopping
    assert await house.work.read(lambda session: session.scalars(select(Outbox.state)).all()) == ["sent"]


async def test_whoever_looks_at_a_ticket_locks_no_clock(postgres_url: str) -> None:
    """Delivery renders while it holds lanes, and an act holds clocks when it wants a lane: they would embrace."""
    act, delivery = open_work(postgres_url), create_async_engine(postgres_url)
    try:
        desk = await open_desk(act)
        (ticket_id,) = await desk.report()
        clocks = select(PromiseRow.id).where(PromiseRow.ticket_id == ticket_id).with_for_update(nowait=True)
        async with AsyncSession(delivery) as looking:
            await looking.run_sync(lambda session: _look(session, desk, ticket_id))
            assert await act.run(lambda session: session.scalars(clocks).all())
    finally:
        await act.close()
        await delivery.dispose()


def _look(session: Session, desk: Desk, ticket_id: int) -> None:
    ticket = session.get_one(Ticket, ticket_id)
    assert view_of(sitting(session, desk.people.rulebook, ticket.reported_at), ticket).clocks
