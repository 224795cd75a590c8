"""One PostgreSQL address in three spellings: as hosting providers hand it out, as SQLAlchemy and as asyncpg read it."""

from typing import Final

from sqlalchemy import URL, make_url

ENGINE: Final = "postgresql+asyncpg"
PROVIDERS: Final = ("postgres", "postgresql")
UNKNOWN_HERE: Final = ("channel_binding",)  # of libpq alone; asyncpg would take it for a setting of the server


def for_engine(given: URL) -> URL:
    """With our driver, and `sslmode` under the name that SQLAlchemy hands on to it."""
    if given.drivername not in {*PROVIDERS, ENGINE}:
        return given
    return _renamed(given.difference_update_query(UNKNOWN_HERE), "sslmode", "ssl").set(drivername=ENGINE)


def for_driver(url: str) -> str:
    """The same for asyncpg itself, which reads an address as libpq does."""
    return _renamed(make_url(url), "ssl", "sslmode").set(drivername="postgresql").render_as_string(hide_password=False)


def _renamed(url: URL, before: str, after: str) -> URL:
    if before not in url.query:
        return url
    return url.difference_update_query([before]).update_query_dict({after: url.query[before]})
