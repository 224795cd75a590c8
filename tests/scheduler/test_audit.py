"""The nightly audit: a difference is found, told to the desk and the manager once, and left as it is."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from desk.auditing import audit, audit_page
from storage.tables import PromiseRow
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import Desk

WRONG = timedelta(minutes=1)


async def test_clocks_that_agree_with_their_history_are_no_news(desk: Desk) -> None:
    """Nobody hears of an audit that found nothing."""
    await desk.report(3)
    assert await desk.act("", audit) == []
    assert await desk.act("", audit_page, 0) == 0
    assert await desk.told("audit_differences") == []


async def test_a_planted_difference_is_told_and_not_repaired(desk: Desk) -> None:
    """A due time that somebody moved in the table by hand, by a minute."""
    [ticket] = await desk.report()
    before = (await desk.clocks(ticket))["fault-response"]
    await desk.work.run(lambda session: _plant(session, before))
    for _ in range(2):
        await desk.act("", audit_page, 0)
    told = {person for person, _ in await desk.told("audit_differences")}
    assert told == {desk.people.id_of("desk"), desk.people.id_of("manager")}
    assert len(await desk.told("audit_differences")) == 2
    assert (await desk.clocks(ticket))["fault-response"].due_at == before.due_at + WRONG
    assert len(await desk.act("", audit, at=NOW)) == 1


def _plant(session: Session, row: PromiseRow) -> None:
    session.execute(update(PromiseRow).where(PromiseRow.id == row.id).values(due_at=row.due_at + WRONG))
