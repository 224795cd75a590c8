"""What others wait for is taken last: two people file side by side, and what is taken back leaves no gap."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from bot.house import open_work
from bot.waking import Waking
from desk import reporting
from desk.apart import apart
from desk.telling import Line, Telling, put
from storage.database import open_postgres
from storage.tables import Counter, Outbox, Ticket
from tests.lifecycle.cast import NOW, Cast, cast


def file(people: Cast, words: str, session: Session) -> Ticket:
    """A report of the cast's reporter in that session."""
    matter = reporting.Matter(school_id=people.school, text=words, reported_at=NOW)
    by = people.actors["reporter"]
    return reporting.report(
        people.sitting("reporter", session=session),
        matter,
        reporter_id=by.person_id,
        reporter_account_id=by.account_id,
        channel="web",
    )


def ordinals(session: Session) -> dict[str, int]:
    """Words of each report → the number that people say."""
    return {row.text: row.ordinal for row in session.scalars(select(Ticket))}


async def test_a_report_under_way_holds_up_no_other(postgres_url: str) -> None:
    """Both tell the same engineers and want the next number; whoever commits first has it, and neither waits."""
    work, engine = open_work(postgres_url, Waking()), open_postgres(postgres_url)
    try:
        people = await work.run(cast)
        await work.run(partial(file, people, "打印机卡纸"))  # the first one stores the policy
        async with AsyncSession(engine) as slow, AsyncSession(engine) as quick:
            await slow.run_sync(partial(file, people, "投影打不开"))
            await quick.execute(text("SET LOCAL lock_timeout = '2s'"))
            await quick.run_sync(partial(file, people, "音响没有声音"))
            await quick.commit()
            await slow.commit()
        assert await work.read(ordinals) == {"打印机卡纸": 1, "音响没有声音": 2, "投影打不开": 3}
    finally:
        await work.close()
        await engine.dispose()


async def test_what_is_taken_back_uses_no_number_and_tells_nobody(database_url: str) -> None:
    """A savepoint that is rolled back forgets what it asked for; what stands round it is numbered and told."""
    work = open_work(database_url, Waking())

    def body(session: Session) -> None:
        people = cast(session)
        with session.begin_nested():
            file(people, "投影打不开", session)
        undone = session.begin_nested()
        with session.begin_nested():
            file(people, "音响没有声音", session)
        undone.rollback()
        file(people, "打印机卡纸", session)

    try:
        await work.run(body)
        assert await work.read(ordinals) == {"投影打不开": 1, "打印机卡纸": 2}
        told = select(func.count(func.distinct(Outbox.ticket_id)))
        assert await work.read(lambda session: session.scalar(told)) == 2
        series = select(Counter.last).where(Counter.series == "ticket")
        assert await work.read(lambda session: session.scalar(series)) == 2
    finally:
        await work.close()


async def test_a_message_that_cannot_be_written_takes_nobody_with_it(database_url: str) -> None:
    """Each of a batch writes what it tells in its own savepoint, and what was told of an earlier failure stays."""
    work = open_work(database_url, Waking())

    def body(session: Session) -> None:
        people = cast(session)
        account = people.actors["desk"].account_id or 0
        line = Line(account, "web", "desk", people.id_of("desk"), None, on_duty=False, reachable=True)

        def tell(key: int, value: object) -> None:
            put(session, NOW, [Telling(line=line, key=f"k{key}", weight="alarm", body={"value": value})])

        def do(keys: Sequence[int]) -> None:
            for key in keys:
                tell(key, b"no JSON" if key in {2, 4} else key)

        apart(session, "test", [1, 2, 3, 4], do, lambda key: tell(-key, "put off"))

    try:
        await work.run(body)
        keys = select(Outbox.telling).order_by(Outbox.telling)
        assert await work.read(lambda session: list(session.scalars(keys))) == ["k-2", "k-4", "k1", "k3"]
    finally:
        await work.close()
