"""The unit of work when what is around it breaks."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from desk import seeding
from storage.prepared import Prepared
from storage.tables import Person
from storage.work import PostgresWork
from tests.test_databases import NOON

NAME = Prepared(select(Person.language, Person.name).where(Person.id == bindparam("person")))
WAITED = Prepared(select(func.pg_sleep(bindparam("seconds"))))


@pytest.fixture
async def other(postgres_url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection beside the work's own."""
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    yield connection
    await connection.close()


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[PostgresWork]:
    opened = PostgresWork(postgres_url, lambda _: None)
    yield opened
    await opened.close()


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
