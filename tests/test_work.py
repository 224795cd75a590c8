"""The unit of work when what is around it breaks: a caller that is gone, a migration under way, a bad neighbour."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desk import seeding
from storage.database import DatabaseAwayError
from storage.prepared import Prepared
from storage.tables import Person
from storage.work import TURNS, PostgresWork, Work
from tests.test_databases import NOON, open_work

LANGUAGE = Prepared(select(Person.id, Person.language).where(Person.id == bindparam("person")))
NAME = Prepared(select(Person.language, Person.name).where(Person.id == bindparam("person")))
WAITED = Prepared(select(func.pg_sleep(bindparam("seconds"))))


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    opened = open_work(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection beside the work's own."""
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()


def add(session: Session) -> int:
    return seeding.person(session, NOON, "王老师")


@pytest.mark.parametrize("turns", [*range(1, 12), 40])
async def test_what_follows_a_caller_that_is_gone_is_committed(
    on_postgres: PostgresWork, other: "asyncpg.Connection[asyncpg.Record]", turns: int
) -> None:
    """Wherever it stood, also at its BEGIN: the connection does not come back with a transaction that nobody ends."""
    await on_postgres.run(add)

    def gone(session: Session) -> None:
        NAME.rows(session, {"person": 1})
        WAITED.rows(session, {"seconds": 5})

    caller = asyncio.ensure_future(on_postgres.run(gone))
    for _ in range(turns):
        await asyncio.sleep(0)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    await on_postgres.run(add)
    assert await other.fetchval("SELECT count(*) FROM people") == 2


async def test_a_migration_under_way_fails_nobody(
    on_postgres: PostgresWork, other: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Every connection remembers statements that return what the column was: first in a transaction or not."""
    person = await on_postgres.run(add)

    def look(session: Session) -> str:
        LANGUAGE.rows(session, {"person": person})
        WAITED.rows(session, {"seconds": 0.01})
        return str(NAME.rows(session, {"person": person})[0][0])

    async def all_look() -> list[str]:
        return await asyncio.gather(*(how(look) for how in (on_postgres.run, on_postgres.read) for _ in range(10)))

    await all_look()
    await other.execute("ALTER TABLE people ALTER COLUMN language TYPE varchar(50)")
    assert await all_look() == ["zh"] * 20


async def test_a_neighbour_that_stops_an_iteration_keeps_nobody_waiting(work: Work) -> None:
    """A future does not take StopIteration; whoever shares the commit hears all the same."""

    def stopped(_session: Session) -> None:
        next(iter(()))

    async with asyncio.timeout(10):
        bodies = (stopped, add, add, add)
        first, *others = await asyncio.gather(*(work.run(one) for one in bodies), return_exceptions=True)
    assert isinstance(first, RuntimeError)
    assert set(others) == {1, 2, 3}


async def test_whoever_asks_of_a_closed_database_is_told(tmp_path: Path) -> None:
    closed = open_work(f"sqlite:///{tmp_path}/closed.db")
    await closed.close()
    async with asyncio.timeout(10):
        with pytest.raises(DatabaseAwayError):
            await closed.run(add)


async def test_only_messages_wait_for_their_turn(
    on_postgres: PostgresWork, other: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Messages that hang on somebody's lock hold every turn there is; what is due is done all the same."""
    person = await on_postgres.run(add)
    holding = other.transaction()
    await holding.start()
    await other.execute("SELECT FROM people WHERE id = $1 FOR UPDATE", person)
    locked = select(Person.id).where(Person.id == person).with_for_update()

    def look(session: Session) -> int | None:
        return session.scalar(locked)

    hanging = [asyncio.ensure_future(on_postgres.run_in_turn(look)) for _ in range(2 * TURNS)]
    async with asyncio.timeout(20):
        assert await on_postgres.run(add) == person + 1
        await holding.rollback()
        assert await asyncio.gather(*hanging) == [person] * (2 * TURNS)
