"""Acts of a message are tried without a savepoint: whichever way, what one wrote before it said no is taken back."""

from datetime import UTC, datetime
from typing import cast

import pytest
from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from storage.database import DatabaseAwayError
from storage.prepared import Prepared
from storage.tables import ChannelHold
from storage.undoing import run_hopefully, undoable
from tests.test_databases import open_work
from tests.test_statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HELD = Prepared(insert(cast("Table", ChannelHold.__table__)))


class Body:
    """Writes a row, then another in an act that may raise, then a third; what the act raises is borne."""

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = errors
        self.runs = 0

    def __call__(self, session: Session) -> str:
        self.runs += 1
        hold(session, "before")
        try:
            with undoable(session):
                hold(session, "act")
                error = self.errors[min(self.runs, len(self.errors)) - 1]
                if error is not None:
                    raise error
        except ValueError:
            pass
        hold(session, "after")
        return f"run {self.runs}"


def hold(session: Session, channel: str) -> None:
    HELD.run_later(session, {"channel": channel, "until_at": NOON})


def kept(session: Session) -> list[str]:
    return list(session.scalars(select(ChannelHold.channel).order_by(ChannelHold.channel)))


async def test_an_act_that_says_yes_costs_no_savepoint(database_url: str) -> None:
    work, body = open_work(database_url), Body(None)
    with counted() as (statements, _):
        assert await run_hopefully(work, body) == "run 1"
    assert await work.read(kept) == ["act", "after", "before"]
    assert len(statements) <= 3
    await work.close()


async def test_an_act_that_says_no_leaves_nothing_of_its_own(database_url: str) -> None:
    """All of it runs again; what is borne is borne then."""
    work, body = open_work(database_url), Body(ValueError("no"))
    assert await run_hopefully(work, body) == "run 2"
    assert await work.read(kept) == ["after", "before"]
    await work.close()


async def test_what_nobody_bears_leaves_nothing(database_url: str) -> None:
    work, body = open_work(database_url), Body(LookupError("a bug"))
    with pytest.raises(LookupError):
        await run_hopefully(work, body)
    assert (body.runs, await work.read(kept)) == (2, [])
    await work.close()


async def test_a_database_that_is_away_is_no_refusal(database_url: str) -> None:
    """It is raised as it is: the platform has no answer and repeats itself."""
    work, body = open_work(database_url), Body(DatabaseAwayError("gone"))
    with pytest.raises(DatabaseAwayError):
        await run_hopefully(work, body)
    assert body.runs == 1
    await work.close()
