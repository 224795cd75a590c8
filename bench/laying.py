"""Many clocks at once: the rows of one real ticket and of its first clock, copied in a few statements of PostgreSQL."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from storage.tables import PromiseRow, Ticket

FIRST = 1000  # ids of copies begin here; below are the desk's own


def copy(
    session: Session, kind: type[Ticket] | type[PromiseRow], which: str, count: int, changed: Mapping[str, str]
) -> None:
    """So many copies of the row that `which` finds; `changed`: column → SQL in which `g` counts from 0."""
    table = cast("Table", kind.__table__)
    names = [f'"{one.name}"' for one in table.columns]
    values = [changed.get(one.name, f'"{one.name}"') for one in table.columns]
    session.execute(text(
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM {table.name}, generate_series(0, {count - 1}) AS g WHERE {which}"
    ))
