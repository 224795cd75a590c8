"""A new edition: promises are counted anew once, by pages, over crashes, and the people concerned hear of it once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.promises import Keeping
from agreement.words import Promise, PromiseState
from desk import calendar_editions, finishing, watching
from desk.access import locked
from desk.alarming import ring_what_is_due
from desk.auditing import audit
from desk.calendar_editions import EditionError, count_anew
from desk.events import append
from desk.remembering import remember_what_is_due
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from storage.tables import CalendarEdition, Event, Outbox, PromiseRow, Ticket
from storage.work import Work
from tests.calendar.new_year import (
    EVE,
    NOTICE,
    RIGHT,
    TOLD,
    ZONE,
    after,
    clock,
    dues,
    events,
    file,
    publish,
    told,
    urgent_tickets,
)
from tests.lifecycle.cast import Cast

LATER = EVE + timedelta(hours=3)
LAST_LOOK = LATER + calendar_editions.LAST_LOOK_AFTER


async def test_people_are_told_once_with_old_and_new(work: Work) -> None:
    """Reporter and representative hear of both plans in one message; the rest of the clocks stays."""
    people = await work.run(urgent_tickets)
    assert await work.read(dues) == [TOLD]
    rows = await work.read(lambda session: session.scalars(select(PromiseRow)).all())
    assert {Promise(row.promise) for row in rows if row.is_provisional} == set(TOLD)
    await work.run(lambda session: publish(clock(people, session, LATER)))
    assert await work.run(lambda session: count_anew(clock(people, session, LATER))) == 1
    assert await work.read(dues) == [RIGHT]
    for at in (LATER, LAST_LOOK, LAST_LOOK + timedelta(days=1)):
        assert await work.run(lambda session, at=at: count_anew(clock(people, session, at))) == 0  # type: ignore[misc]
    assert await work.read(lambda session: events(session, "calendar_moved")) == [1]
    heard = await work.read(lambda session: told(session, "calendar_moved"))
    assert heard == [(people.id_of("reporter"), 1), (people.id_of("representative"), 1)]
    body = await work.read(lambda session: session.scalars(select(Outbox.body)).all()[-1])
    assert str(body).count("calendar.change") == 2
    assert await work.read(lambda session: audit(clock(people, session, LAST_LOOK))) == []
    done = await work.read(lambda session: session.scalars(select(CalendarEdition)).one())
    assert (done.done_at, done.next_at, done.imported_by) == (LAST_LOOK, None, "周经理")


async def test_the_days_to_object_end_later_never_earlier(work: Work) -> None:
    """A receipt on New Year's Eve: until the 7th by weekends, the 8th by the notice, also where it was over."""
    people = await work.run(urgent_tickets)
    at = EVE + timedelta(hours=1)
    decline = finishing.decline
    await work.run(lambda session: decline(people.sitting("assignee", after(at), session), 1, words="设置问题"))
    assert await work.read(_objection) == (datetime(2027, 1, 8, tzinfo=ZONE), False)
    over = datetime(2027, 1, 8, 9, tzinfo=ZONE)
    await work.run(lambda session: remember_what_is_due(clock(people, session, over)))
    assert await work.read(_objection) == (datetime(2027, 1, 8, tzinfo=ZONE), True)
    await work.run(lambda session: publish(clock(people, session, over)))
    for _ in range(2):
        await work.run(lambda session: count_anew(clock(people, session, over)))
        assert await work.read(_objection) == (datetime(2027, 1, 9, tzinfo=ZONE), False)
    heard = await work.read(lambda session: told(session, "objection_moved"))
    assert heard == [(people.id_of("reporter"), 1), (people.id_of("representative"), 1)]
    end = datetime(2027, 1, 9, tzinfo=ZONE)
    await work.run(lambda session: remember_what_is_due(clock(people, session, end)))
    assert await work.read(_objection) == (end, True)


def _objection(session: Session) -> tuple[datetime | None, bool]:
    ticket = session.get_one(Ticket, 1)
    until = ticket.objection_until_at
    return until.astimezone(ZONE) if until else None, ticket.objection_settled


