"""The clocks' tick: shared by workers, safe from bad rows, folded after downtime, unmoved by a clock that jumps."""

import asyncio
from datetime import timedelta
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agreement.words import Act, Kind, PromiseState
from desk import archiving, customers, finishing, opinions, resorting, urgent_plans
from desk.handling import acknowledge
from storage.tables import Event, Outbox, PromiseRow
from tests.lifecycle.cast import NOW
from tests.scheduler.desk import MINUTE, Desk


async def test_any_number_of_workers_tell_each_rung_once(desk: Desk) -> None:
    """Six of them tick at the same moment over the same forty tickets."""
    await desk.report(40)
    claimed = await asyncio.gather(*(desk.tick(NOW + 8 * MINUTE) for _ in range(6)))
    assert sum(claimed) == 40
    alarms = await desk.alarms()
    assert len(alarms) == len(set(alarms)) == 40 * 4  # half: two on duty; eighty: the next one and the lead
    told = await desk.told()
    assert len(told) == len(set(told)) == 40 * 3  # of two rungs in one message
    assert await desk.tick(NOW + 8 * MINUTE) == 0


async def test_one_bad_ticket_never_stops_the_others(desk: Desk) -> None:
    """It is put off, tried again, set aside after five failures and told to the desk once."""
    tickets = await desk.report(5)
    bad = tickets[2]
    await desk.work.run(lambda session: _spoil(session, bad))
    await desk.tick(NOW + 5 * MINUTE)
    assert {ticket for _, ticket in await desk.told()} == set(tickets) - {bad}
    for minutes in range(6, 30):
        await desk.tick(NOW + minutes * MINUTE)
    row = (await desk.clocks(bad))["fault-response"]
    assert row.failures == 5
    assert await desk.told("set_aside_promise") == [(desk.people.id_of("desk"), bad)]
    assert {ticket for _, ticket in await desk.told()} == set(tickets) - {bad}


def _spoil(session: Session, ticket: int) -> None:
    wrong = update(PromiseRow).where(PromiseRow.ticket_id == ticket, PromiseRow.promise == "fault-response")
    session.execute(wrong.values(segments="not a clock"))


async def test_after_downtime_rungs_come_in_order_of_time_one_message_a_ticket_and_person(desk: Desk) -> None:
    """The ticket that was late first is told first, whatever number of rungs it missed."""
    first, second = await desk.report(2)
    await desk.work.run(lambda session: _sooner(session, second))
    await desk.tick(NOW + timedelta(hours=1))
    told = await desk.told()
    assert len(told) == len(set(told))
    assert [ticket for person, ticket in told if person == desk.people.id_of("lead")] == [second, first]
    folded = await desk.work.read(lambda session: _folded(session, desk.people.id_of("lead"), first))
    assert folded == {"say": "alarm.folded", "values": {"count": 2}}


def _sooner(session: Session, ticket: int) -> None:
    """As if it had been reported five minutes before."""
    for row in session.scalars(select(PromiseRow).where(PromiseRow.ticket_id == ticket)):
        row.segments = row.segments.replace("06:00:00", "05:55:00")
        row.due_at -= 5 * MINUTE
        row.started_at -= 5 * MINUTE
        row.next_alarm_at = row.started_at + (row.due_at - row.started_at) / 2


def _folded(session: Session, person: int, ticket: int) -> object:
    body = session.scalar(select(Outbox.body).where(Outbox.person_id == person, Outbox.ticket_id == ticket))
    assert body is not None
    return body["values"]["folded"]


async def test_a_clock_set_back_an_hour_tells_nothing_twice_and_nothing_too_few(desk: Desk) -> None:
    """What was told stays told; what is still to come comes at its own time."""
    [ticket] = await desk.report()
    await desk.tick(NOW + 5 * MINUTE)
    before = await desk.alarms()
    for minutes in (-55, -30, 0, 5):
        await desk.tick(NOW + minutes * MINUTE)
    assert await desk.alarms() == before
    await desk.tick(NOW + 10 * MINUTE)
    stages = {stage for _, stage, _ in await desk.alarms()}
    assert stages == {"half", "eighty", "due"}
    assert (await desk.clocks(ticket))["fault-response"].state == PromiseState.RUNNING.value


async def test_a_clock_set_forward_a_day_skips_no_rung(desk: Desk) -> None:
    """Every rung that lies in between is told, in one message, and the breach is in the history once."""
    [ticket] = await desk.report()
    await desk.tick(NOW + timedelta(days=1))
    await desk.tick(NOW + timedelta(days=1))
    response = (await desk.clocks(ticket))["fault-response"]
    stages = [stage for promise, stage, _ in await desk.alarms() if promise == response.id]
    assert set(stages) == {"half", "eighty", "due", "twice"}
    assert response.state == PromiseState.BROKEN.value
    broken = select(Event.data).where(Event.ticket_id == ticket, Event.name == "promise_broken")
    found = await desk.work.read(lambda session: list(session.scalars(broken)))
    assert sorted(one["promise"] for one in found) == ["fault-resolution", "fault-response"]


async def test_what_was_kept_a_moment_before_rings_no_more(desk: Desk) -> None:
    """An acknowledgement at the very moment of the rung is in time for it."""
    [ticket] = await desk.report()
    await desk.act("engineer", acknowledge, ticket, at=NOW + 5 * MINUTE)
    await desk.tick(NOW + 9 * MINUTE)
    assert await desk.alarms() == []


async def _resort(desk: Desk, ticket: int, kind: Kind, minutes: int) -> None:
    at = NOW + minutes * MINUTE
    await desk.act("desk", resorting.ask, ticket, kind=kind, at=at)
    await desk.act("reporter", resorting.consent, ticket, at=at)


