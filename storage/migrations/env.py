"""Alembic's entry: runs the migrations on the connection that `storage/migrating.py` hands over."""

from typing import Any, Literal, cast

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from storage.tables import Table
from storage.tables.base import Id, UtcDateTime


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our own column types by their short names."""
    if kind == "type" and isinstance(item, Id | UtcDateTime):
        return f"{type(item).__name__}()"
    return False


connection = cast(Connection, context.config.attributes["connection"])
context.configure(
    connection=connection, target_metadata=Table.metadata, render_as_batch=True, render_item=render_item
)
with context.begin_transaction():
    context.run_migrations()
