"""A body over the cast of the walk on a database of either kind, undone afterwards."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from bot.house import open_work
from bot.waking import Waking
from tests.lifecycle.cast import Cast, cast


async def on(url: str, body: Callable[[Cast], object]) -> object:
    """What the body comes to on this database, undone afterwards."""
    work = open_work(url, Waking())

    def run(session: Session) -> object:
        found = body(cast(session))
        session.rollback()
        return found

    try:
        return await work.run(run)
    finally:
        await work.close()
