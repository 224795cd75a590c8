"""A message costs at most sixteen statements and one commit, counted where they reach the driver."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.pool.base import _ConnectionFairy

from bot import sample
from bot.paper_links import PaperLinks
from bot.papers import Papers
from bot.reader import Reader
from bot.receiving import accept
from conversations.buttons import Signer
from conversations.engine.messages import Incoming
from desk.rulebook import Rulebook
from records.office import Office
from storage.driving import PostgresWay, SqliteWay
from storage.work import Work
from tests.test_databases import open_work

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
MOST = 16
# The frame of a message's transaction and of the acts in it: on PostgreSQL they go out with what follows.
FRAME = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
# What goes to a driver directly; what a way gives to a cursor is counted there.
DRIVEN: tuple[tuple[type, str], ...] = (
    (SqliteWay, "rows"),
    (SqliteWay, "run"),
    (PostgresWay, "_fetched"),
    (PostgresWay, "_executed"),
)


@contextmanager
def counted() -> Iterator[tuple[list[str], list[str]]]:
    """(statements, commits) of every engine while the block runs.

    SQLAlchemy's own events would not see a prepared statement, which goes to the driver directly.
    """
    statements: list[str] = []
    commits: list[str] = []
    cursor_of = _ConnectionFairy.cursor

    def of_driver(run: Callable[..., Any]) -> Callable[..., Any]:
        def counting_run(way: object, sql: str, given: object) -> Any:
            statements.append(" ".join(sql.split()))
            return run(way, sql, given)

        return counting_run

    def counting(connection: _ConnectionFairy) -> "CountingCursor":
        return CountingCursor(cursor_of(connection), statements)

    def committed(_connection: Connection) -> None:
        commits.append("commit")

    event.listen(Engine, "commit", committed)
    with ExitStack() as patches:
        patches.enter_context(patch.object(_ConnectionFairy, "cursor", counting))
        for way, name in DRIVEN:
            patches.enter_context(patch.object(way, name, of_driver(getattr(way, name))))
        yield statements, commits
    event.remove(Engine, "commit", committed)


@contextmanager
def made_anew() -> Iterator[list[str]]:
    """Statements that SQLAlchemy makes while the block runs: each costs as much as ten prepared ones."""
    made: list[str] = []

    def about_to_run(state: ORMExecuteState) -> None:
        made.append(" ".join(str(state.statement).split()))

    event.listen(Session, "do_orm_execute", about_to_run)
    yield made
    event.remove(Session, "do_orm_execute", about_to_run)


class CountingCursor:
    """A driver's cursor that writes down what it is told to execute."""

    def __init__(self, cursor: Any, statements: list[str]) -> None:
        self._cursor = cursor
        self._statements = statements

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, statement: str, *parameters: Any) -> Any:
        self._count(statement)
        return self._cursor.execute(statement, *parameters)

    def executemany(self, statement: str, *parameters: Any) -> Any:
        self._count(statement)
        return self._cursor.executemany(statement, *parameters)

    def _count(self, statement: str) -> None:
        if not statement.startswith(FRAME):
            self._statements.append(" ".join(statement.split()))


async def say(work: Work, reader: Reader, text: str, number: int, account: str = "demo-wang") -> None:
    """A message of one of the sample's teachers."""
    incoming = Incoming(
        channel="web",
        account=account,
        chat=account,
        external_id=str(number),
        received_at=NOW,
        text=text,
    )
    await work.run(lambda session: accept(session, incoming, reader))


REPORT = ("302教室的成绩系统打不开了", "确认提交")


@pytest.mark.parametrize(
    ("texts", "anew"),
    [
        (REPORT[:1], 0),  # words that become a summary
        (REPORT, 0),  # a ticket, clocks and cards
        ((*REPORT, "换了电脑也一样", "1"), 0),  # later words are added to it
        ((*REPORT, "101教室的投影仪不亮了"), 0),  # another fault while a ticket is open: which room was scanned?
        (("进度",), 1),  # lists of every kind are made as they are asked for
    ],
)
async def test_a_message_costs_few_statements(database_url: str, texts: tuple[str, ...], anew: int) -> None:
    """Counted over the last of these messages, by a process that has answered others before."""
    work = open_work(database_url)
    rulebook = Rulebook()
    papers = Papers(Office(), rulebook, PaperLinks("k" * 32, ""), Path("nowhere"))
    reader = Reader(rulebook, Signer(b"k" * 32), "test", papers)
    try:
        await work.run(lambda session: sample.load(session, NOW))
        # Policy and calendar are read once a process: by somebody else's report.
        for number, text in enumerate(("投影坏了", "确认提交")):
            await say(work, reader, text, 100 + number, "demo-sun")
        for number, text in enumerate(texts[:-1]):
            await say(work, reader, text, number)
        with counted() as (statements, commits), made_anew() as unprepared:
            await say(work, reader, texts[-1], 99)
    finally:
        await work.close()
    assert len(statements) <= MOST, "\n".join(one[:80] for one in statements)
    assert commits == ["commit"]
    assert len(unprepared) == anew, unprepared
