"""A plan agreed to while only a provisional day was over: the edition decides whether it was in time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Kind, Promise, PromiseState
from desk import agreeing, handling, planning, reporting
from desk.alarming import ring_what_is_due
from desk.auditing import audit
from desk.calendar_editions import count_anew
from desk.reporting import Matter
from storage.tables import PromiseRow
from storage.work import Work
from tests.calendar.new_year import ZONE, after, clock, publish
from tests.lifecycle.cast import Cast, cast

REPORTED = datetime(2026, 12, 25, 9, tzinfo=ZONE)
TOLD = datetime(2027, 1, 2, tzinfo=ZONE)  # five working days by plain weekends
RIGHT = datetime(2027, 1, 5, tzinfo=ZONE)  # the 1st to the 3rd are a holiday
FINISHED = datetime(2027, 1, 20, 18, tzinfo=ZONE)
PUBLISHED = datetime(2027, 1, 8, 9, 30, tzinfo=ZONE)


def reported(session: Session) -> Cast:
    people = cast(session)
    sitting = people.sitting("reporter", after(REPORTED))
    matter = Matter(school_id=people.school, text="按钮太小", reported_at=sitting.at, kind=Kind.USABILITY)
    actor = sitting.actor
    reporting.report(
        sitting, matter, reporter_id=actor.person_id, reporter_account_id=actor.account_id, channel="web"
    )
    return people


def agreed(people: Cast, session: Session, at: datetime) -> None:
    ring_what_is_due(clock(people, session, at))
    handling.acknowledge(people.sitting("assignee", after(at), session), 1)
    fee = planning.Fee(mode="free", clause="coverage.in_warranty")
    step = planning.Step(what="放大按钮", due_at=FINISHED)
    planning.propose(people.sitting("assignee", after(at), session), 1, steps=[step], fee=fee)
    agreeing.agree(people.sitting("representative", after(at), session), 1)


def usability(session: Session) -> PromiseRow:
    return session.scalars(select(PromiseRow).where(PromiseRow.promise == Promise.USABILITY.value)).one()


@pytest.mark.parametrize(
    ("agreed_at", "state", "due_at"),
    [
        (TOLD + timedelta(hours=7), PromiseState.RUNNING, FINISHED),  # over as told, in time as published
        (RIGHT + timedelta(hours=7), PromiseState.BROKEN, RIGHT),  # over by both
    ],
)
async def test_the_agreed_date_counts_where_the_published_day_was_not_over(
    work: Work, agreed_at: datetime, state: PromiseState, due_at: datetime
) -> None:
    people = await work.run(reported)
    assert (await work.read(usability)).due_at.astimezone(ZONE) == TOLD
    await work.run(lambda session: agreed(people, session, agreed_at))
    row = await work.read(usability)
    assert (row.state, row.is_provisional) == (PromiseState.BROKEN.value, True)
    await work.run(lambda session: publish(clock(people, session, PUBLISHED)))
    await work.run(lambda session: count_anew(clock(people, session, PUBLISHED)))
    row = await work.read(usability)
    assert (row.state, row.due_at.astimezone(ZONE)) == (state.value, due_at)
    assert await work.read(lambda session: audit(clock(people, session, PUBLISHED + timedelta(days=1)))) == []
