"""A word that was sent before the clock acted counts as sent before it, also where an outage let it be read after."""

from datetime import timedelta

from sqlalchemy import select

from desk import alarming, customers, opinions, remembering
from storage.tables import PromiseRow, Reminder, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import bring
from tests.lifecycle.undone import on
from texts.refused import Refused

SECOND = timedelta(seconds=1)


def over(people: Cast, ticket: int, name: str) -> timedelta:
    """The clock does what it waited for with this ticket; when that was due, from NOW on."""
    people.session.flush()
    due_at = people.session.scalars(
        select(Reminder.due_at).where(Reminder.ticket_id == ticket, Reminder.name == name)
    ).one()
    clock = people.sitting("", due_at + SECOND - NOW)
    while remembering.remember_what_is_due(clock):
        people.session.flush()
    return due_at - NOW


def found(people: Cast, ticket: int) -> tuple[str, int, set[str]]:
    """State, round, and how the clocks of all rounds stand."""
    people.session.flush()
    row = people.session.get_one(Ticket, ticket)
    clocks = people.session.scalars(select(PromiseRow.state).where(PromiseRow.ticket_id == ticket))
    return row.state, row.round, set(clocks)


async def test_not_solved_of_before_the_silence_is_of_the_same_round(database_url: str) -> None:
    """It undoes what kept the promises: no new round hides that they are broken."""

    def body(people: Cast) -> object:
        ticket = bring(people, "done")
        end = over(people, ticket, "silence_closes")
        assert found(people, ticket)[:2] == ("closed", 1)
        opinions.not_solved(people.sitting("reporter", end - SECOND), ticket)
        return found(people, ticket), people.session.get_one(Ticket, ticket).closed_at

    assert await on(database_url, body) == (("in_progress", 1, {"kept", "broken"}), None)


async def test_the_ladders_of_that_round_go_on(database_url: str) -> None:
    """The hour of an urgent fault that nobody went to rings daily; the end of the case had made it silent."""

    def body(people: Cast) -> object:
        ticket = bring(people, "urgent_done")
        end = over(people, ticket, "silence_closes")
        for days in (1, 2):  # the first books the breach
            alarming.ring_what_is_due(people.sitting("", end + timedelta(days=days)))
            people.session.flush()
        opinions.not_solved(people.sitting("reporter", end - SECOND), ticket)
        people.session.flush()
        rows = select(PromiseRow).where(PromiseRow.ticket_id == ticket, PromiseRow.promise == "urgent-dispatch")
        row = people.session.scalars(rows).one()
        return row.state, row.next_alarm_at is not None

    assert await on(database_url, body) == ("broken", True)


async def test_not_solved_of_after_it_begins_a_round(database_url: str) -> None:
    """The very moment of 已办结 is after it."""

    def body(people: Cast) -> object:
        ticket = bring(people, "done")
        end = over(people, ticket, "silence_closes")
        opinions.not_solved(people.sitting("reporter", end), ticket)
        return found(people, ticket)

    assert await on(database_url, body) == ("in_progress", 2, {"kept", "running"})


async def test_an_objection_of_before_the_end_of_its_days_counts(database_url: str) -> None:
    """The very last moment is in time; a second later is not."""

    def body(people: Cast) -> object:
        in_time, late = bring(people, "declined"), bring(people, "declined")
        end = over(people, in_time, "objection_over")
        over(people, late, "objection_over")
        customers.object_to(people.sitting("reporter", end), in_time, words="没修")
        try:
            customers.object_to(people.sitting("reporter", end + SECOND), late, words="没修")
        except Refused as no:
            return found(people, in_time)[0], found(people, late)[0], no.said.key
        return "not refused"

    assert await on(database_url, body) == ("acknowledged", "declined", "refused.objection_over")


async def test_no_objection_is_taken_back_by_nothing(database_url: str) -> None:
    """无异议 settles the receipt: no word of an earlier time opens it again."""

    def body(people: Cast) -> object:
        ticket = bring(people, "not_objected")
        try:
            customers.object_to(people.sitting("reporter", SECOND), ticket, words="没修")
        except Refused as no:
            return no.said.key
        return "not refused"

    assert await on(database_url, body) == "refused.not_now"
