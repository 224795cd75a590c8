"""A look at what falls due next costs what is due, not what is open: every kind of row is found by its index."""

import sqlite3

import pytest
from sqlalchemy import make_url
from sqlalchemy.dialects import sqlite

from storage import falling_due
from storage.falling_due import Due

KINDS = {name: kind for name, kind in vars(falling_due).items() if isinstance(kind, Due)}


@pytest.mark.parametrize("name", KINDS)
def test_the_next_moment_is_read_off_an_index(name: str, sqlite_url: str) -> None:
    """SQLite takes a partial index only for a question that its own condition follows from; else it reads all rows."""
    asked = str(KINDS[name].next_one.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    database = sqlite3.connect(make_url(sqlite_url).database or "")
    plan = [str(row[3]) for row in database.execute(f"EXPLAIN QUERY PLAN {asked}")]
    database.close()
    assert plan
    assert all("INDEX" in line for line in plan if not line.startswith("CORRELATED")), plan
