"""The nightly audit: a difference is found, told to the desk and the manager once, and left as it is."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from desk import customers, handling, seeding
from desk.auditing import audit, audit_page
from desk.rulebook import store_policy
from storage import daily
from storage.tables import Penalty, PromiseRow, Ticket
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import Desk

WRONG = timedelta(minutes=1)
HOUR = timedelta(hours=1)


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


async def test_what_the_night_found_is_kept_with_its_run(desk: Desk) -> None:
    """The monitor reads a number: none before, the planted one after, of this night only."""
    [ticket] = await desk.report()
    before = (await desk.clocks(ticket))["fault-response"]
    await desk.work.run(lambda session: daily.begin(session, {"audit": NOW.date()}, NOW))
    await desk.act("", audit_page, 0)
    assert await desk.work.read(lambda session: daily.found(session, "audit")) == daily.Found(NOW.date(), 0)
    await desk.work.run(lambda session: _plant(session, before))
    await desk.act("", audit_page, 0)
    assert await desk.work.read(lambda session: daily.found(session, "audit")) == daily.Found(NOW.date(), 1)


LEDGER_WRONGS = (
    ({"taken_fen": 900_00}, "an entry took more than its own sum"),
    ({"taken_fen": 1_00}, "something was taken for an entry that was not deducted"),
    ({"promise": "urgent-fix-plan"}, "rests on no breach"),
    ({"state": "void"}, "has no entry in the ledger"),
)


@pytest.mark.parametrize(("changed", "told"), LEDGER_WRONGS)
async def test_a_ledger_that_does_not_add_up_is_found(desk: Desk, changed: dict[str, object], told: str) -> None:
    """An urgent report that nobody was sent to: its entry is changed by hand, and the night names it."""
    await desk.work.run(lambda session: _contract(session, desk.people.school))
    [ticket] = await desk.report()
    await desk.act("reporter", customers.declare_urgent, ticket)
    await desk.tick(NOW + 2 * HOUR)
    assert await desk.act("", audit, at=NOW + 2 * HOUR) == []
    await desk.work.run(lambda session: session.execute(update(Penalty).values(**changed)))
    assert told in " ".join(await desk.act("", audit, at=NOW + 2 * HOUR))


async def test_a_paused_clock_is_no_difference_and_rings_nobody(desk: Desk) -> None:
    """The policy pauses it while the customer is asked: hours later the audit derives what the clocks hold."""
    [ticket] = await desk.report()
    await desk.work.run(lambda session: _pausing(session, ticket))
    await desk.act("assignee", handling.ask, ticket, words="哪一页？", at=NOW + HOUR / 2)
    later = NOW + 9 * HOUR
    await desk.tick(later)
    assert await desk.act("", audit, at=later) == []
    assert (await desk.clocks(ticket))["fault-resolution"].state == "paused"
    await desk.act("reporter", customers.add, ticket, words="首页", at=later)
    clock = (await desk.clocks(ticket))["fault-resolution"]
    assert (clock.state, clock.due_at) == ("running", later + 1.5 * HOUR)
    assert clock.next_alarm_at == later + HOUR / 2
    assert await desk.act("", audit, at=later + HOUR) == []


def _contract(session: Session, school: int) -> None:
    seeding.contract(
        session, NOW, school, accepted_on=NOW.date(), delivered_on=NOW.date(), deposit_fen=50_000_00
    )


def _pausing(session: Session, ticket: int) -> None:
    policy = store_policy(session, now=NOW, overrides={"pauses": "fault-resolution"})
    session.execute(update(Ticket).where(Ticket.id == ticket).values(policy_id=policy))


def _plant(session: Session, row: PromiseRow) -> None:
    session.execute(update(PromiseRow).where(PromiseRow.id == row.id).values(due_at=row.due_at + WRONG))


@pytest.mark.parametrize("next_alarm_at", [None, NOW + 3 * HOUR])
async def test_a_clock_that_runs_and_that_nobody_will_look_at_is_a_difference(
    desk: Desk, next_alarm_at: datetime | None
) -> None:
    """The caches are right, but its alarm is gone, or comes after the due time: it would be silent."""
    await desk.report()
    change = update(PromiseRow).where(PromiseRow.promise == "fault-resolution")
    await desk.work.run(lambda session: session.execute(change.values(next_alarm_at=next_alarm_at)))
    for now in (NOW, NOW + 3 * HOUR):
        assert "nobody will" in " ".join(await desk.act("", audit, at=now))
