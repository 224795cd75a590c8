"""The databases that tests stand on: fresh, apart from each other, real."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest
from sqlalchemy import func, insert, make_url, select

from desk.rulebook import store_policy
from storage.tables import Table
from storage.work import PostgresWork, SqliteWork, Work
from tests.databases import PostgresServer, fresh_database

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ONE = Table.metadata.tables["schools"]


def open_work(url: str) -> Work:
    """The unit of work that the house would open on this URL."""
    kind = SqliteWork if make_url(url).get_backend_name() == "sqlite" else PostgresWork
    return kind(url, lambda names: None)


async def test_every_table_is_laid_and_empty(database_url: str) -> None:
    """A fresh database has all the tables of the house and no row in any."""
    work = open_work(database_url)
    counted = await work.read(
        lambda session: [
            session.scalar(select(func.count()).select_from(table)) for table in Table.metadata.sorted_tables
        ]
    )
    assert set(counted) == {0}
    await work.close()


async def test_what_was_committed_is_seen_by_another_connection(database_url: str) -> None:
    """Each Python's driver has its own idea of who commits; only a second connection knows."""
    first, second = open_work(database_url), open_work(database_url)
    await first.run(
        lambda session: session.execute(insert(ONE).values(id=1, name="第一中学", created_at=NOON))
    )
    assert await second.read(lambda session: session.scalar(select(func.count()).select_from(ONE))) == 1
    await first.close()
    await second.close()


@pytest.mark.parametrize("_time", [1, 2])
async def test_no_test_sees_the_rows_of_another(database_url: str, _time: int) -> None:
    """The same row goes in twice, in two tests, for each has a database of its own."""
    work = open_work(database_url)
    school = insert(ONE).values(id=1, name="第一中学", created_at=NOON)
    await work.run(lambda session: session.execute(school))
    await work.close()


async def test_what_is_measured_and_drilled_runs_on_a_server_that_syncs() -> None:
    """What a drill says about lost commits would be worth nothing on one that does not; the fixtures' hurries."""
    async with fresh_database("postgres") as url:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        assert await connection.fetchval("SHOW fsync") == "on"
        assert await connection.fetchval("SHOW synchronous_commit") == "on"
        assert await connection.fetchval("SELECT '应诺'::text") == "应诺"
        await connection.close()


async def test_a_fresh_database_is_gone_afterwards(postgres: PostgresServer) -> None:
    """Dropped also while somebody still hangs on it, so a failed test leaves nothing behind."""
    async with postgres.fresh() as url:
        hanging = await asyncpg.connect(url.replace("+asyncpg", ""))
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(url.replace("+asyncpg", ""))
    hanging.terminate()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_a_program_gets_one_without_pytest(kind: str) -> None:
    """The player of stories and the benchmarks ask for a database by its kind."""
    async with fresh_database("sqlite" if kind == "sqlite" else "postgres") as url:
        work = open_work(url)
        assert await work.read(lambda session: session.execute(select(ONE)).all()) == []
        await work.close()


async def test_a_policy_that_two_store_at_once_is_one_row(postgres_url: str) -> None:
    """The first reports of two schools without a contract: neither fails, both stand on the same policy."""
    work = PostgresWork(postgres_url, lambda _: None)
    try:
        stored = await asyncio.gather(
            *(work.run(lambda session: store_policy(session, now=NOON)) for _ in range(8))
        )
    finally:
        await work.close()
    assert len(set(stored)) == 1
