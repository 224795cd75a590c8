"""A withdrawn clock keeps the due time that people were told: a later edition changes only what runs."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.promises import PROMISES_OF_URGENCY
from agreement.words import Promise, PromiseState
from desk import calendar_editions, watching
from desk.access import locked
from desk.auditing import audit
from desk.calendar_editions import Day, count_anew
from desk.events import append
from storage.tables import PromiseRow
from storage.work import Work
from tests.calendar.new_year import clock, file
from tests.lifecycle.cast import NOW, Cast, cast

REST = date(2026, 11, 25)  # a Wednesday of a published year, which the correction lets rest
AFTER = NOW + timedelta(hours=8)
LAST_LOOK = AFTER + calendar_editions.LAST_LOOK_AFTER
FIX_PLAN = (PromiseRow.promise == Promise.URGENT_FIX_PLAN.value,)


def two_urgent(session: Session) -> Cast:
    """Two urgent faults of the same hour; the urgency of the second is taken back an hour later."""
    people = cast(session)
    for text in ("选课系统停了", "招生系统停了"):
        file(people.sitting("reporter"), people, text)
    taken_back(people, session, NOW + timedelta(hours=1))
    return people


def taken_back(people: Cast, session: Session, at: datetime) -> None:
    sitting = clock(people, session, at)
    second = session.scalars(select(PromiseRow.ticket_id).where(*FIX_PLAN).order_by(PromiseRow.id)).all()[1]
    ticket = locked(sitting, second)
    watching.withdraw(sitting, ticket, PROMISES_OF_URGENCY, append(sitting, ticket, "not_urgent"))


def corrected(people: Cast, session: Session) -> None:
    sitting = clock(people, session, AFTER)
    days = {REST: Day(works=False, name="调休")}
    calendar_editions.take_in(sitting, days, edition="2026, corrected", source="notice.txt", imported_by="周经理")


def fix_plans(session: Session) -> list[tuple[str, datetime]]:
    rows = session.scalars(select(PromiseRow).where(*FIX_PLAN).order_by(PromiseRow.id))
    return [(row.state, row.due_at) for row in rows]


async def test_only_what_runs_is_counted_by_a_later_edition(work: Work) -> None:
    people = await work.run(two_urgent)
    before = await work.read(fix_plans)
    await work.run(lambda session: corrected(people, session))
    for at in (AFTER, LAST_LOOK):
        await work.run(lambda session, at=at: count_anew(clock(people, session, at)))  # type: ignore[misc]
    running, withdrawn = await work.read(fix_plans)
    assert running == (PromiseState.RUNNING.value, before[0][1] + timedelta(days=1))
    assert withdrawn == (PromiseState.WITHDRAWN.value, before[1][1])
    assert await work.read(lambda session: audit(clock(people, session, LAST_LOOK))) == []


@pytest.mark.parametrize("at", [AFTER, LAST_LOOK])
async def test_what_begins_anew_is_counted_by_the_newest(work: Work, at: datetime) -> None:
    """Urgent once more, while the edition is taken in or after: by its days, whatever the old clock was told."""
    people = await work.run(two_urgent)
    await work.run(lambda session: corrected(people, session))

    def once_more(session: Session) -> None:
        sitting = clock(people, session, at)
        if at == LAST_LOOK:
            count_anew(sitting)
            count_anew(sitting)
        second = session.scalars(select(PromiseRow.ticket_id).where(*FIX_PLAN).order_by(PromiseRow.id)).all()[1]
        ticket = locked(sitting, second)
        event = append(sitting, ticket, "urgent", {"since": NOW})
        watching.start(sitting, ticket, PROMISES_OF_URGENCY, NOW, event)

    await work.run(once_more)
    for _ in range(3):
        await work.run(lambda session: count_anew(clock(people, session, LAST_LOOK)))
    running, again = await work.read(fix_plans)
    assert again == running
