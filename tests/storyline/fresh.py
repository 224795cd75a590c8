"""Fresh databases for the command line: one for each story, of the kind and at the place that a URL names.

The named database itself is never touched: it may be somebody's. A SQLite file stands for its directory, a
PostgreSQL database for its server.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from sqlalchemy import make_url

from storage.database import is_sqlite
from tests.databases import PostgresServer, fresh_sqlite, lay_sqlite_template

Fresh = Callable[[], AbstractAsyncContextManager[str]]


@asynccontextmanager
async def fresh_like(url: str) -> AsyncIterator[Fresh]:
    """For the length of the block: a maker of databases like that one, each with tables and no row."""
    if is_sqlite(url):
        with TemporaryDirectory(prefix="yn-stories-", dir=_directory(url)) as directory:
            template = lay_sqlite_template(Path(directory))
            yield lambda: nullcontext(fresh_sqlite(template, Path(directory)))
        return
    server = PostgresServer(make_url(url), f"yn_template_{uuid4().hex[:12]}")
    await server.lay_template()
    try:
        yield server.fresh
    finally:
        await server.execute(f'DROP DATABASE "{server.template}" WITH (FORCE)')


def _directory(url: str) -> Path | None:
    """Where that file would lie; None (the system's own place) for a database in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        return None
    directory = Path(name).resolve().parent
    directory.mkdir(parents=True, exist_ok=True)
    return directory
