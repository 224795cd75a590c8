"""What a message knows of its writer when it has waited for the message before."""

import asyncio

from sqlalchemy import text, update
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from desk import seeding
from storage import talk
from storage.arriving import arrive
from storage.prepared import Row
from storage.tables import Account
from storage.work import PostgresWork
from tests.test_databases import NOON

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def message(number: str) -> Row:
    return talk.message_row(
        channel="web",
        external_id=number,
        account="stranger",
        chat="stranger",
        received_at=NOON,
        sent_at=None,
        message={},
        raw="",
    )


def meet(session: Session) -> talk.Who:
    return talk.who_wrote(session, channel="web", external="stranger", chat="stranger", language="zh", now=NOON)


async def test_a_stranger_whom_the_message_before_binds_is_no_stranger_to_the_next(on_postgres: PostgresWork) -> None:
    """It would be reported as a stranger's after theirs were handed over, and they would never see it again."""
    await on_postgres.run(meet)
    bound = asyncio.Event()

    async def next_waits() -> None:
        bound.set()
        while not await on_postgres.read(lambda session: session.scalar(WAITING)):
            pass

    def bind(session: Session) -> int:
        arrived = arrive(session, message("1"))
        assert arrived is not None
        assert arrived.met is not None
        assert arrived.met.who.person_id is None
        person = seeding.person(session, NOON, "王老师")
        session.execute(update(Account).where(Account.id == arrived.met.who.account_id).values(person_id=person))
        await_only(next_waits())
        return person

    def come(session: Session) -> int | None:
        arrived = arrive(session, message("2"))
        assert arrived is not None
        assert arrived.met is not None
        return arrived.met.who.person_id

    binding = asyncio.ensure_future(on_postgres.run(bind))
    await bound.wait()
    assert await on_postgres.run(come) == await binding
