"""The shortest way from a session to its driver: what a statement costs between SQLAlchemy's cursor and the database.

SQLite's connection executes by itself. asyncpg's is spoken to directly, in the greenlet of the body: SQLAlchemy's
cursor around it costs as much again as the statement. It begins the transaction, so the first statement goes by it.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import TYPE_CHECKING, Any, Protocol, cast

from sqlalchemy import Connection, Dialect
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util import await_only

from storage.database import DatabaseAwayError

if TYPE_CHECKING:  # whoever runs on SQLite does not wait for it to be imported
    from asyncpg import Connection as PostgresConnection
    from asyncpg.prepared_stmt import PreparedStatement

Given = tuple[object, ...]
Found = Iterable[tuple[Any, ...]]  # asyncpg's records are as good as tuples
WAY = "way"  # key of Session.info: the transaction in which it was asked for, and the way
PREPARED = "prepared"  # key of Connection.info, which lives as long as the driver's connection
MOST = 500  # of them: a list of another length is another statement, and the server keeps a plan for each


class Way(Protocol):
    """Runs the SQL of one driver on the connection of one session."""

    @property
    def dialect(self) -> Dialect:
        """Whose SQL it takes."""

    def rows(self, sql: str, given: Given) -> Found:
        """Once; what comes back. Raises the driver's error, DatabaseAwayError where the connection is lost."""

    def run(self, sql: str, given: Sequence[Given]) -> None:
        """Once for each; nothing comes back. Raises the same."""


def way_of(session: Session) -> Way:
    """The way of the session's present transaction or savepoint.

    The session is asked again in each savepoint: it begins one only when somebody wants the connection in it.
    """
    within = innermost(session)
    asked_in, way = session.info.get(WAY, (None, None))
    if way is None or asked_in is not within:
        connection = session.connection()
        way = WAYS[connection.dialect.name](connection)
        session.info[WAY] = (innermost(session), way)
    return cast("Way", way)


def innermost(session: Session) -> SessionTransaction | None:
    """The savepoint that the session is in, else its transaction."""
    return session.get_nested_transaction() or session.get_transaction()


class SqliteWay:
    """By the driver's connection."""

    def __init__(self, connection: Connection) -> None:
        self.dialect = connection.dialect
        self._driver = cast("SqliteConnection", connection.connection.driver_connection)

    def rows(self, sql: str, given: Given) -> Found:
        """See Way."""
        return self._driver.execute(sql, given).fetchall()

    def run(self, sql: str, given: Sequence[Given]) -> None:
        """See Way."""
        self._driver.executemany(sql, given)


class PostgresWay:
    """By asyncpg's connection, whose statements stay prepared as long as it lives."""

    def __init__(self, connection: Connection) -> None:
        self.dialect = connection.dialect
        self._connection = connection
        self._driver = cast("PostgresConnection[Any]", connection.connection.driver_connection)
        self._prepared: dict[str, PreparedStatement[Any]] = connection.info.setdefault(PREPARED, {})

    def rows(self, sql: str, given: Given) -> Found:
        """See Way."""
        with self._watched(sql):
            if self._driver.is_in_transaction():
                return await_only(self._fetched(sql, given))
            with closing(self._connection.connection.cursor()) as cursor:
                cursor.execute(sql, given)
                return cast("Found", cursor.fetchall())

    def run(self, sql: str, given: Sequence[Given]) -> None:
        """See Way."""
        with self._watched(sql):
            if self._driver.is_in_transaction():
                await_only(self._executed(sql, given))
                return
            with closing(self._connection.connection.cursor()) as cursor:
                cursor.executemany(sql, given)

    async def _fetched(self, sql: str, given: Given) -> Found:
        statement = self._prepared.get(sql)
        if statement is None:
            if len(self._prepared) >= MOST:
                del self._prepared[next(iter(self._prepared))]  # asyncpg closes what nobody holds
            statement = self._prepared[sql] = await self._driver.prepare(sql)
        return cast("Found", await statement.fetch(*given))

    async def _executed(self, sql: str, given: Sequence[Given]) -> None:
        await self._driver.executemany(sql, given)

    @contextmanager
    def _watched(self, sql: str) -> Iterator[None]:
        """After an error the statement is prepared anew: the driver may have closed it."""
        try:
            yield
        except Exception as error:
            self._prepared.pop(sql, None)
            if self._driver.is_closed():
                self._connection.invalidate(error)
                raise DatabaseAwayError(str(error)) from error
            raise


WAYS = {"sqlite": SqliteWay, "postgresql": PostgresWay}
