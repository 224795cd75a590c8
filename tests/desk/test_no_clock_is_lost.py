"""No clock is lost by merging, nor any later than it was, whatever the ticket that goes on has seen (acts, 合并)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from agreement.words import Kind
from desk import merging, reporting, resorting
from storage.tables import PromiseRow, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import DEEDS, report
from tests.lifecycle.undone import on


def minute(number: int) -> timedelta:
    return timedelta(minutes=number)


def reported(people: Cast, at: int, kind: Kind) -> int:
    """A matter reported so many minutes after the beginning; the ticket's id."""
    matter = reporting.Matter(school_id=people.school, text="打印机卡纸", reported_at=NOW + minute(at), kind=kind)
    return reporting.report(
        people.sitting("reporter", minute(at)),
        matter,
        reporter_id=people.id_of("reporter"),
        reporter_account_id=people.actors["reporter"].account_id,
        channel="web",
    ).id


def does(people: Cast, person: str, act: str, ticket: int, at: int) -> None:
    DEEDS[act](people, people.sitting(person, minute(at)), ticket)


def resorted(people: Cast, ticket: int, kind: Kind, at: int) -> None:
    """The vendor asked, the customer agreed."""
    resorting.ask(people.sitting("assignee", minute(at)), ticket, kind=kind)
    resorting.consent(people.sitting("reporter", minute(at)), ticket)


def merged(people: Cast, ticket: int, into: int, at: int) -> dict[str, tuple[str, datetime]]:
    """State and due time of the clocks of the ticket that goes on."""
    ordinal = people.session.get_one(Ticket, into).ordinal
    merging.merge(people.sitting("assignee", minute(at)), ticket, into_ordinal=ordinal)
    people.session.flush()
    rows = people.session.scalars(select(PromiseRow).where(PromiseRow.ticket_id == into))
    return {row.promise: (row.state, row.due_at) for row in rows}


async def test_what_a_resorting_ended_there_begins_with_the_other_report(database_url: str) -> None:
    """The customer agreed that the one is a question; nobody agreed to it of the other."""

    def body(people: Cast) -> object:
        goes_on, fault = report(people), reported(people, 20, Kind.FAULT)
        resorted(people, goes_on, Kind.CONSULTATION, 5)
        return merged(people, fault, goes_on, 22)["fault-resolution"]

    assert await on(database_url, body) == ("running", NOW + minute(140))


async def test_a_resorted_clock_counts_from_the_other_report_where_that_is_earlier(database_url: str) -> None:
    """Counted from the consent it would be due later than what the school was promised."""

    def body(people: Cast) -> object:
        found = []
        for at in (0, 10):  # before the report of the ticket that goes on, and after it
            fault = reported(people, at, Kind.FAULT)
            goes_on = reported(people, 5, Kind.CONSULTATION)
            resorted(people, goes_on, Kind.FAULT, 30)
            found.append(merged(people, fault, goes_on, 32)["fault-resolution"][1] - NOW)
        return found

    assert await on(database_url, body) == [minute(120), minute(130)]


async def test_a_departure_of_an_urgency_that_was_taken_back_keeps_nothing(database_url: str) -> None:
    """They went for the first urgency; for the second, declared before the merging, nobody went."""

    def body(people: Cast) -> object:
        goes_on, urgent = report(people, kind=Kind.CONSULTATION), report(people)
        does(people, "reporter", "urgent", urgent, 1)
        does(people, "assignee", "depart", urgent, 2)
        does(people, "reporter", "not_urgent", urgent, 10)
        does(people, "reporter", "urgent", urgent, 30)
        return merged(people, urgent, goes_on, 40)["urgent-dispatch"]

    assert await on(database_url, body) == ("running", NOW + minute(90))
