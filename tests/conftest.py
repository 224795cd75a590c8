"""Fixtures every test may ask for: fresh databases of both kinds, tables laid, empty of rows."""

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from storage.work import PostgresWork
from tests.databases import (
    KINDS,
    PostgresServer,
    fresh_sqlite,
    hurried_server,
    lay_sqlite_template,
)
from tests.tools import missing

# A test says what is right, never how fast: on a busy machine a deadline would fail by chance.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


# What takes longest begins first, else one worker is still at it when the others have nothing left to do.
LONGEST = ("tests/year/", "tests/lifecycle/test_walk.py", "tests/drills/", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest in front; the others keep their order."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The one PostgreSQL server of this run, started when the first test asks for it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(hurried_server())
        except ImportError as error:
            missing(f"there is no PostgreSQL wheel for this machine and DATABASE_URL is not set: {error}")
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The laid SQLite file that every fresh one is copied from."""
    return lay_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A fresh PostgreSQL database, `postgresql+asyncpg://…`."""
    async with postgres.fresh() as url:
        yield url


@pytest.fixture
async def on_postgres(postgres_url: str) -> AsyncIterator[PostgresWork]:
    """The unit of work where messages run beside each other, on a fresh database."""
    opened = PostgresWork(postgres_url, lambda _: None)
    yield opened
    await opened.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite file, `sqlite:///…`."""
    return fresh_sqlite(sqlite_template, tmp_path)


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """Both databases in turn: the test runs once on each."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url
