"""Migrations in two halves: `before` makes room for the new code, `after` takes away what only the old one used.

The previous release runs on the schema between the two, so that a deploy needs no standstill. The files stand in
`storage/migrations/before` and `/after`, two branches of one history.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import is_sqlite, open_sqlite

HERE = Path(__file__).parent / "migrations"
HALVES = ("before", "after")


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file of its own."""
    made = Config()
    made.set_main_option("script_location", str(HERE))
    made.set_main_option("path_separator", "os")
    made.set_main_option("version_locations", ":".join(str(HERE / half) for half in HALVES))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection, half: str) -> None:
    known = {
        label
        for script in ScriptDirectory.from_config(config()).walk_revisions()
        for label in script.branch_labels
    }
    if half in known:
        command.upgrade(config(connection), f"{half}@head")


async def migrate(url: str, halves: tuple[str, ...] = HALVES) -> None:
    """Bring the database up to date: both halves, or one of them."""
    if is_sqlite(url):
        engine = open_sqlite(url)
        with engine.begin() as connection:
            for half in halves:
                _upgrade(connection, half)
        engine.dispose()
        return
    async_engine = create_async_engine(url)
    async with async_engine.begin() as async_connection:
        for half in halves:
            await async_connection.run_sync(_upgrade, half)
    await async_engine.dispose()


def heads(connection: Connection) -> tuple[str, ...]:
    """The revisions that this database stands at."""
    return tuple(MigrationContext.configure(connection).get_current_heads())