async def _halves(desk: Desk, ticket: int) -> int:
    """How often somebody was told that half of the response's term is over: in all messages, ever."""
    await desk.clocks(ticket)
    bodies = await desk.work.read(lambda session: list(session.scalars(select(Outbox.body).order_by(Outbox.id))))
    said = [one["values"] for one in bodies if one.get("notice") == "alarm"]
    return sum((one["stage"]["say"], one["promise"]["say"]) == ("stage.half", "promise.fault-response") for one in said)


async def test_a_clock_that_begins_anew_climbs_its_ladder_anew(desk: Desk) -> None:
    """Re-sorted away and back, counted from another moment: everybody is told of the new due time."""
    [ticket] = await desk.report(kind=Kind.USABILITY)
    await _resort(desk, ticket, Kind.FAULT, 1)
    await desk.tick(NOW + 6 * MINUTE)
    assert await _halves(desk, ticket) == 2
    await _resort(desk, ticket, Kind.USABILITY, 7)
    await _resort(desk, ticket, Kind.FAULT, 20)
    await desk.tick(NOW + 25 * MINUTE)
    assert await _halves(desk, ticket) == 4


async def test_a_clock_that_goes_on_from_the_same_moment_tells_nothing_twice(desk: Desk) -> None:
    """Re-sorted away and back to what the customer had said: it counts from the report as before."""
    [ticket] = await desk.report()
    await desk.tick(NOW + 5 * MINUTE)
    await _resort(desk, ticket, Kind.USABILITY, 6)
    await _resort(desk, ticket, Kind.FAULT, 7)
    await desk.tick(NOW + 7 * MINUTE)
    assert await _halves(desk, ticket) == 2


async def _reopened(desk: Desk) -> int:
    """An urgent ticket, put right and closed within minutes, then opened anew."""
    [ticket] = await desk.report()
    await desk.act("reporter", customers.declare_urgent, ticket)
    await desk.act("assignee", finishing.done, ticket, words="重启了", at=NOW + MINUTE)
    await desk.act("reporter", opinions.solved, ticket, at=NOW + 2 * MINUTE)
    await desk.act("desk", archiving.close, ticket, at=NOW + 3 * MINUTE)
    await desk.act("reporter", opinions.not_solved, ticket, at=NOW + 4 * MINUTE)
    return ticket


async def test_a_round_that_is_over_rings_for_what_it_still_owes(desk: Desk) -> None:
    """As long as the new round is open somebody may set out, and both plans can be handed over in any state."""
    ticket = await _reopened(desk)
    await desk.tick(NOW + timedelta(days=30))
    rows = await desk.work.read(lambda session: _urgent(session, ticket))
    assert {(row.state, row.booked_at is not None) for row in rows} == {("broken", True)}
    rung = {promise for promise, _, _ in await desk.alarms()}
    assert {row.promise for row in rows if row.id in rung} == {
        "urgent-dispatch", "urgent-contingency", "urgent-fix-plan",
    }  # fmt: skip


async def test_what_the_card_does_not_offer_rings_nobody(desk: Desk) -> None:
    """The new round is not urgent and done: nobody can set out any more, and nobody is told to."""
    ticket = await _reopened(desk)
    await desk.act("assignee", finishing.done, ticket, words="换了", at=NOW + 5 * MINUTE)
    await desk.tick(NOW + timedelta(days=30))
    rows = await desk.work.read(lambda session: _urgent(session, ticket))
    rung = {promise for promise, _, _ in await desk.alarms()}
    assert {row.promise for row in rows if row.id in rung} == {"urgent-contingency", "urgent-fix-plan"}


async def test_a_plan_handed_over_in_a_new_round_is_that_of_the_round_before_as_well(desk: Desk) -> None:
    """No clause ends it with 办结: the paper that it asks for is there."""
    ticket = await _reopened(desk)
    await desk.act("reporter", customers.declare_urgent, ticket, at=NOW + 5 * MINUTE)
    hand_in = partial(urgent_plans.hand_in, act=Act.CONTINGENCY)
    await desk.act("assignee", hand_in, ticket, words="备用服务器", at=NOW + 6 * MINUTE)
    rows = await desk.work.read(lambda session: _urgent(session, ticket))
    kept = [(row.round, row.promise) for row in rows if row.state == PromiseState.KEPT.value]
    assert kept == [(1, "urgent-contingency"), (2, "urgent-contingency")]


def _urgent(session: Session, ticket: int) -> list[PromiseRow]:
    query = select(PromiseRow).where(PromiseRow.ticket_id == ticket, PromiseRow.promise.startswith("urgent"))
    return list(session.scalars(query.order_by(PromiseRow.id)))


async def test_a_receipt_that_is_objected_to_lets_the_ladders_go_on(desk: Desk) -> None:
    """While it stood nobody was called for the technician who had not come in time; now whoever would have been is."""
    [ticket] = await desk.report()
    await desk.act("reporter", customers.declare_urgent, ticket)
    await desk.act("assignee", finishing.decline, ticket, words="键盘锁了", at=NOW + MINUTE)
    later = NOW + timedelta(days=2)
    await desk.tick(later)
    dispatch = (await desk.clocks(ticket))["urgent-dispatch"].id
    stages = {stage for promise, stage, _ in await desk.alarms() if promise == dispatch}
    assert stages == {"half", "eighty", "due"}, "warned of until it was due, then no more"
    await desk.act("reporter", customers.object_to, ticket, words="没有", at=later)
    await desk.tick(later)
    assert (dispatch, "day-1", desk.people.id_of("manager")) in await desk.alarms()
