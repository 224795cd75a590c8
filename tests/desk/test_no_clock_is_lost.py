"""No clock is lost by merging, nor any later than it was, whatever the ticket that goes on has seen (acts, 合并)."""

from datetime import datetime, timedelta

from sqlalchemy import select

from agreement.words import Kind
from desk import merging, reporting, resorting
from storage.tables import PromiseRow, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import report
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
