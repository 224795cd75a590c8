"""What a start asks of the tables: nothing, where they already stand at the newest migration.

Alembic costs a third of a start and is needed once a release. Which migration is the newest is told by the names
of the files; which one the database stands at, by the table that alembic keeps.
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import DatabaseError, is_sqlite, open_sqlite

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def newest() -> frozenset[str]:
    """The last revision of each half, by its file: `0004_the_ledger.py` is revision 0004."""
    return frozenset(
        max(path.name for path in half.glob("[0-9]*.py")).partition("_")[0]
        for half in (MIGRATIONS / "before", MIGRATIONS / "after")
    )


async def bring_up_to_date(url: str) -> None:
    """Run the migrations that this database lacks; without any, alembic is not even imported."""
    if await stands_at(url) != newest():
        from storage.migrating import migrate

        await migrate(url)


async def stands_at(url: str) -> frozenset[str]:
    """The revisions of this database. Raises DatabaseError where it does not answer, or lets nobody in."""
    if is_sqlite(url):
        engine = open_sqlite(url)
        try:
            with engine.connect() as connection:
                return _revisions(connection)
        finally:
            engine.dispose()
    from asyncpg import PostgresError

    try:
        return await _stands_at_server(url)
    except (OSError, PostgresError) as error:
        raise DatabaseError(f"YINGNUO_DATABASE_URL should name a database that answers: {error}") from error


async def _stands_at_server(url: str) -> frozenset[str]:
    async_engine = create_async_engine(url)
    try:
        async with async_engine.connect() as async_connection:
            return await async_connection.run_sync(_revisions)
    finally:
        await async_engine.dispose()


def _revisions(connection: Connection) -> frozenset[str]:
    if not inspect(connection).has_table("alembic_version"):
        return frozenset()
    return frozenset(connection.scalars(text("SELECT version_num FROM alembic_version")))
