"""The migrations: they lead to the tables of the code, on both databases, from nothing and a second time."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from storage.at_start import bring_up_to_date, newest
from storage.database import is_sqlite, open_sqlite
from storage.migrating import HALVES, config, heads, migrate
from storage.tables import Table
from tests.databases import KINDS, Kind, PostgresServer

T = TypeVar("T")


@pytest.fixture(params=KINDS)
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database without any table, of each kind in turn."""
    kind: Kind = request.param
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    async with request.getfixturevalue("postgres").empty() as url:
        yield url


async def look(url: str, question: Callable[[Connection], T]) -> T:
    """Ask something of the database as it is."""
    if is_sqlite(url):
        engine = open_sqlite(url)
        with engine.connect() as connection:
            answer = question(connection)
        engine.dispose()
        return answer
    async_engine = create_async_engine(url)
    async with async_engine.connect() as async_connection:
        answer = await async_connection.run_sync(question)
    await async_engine.dispose()
    return answer


def differences(connection: Connection) -> list[object]:
    """What alembic would have to change for the tables of the code to be there."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Table.metadata))


async def test_an_empty_database_gets_the_tables_of_the_code(empty_url: str) -> None:
    """Whoever changes a table and forgets its migration hears of it here."""
    await migrate(empty_url)
    assert await look(empty_url, differences) == []


async def test_indexes_on_what_is_due_stay_partial(empty_url: str) -> None:
    """A tick costs what is due because its index leaves out the rest; alembic compares no conditions."""
    await migrate(empty_url)
    wanted = {
        index.name
        for table in Table.metadata.sorted_tables
        for index in table.indexes
        if any(index.dialect_options[one]["where"] is not None for one in ("sqlite", "postgresql"))
    }
    assert wanted
    assert await look(empty_url, _partial) >= wanted


def _partial(connection: Connection) -> set[str | None]:
    name = connection.dialect.name
    found = inspect(connection).get_multi_indexes()
    return {
        one["name"]
        for indexes in found.values()
        for one in indexes
        if one.get("dialect_options", {}).get(f"{name}_where") is not None
    }


async def test_a_second_start_changes_nothing(empty_url: str) -> None:
    """Every start migrates; one that has nothing to do leaves rows and revisions alone."""
    await migrate(empty_url)
    before = await look(empty_url, heads)
    await migrate(empty_url)
    assert await look(empty_url, heads) == before
    assert before


async def test_a_start_migrates_what_is_behind_and_only_that(empty_url: str) -> None:
    """The names of the files say which revision is the newest; a database that stands there is left alone."""
    assert newest() == set(ScriptDirectory.from_config(config()).get_heads())
    await migrate(empty_url, halves=("before",))
    await bring_up_to_date(empty_url)
    assert set(await look(empty_url, heads)) == newest()


async def test_the_halves_are_branches_of_their_own() -> None:
    """`before` can be run alone, hours ahead of the new code: it must not wait for `after`."""
    scripts = ScriptDirectory.from_config(config())
    labels = {label for script in scripts.walk_revisions() for label in script.branch_labels}
    assert labels <= set(HALVES)
    assert len(scripts.get_heads()) == len(labels)


async def test_the_next_release_before_may_still_write(postgres: PostgresServer) -> None:
    """After the first half alone the schema has every table: the release that runs goes on on it."""
    async with postgres.empty() as url:
        await migrate(url, halves=("before",))
        tables = set(await look(url, lambda connection: inspect(connection).get_table_names()))
        assert {table.name for table in Table.metadata.sorted_tables} <= tables
