"""Writes that wait for the next statement: nothing of the transaction can see that they are not there yet."""

import gc
import importlib
import pkgutil
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import cast

import asyncpg
import pytest
from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

import bot
import conversations
import desk
import scheduler
import storage
from desk import seeding
from storage.prepared import Prepared
from storage.tables import ChannelHold, Person, PolicyRow, Table
from storage.waiting import settle
from storage.work import PostgresWork, Work
from tests.test_databases import open_work
from tests.test_statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOLDS, POLICIES = cast("SqlTable", ChannelHold.__table__), cast("SqlTable", PolicyRow.__table__)
DRIVERS_OWN = (sqlite3.IntegrityError, asyncpg.UniqueViolationError)
POSTGRES = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its constructor untyped
HELD = Prepared(insert(HOLDS))
MOVED = Prepared(update(HOLDS).where(HOLDS.c.channel == bindparam("of")).values(until_at=bindparam("until")))
CHANNELS = Prepared(select(HOLDS.c.channel, HOLDS.c.until_at).order_by(HOLDS.c.channel))
STORED = Prepared(insert(POLICIES).returning(POLICIES.c.text))


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    opened = open_work(database_url)
    yield opened
    await opened.close()


def hold(session: Session, channel: str) -> None:
    HELD.run_later(session, {"channel": channel, "until_at": NOON})


def channels(session: Session) -> list[str]:
    return [channel for channel, _ in CHANNELS.rows(session, {})]


def store(session: Session, text: str) -> str:
    row = {"digest": text, "text": text, "overrides": {}, "created_at": NOON}
    [(stored,)] = STORED.rows(session, row)
    return str(stored)


async def test_it_goes_with_a_statement_of_another_table(on_postgres: PostgresWork) -> None:
    """Two writes, one way to the server; each has its own parameters."""
    def body(session: Session) -> tuple[str, int]:
        channels(session)
        hold(session, "web")
        with counted() as (statements, _):
            stored = store(session, "$1 of '$2'")
        return stored, len(statements)

    assert await on_postgres.run(body) == ("$1 of '$2'", 1)
    assert await on_postgres.read(channels) == ["web"]


async def test_a_statement_of_its_table_sees_it(work: Work) -> None:
    """One that was prepared, and one of SQLAlchemy's own."""
    def body(session: Session) -> tuple[list[str], list[str]]:
        hold(session, "web")
        prepared = channels(session)
        hold(session, "wechat")
        return prepared, list(session.scalars(select(ChannelHold.channel).order_by(ChannelHold.channel)))

    assert await work.run(body) == (["web"], ["web", "wechat"])


async def test_one_row_is_changed_as_often_as_it_was_said(work: Work) -> None:
    """A statement of PostgreSQL changes a row once, and would not say that it left the second change out."""
    def body(session: Session) -> None:
        hold(session, "web")
        for hour in range(1, 4):
            MOVED.run_later(session, {"of": "web", "until": NOON + timedelta(hours=hour)})
        store(session, "between")

    await work.run(body)
    assert await work.read(lambda session: CHANNELS.rows(session, {})) == [("web", NOON + timedelta(hours=3))]


async def test_a_savepoint_takes_back_what_was_asked_for_in_it(work: Work) -> None:
    """And nothing that was asked for before."""
    def body(session: Session) -> None:
        hold(session, "before")
        savepoint = session.begin_nested()
        hold(session, "within")
        savepoint.rollback()
        hold(session, "after")

    await work.run(body)
    assert await work.read(channels) == ["after", "before"]


async def test_a_savepoint_takes_back_nothing_that_was_changed_before(work: Work) -> None:
    """Nor what nobody had flushed: a savepoint flushes it while it begins, and the session thinks it written."""
    person = await work.run(lambda session: seeding.person(session, NOON, "王老师"))

    def body(session: Session) -> None:
        session.get_one(Person, person).name = "李老师"
        savepoint = session.begin_nested()
        session.get_one(Person, person, populate_existing=True)
        savepoint.rollback()

    await work.run(body)
    assert await work.read(lambda session: session.get_one(Person, person).name) == "李老师"


async def test_it_goes_with_a_statement_that_calls_itself(on_postgres: PostgresWork) -> None:
    """WITH RECURSIVE is said once and for all parts."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    counted_to = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 3))
    three = Prepared(select(counted_to.c.n))

    def body(session: Session) -> list[int]:
        hold(session, "web")
        return [n for (n,) in three.rows(session, {})]

    assert await on_postgres.run(body) == [1, 2, 3]
    assert await on_postgres.read(channels) == ["web"]


async def test_a_body_that_only_reads_loses_nothing_either(work: Work) -> None:
    """It has no commit before which it could be carried out."""
    await work.read(lambda session: hold(session, "web"))
    assert await work.read(channels) == ["web"]


async def test_what_is_wrong_with_it_belongs_to_its_savepoint(work: Work) -> None:
    """Whoever tries rows one by one learns of a bad one before going on."""
    def body(session: Session) -> bool:
        hold(session, "web")
        savepoint = session.begin_nested()
        try:
            hold(session, "web")
            settle(session)
        except DRIVERS_OWN:
            savepoint.rollback()
            return False
        savepoint.commit()
        return True

    assert not await work.run(body)
    assert await work.read(channels) == ["web"]


def test_a_statement_knows_every_table_it_speaks_of() -> None:
    """By them it is told whether what waits may go with it."""
    for package in (bot, conversations, desk, scheduler, storage):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"migrations|__main__", module.name):
                importlib.import_module(module.name)
    tables = {one.name for one in Table.metadata.tables.values()}
    prepared = [one for one in gc.get_objects() if isinstance(one, Prepared)]
    assert len(prepared) > 60
    for one in prepared:
        statement = one._of["postgresql" if "postgresql" in one._of else "sqlite"]
        sql = str(statement.compile(dialect=POSTGRES))
        said = set(re.findall(r"(?:FROM|JOIN|INTO|UPDATE|,)\s+([a-z_]+)\b|\b([a-z_]+)\.", sql))
        assert tables & {name for names in said for name in names} <= one._tables, sql
