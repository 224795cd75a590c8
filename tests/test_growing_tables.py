"""No message, card or alarm reads a whole table that grows: as quick in the tenth year as on the first day.

SQLite tells of each statement how it would be carried out; without statistics, as on a desk that has just begun.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import Connection, Engine, event

from storage.driving import SqliteWay
from storage.tables import Table
from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.transcript import silent

STORIES = Path(__file__).parent / "stories"
# Alarms, urgency, photos, merging, plans, the ledger; none with a daily job, which reads all of its day.
PLAYED = ("05-", "41-", "52-", "78-", "100-", "113-", "150-", "176-", "331-", "89-", "265-", "338-")
GROWING = frozenset({
    "accounts", "attachments", "calls", "confirmations", "dialogs", "events", "follow_ups", "inbox", "lanes", "outbox",
    "penalties", "people", "plan_steps", "plans", "promises", "reminders", "rings", "talks", "tickets", "voice_calls",
})  # fmt: skip
OF_SOME_ROWS = frozenset(
    index.name
    for table in Table.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
)
MANY = 40  # statements of a story: it has looked
# An alias is the table's name and a number; an automatic index is built over all of its table.
SCAN = re.compile(r"SCAN (\w+?)(?:_\d+)?(?: USING (?:COVERING )?INDEX (\w+))?(?: LEFT-JOIN)?$")
BUILT = re.compile(r"SEARCH (\w+?)(?:_\d+)? USING AUTOMATIC")
REGISTER = "ORDER BY tickets.ordinal"  # as a story's last lines look at it


@contextmanager
def explained() -> Iterator[dict[str, list[str]]]:
    """Statement → the steps of its plan, of everything that SQLite is asked while the block runs."""
    plans: dict[str, list[str]] = {}

    def note(driver: Any, sql: str, given: Any) -> None:
        if sql not in plans and sql.lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE")):
            plans[sql] = [step for *_, step in driver.execute(f"EXPLAIN QUERY PLAN {sql}", given)]

    def by_driver(run: Callable[..., Any], first_of: Callable[[Any], Any]) -> Callable[..., Any]:
        def noting(way: SqliteWay, sql: str, given: Any) -> Any:
            note(way._driver, sql, first_of(given))
            return run(way, sql, given)

        return noting

    def by_cursor(connection: Connection, _cursor: Any, sql: str, given: Any, _context: Any, many: bool) -> None:
        note(connection.connection.driver_connection, sql, given[0] if many else given)

    event.listen(Engine, "before_cursor_execute", by_cursor)
    with ExitStack() as patches:
        patches.enter_context(patch.object(SqliteWay, "rows", by_driver(SqliteWay.rows, lambda given: given)))
        patches.enter_context(patch.object(SqliteWay, "run", by_driver(SqliteWay.run, lambda given: given[0])))
        patches.callback(event.remove, Engine, "before_cursor_execute", by_cursor)
        yield plans


def whole_tables(plans: dict[str, list[str]]) -> list[str]:
    """Statements that read all of a growing table; an index of some of its rows is not all of it."""
    found = []
    for sql, steps in plans.items():
        scanned = {match[1] for step in steps if (match := SCAN.match(step)) and match[2] not in OF_SOME_ROWS}
        built = {match[1] for step in steps if (match := BUILT.match(step))}
        whole = (scanned | built) & GROWING
        if whole and not sql.endswith(REGISTER):
            found.append(f"{sorted(whole)}: {' '.join(sql.split())}")
    return found


@pytest.mark.parametrize(("database_url", "start"), [("sqlite", one) for one in PLAYED], indirect=["database_url"])
async def test_nothing_reads_a_whole_growing_table(start: str, database_url: str) -> None:
    """Whoever adds a query for every message adds an index that it can see."""
    (file,) = STORIES.glob(f"{start}*.txt")
    with explained() as plans:
        await play_story(read_story(file), HouseStage(database_url), "web", silent())
    assert len(plans) > MANY
    assert whole_tables(plans) == []