async def test_a_crash_in_the_middle_leaves_the_rest_and_repeats_nothing(work: Work) -> None:
    """Each page commits whole; the one that was killed is done by the next process, whoever that is."""
    people = await work.run(lambda session: urgent_tickets(session, 3))
    await work.run(lambda session: publish(clock(people, session, LATER)))
    await work.run(lambda session: count_anew(clock(people, session, LATER), limit=1))

    def killed(session: Session) -> None:
        count_anew(clock(people, session, LATER, Rulebook()), limit=1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await work.run(killed)
    assert await work.read(dues) == [RIGHT, TOLD, TOLD]
    # What was not counted yet is shown and audited as it was told.
    assert await work.read(lambda session: audit(clock(people, session, LATER, Rulebook()))) == []
    survivor = Rulebook()
    assert await work.run(lambda session: count_anew(clock(people, session, LATER, survivor))) == 2
    assert await work.read(dues) == [RIGHT] * 3
    assert await work.read(lambda session: events(session, "calendar_moved")) == [1, 2, 3]
    assert len(await work.read(lambda session: told(session, "calendar_moved"))) == 6
    assert await work.read(lambda session: audit(clock(people, session, LATER, survivor))) == []


async def test_a_process_that_still_remembers_the_old_days_is_caught_up_with(work: Work) -> None:
    """A report of the next seconds, counted by the calendar of another process's memory, is counted once more."""
    people = await work.run(urgent_tickets)
    stale = people.rulebook
    await work.run(lambda session: publish(clock(people, session, LATER, Rulebook())))
    await work.run(lambda session: count_anew(clock(people, session, LATER, Rulebook())))

    def report(session: Session) -> None:
        sitting = people.sitting("reporter", after(EVE + timedelta(seconds=30)))
        stale.calendars(session, sitting.now)
        remembering = Sitting(
            session=session, rulebook=stale, actor=sitting.actor, at=sitting.at, now=sitting.now
        )
        file(remembering, people, "又停了")

    await work.run(report)
    assert (await work.read(dues))[1] == TOLD
    fresh = Rulebook()
    assert await work.run(lambda session: count_anew(clock(people, session, LATER, fresh))) == 1
    assert (await work.read(dues))[1] == RIGHT


def states(session: Session) -> dict[Promise, PromiseState]:
    rows = session.scalars(select(PromiseRow))
    return {Promise(row.promise): PromiseState(row.state) for row in rows if Promise(row.promise) in TOLD}


async def test_a_breach_of_a_provisional_day_waits_for_the_edition(work: Work) -> None:
    """Past the told day nothing is booked. The edition makes one of the two run again, and books the other."""
    people = await work.run(urgent_tickets)
    late = datetime(2027, 1, 6, 9, 0, tzinfo=ZONE)  # both told days are over; the fix plan has till the 7th
    await work.run(lambda session: ring_what_is_due(clock(people, session, late)))
    booked = await work.read(_broken)
    assert Promise.URGENT_CONTINGENCY not in booked
    assert Promise.URGENT_FIX_PLAN not in booked
    await work.run(lambda session: publish(clock(people, session, late)))
    await work.run(lambda session: count_anew(clock(people, session, late)))
    await work.run(lambda session: ring_what_is_due(clock(people, session, late)))
    assert (await work.read(states))[Promise.URGENT_FIX_PLAN] is PromiseState.RUNNING
    booked = await work.read(_broken)
    assert booked.count(Promise.URGENT_CONTINGENCY) == 1
    assert Promise.URGENT_FIX_PLAN not in booked
    over = RIGHT[Promise.URGENT_FIX_PLAN] + timedelta(seconds=1)
    await work.run(lambda session: ring_what_is_due(clock(people, session, over)))
    booked = await work.read(_broken)
    assert [booked.count(one) for one in TOLD] == [1, 1]


def _broken(session: Session) -> list[Promise]:
    rows = session.scalars(select(Event).where(Event.name == "promise_broken"))
    return [Promise(str(row.data["promise"])) for row in rows]


SATURDAY_WORKS = NOTICE.replace("放假，共3天。", "放假，共3天。1月9日（周六）上班。")


async def test_no_edition_makes_late_what_was_in_time_on_the_day_it_was_told(work: Work) -> None:
    """Reported on Friday the 8th, told Monday, kept on Monday; the Saturday that turns out to work changes nothing."""
    people = await work.run(lambda session: urgent_tickets(session, 0))
    friday = datetime(2027, 1, 8, 10, 0, tzinfo=ZONE)
    monday = datetime(2027, 1, 11, 9, 0, tzinfo=ZONE)
    ticket = await work.run(
        lambda session: file(_as(people, session, "reporter", friday), people, "招生系统停了")
    )

    def hand_over(session: Session) -> None:
        sitting = _as(people, session, "engineer", monday)
        row = locked(sitting, ticket)
        event = append(sitting, row, "note")
        watching.keep(sitting, row, Keeping.CONTINGENCY_HANDED_OVER, event)

    await work.run(hand_over)
    at = monday + timedelta(hours=1)
    await work.run(lambda session: publish(clock(people, session, at), SATURDAY_WORKS))
    await work.run(lambda session: count_anew(clock(people, session, at)))
    assert (await work.read(states))[Promise.URGENT_CONTINGENCY] is PromiseState.KEPT
    assert await work.read(lambda session: audit(clock(people, session, at, Rulebook()))) == []


def _as(people: Cast, session: Session, person: str, at: datetime) -> Sitting:
    sitting = people.sitting(person, after(at))
    return Sitting(
        session=session, rulebook=people.rulebook, actor=sitting.actor, at=sitting.at, now=sitting.now
    )


async def test_one_edition_at_a_time_each_under_its_own_name(work: Work) -> None:
    """While one is being counted the next waits; a name is never used for two."""
    people = await work.run(urgent_tickets)
    await work.run(lambda session: publish(clock(people, session, LATER)))
    with pytest.raises(EditionError, match="still being counted"):
        await work.run(lambda session: publish(clock(people, session, LATER), edition="2027-2"))
    for at in (LATER, LATER, LAST_LOOK, LAST_LOOK):
        await work.run(lambda session, at=at: count_anew(clock(people, session, at)))  # type: ignore[misc]
    with pytest.raises(EditionError, match="already"):
        await work.run(lambda session: publish(clock(people, session, LAST_LOOK)))


async def test_a_correction_moves_what_an_edition_had_moved(work: Work) -> None:
    """The State Council changes its mind: the second edition counts from the start, not from the first move."""
    people = await work.run(urgent_tickets)
    corrected = NOTICE.replace("至3日（周日）放假，共3天", "至4日（周一）放假，共4天")
    await work.run(lambda session: publish(clock(people, session, LATER)))
    for at in (LATER, LATER, LAST_LOOK, LAST_LOOK):
        await work.run(lambda session, at=at: count_anew(clock(people, session, at)))  # type: ignore[misc]
    await work.run(lambda session: publish(clock(people, session, LAST_LOOK), corrected, "2027-2"))
    await work.run(lambda session: count_anew(clock(people, session, LAST_LOOK)))
    day = timedelta(days=1)
    assert await work.read(dues) == [{promise: due + day for promise, due in RIGHT.items()}]
    assert len(await work.read(lambda session: told(session, "calendar_moved"))) == 4
