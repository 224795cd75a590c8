"""What a vendor could do with an act that is allowed: begin what nobody can keep, end what runs, undo what is newer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from agreement.words import Kind
from desk import merging, planning, resorting
from storage.tables import PromiseRow, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import DEEDS, report
from tests.lifecycle.undone import on
from texts.refused import Refused


def minute(number: int) -> timedelta:
    return timedelta(minutes=number)


def clocks(people: Cast, ticket: int) -> dict[str, str]:
    """Its promises and their states."""
    people.session.flush()
    rows = people.session.scalars(select(PromiseRow).where(PromiseRow.ticket_id == ticket))
    return {row.promise: row.state for row in rows}


def refused(act: Callable[[], object]) -> str:
    """The key of the sentence with which it is refused."""
    with pytest.raises(Refused) as no:
        act()
    return no.value.said.key


async def test_a_kind_agreed_to_when_the_work_is_done_begins_no_clock(database_url: str) -> None:
    """Asked before 完成, answered after it: nobody could keep what would run from then."""

    def body(people: Cast) -> object:
        ticket = report(people)
        resorting.ask(people.sitting("assignee", minute(5)), ticket, kind=Kind.USABILITY)
        DEEDS["done"](people, people.sitting("assignee", minute(30)), ticket)
        said = refused(lambda: resorting.consent(people.sitting("reporter", minute(40)), ticket))
        return said, sorted(clocks(people, ticket).items())

    kept = [("fault-resolution", "kept"), ("fault-response", "kept")]
    assert await on(database_url, body) == ("refused.nothing_asked", kept)


async def test_nothing_goes_on_as_what_is_done_already(database_url: str) -> None:
    """Its clocks are kept: merged into it, a new report would have none that runs."""

    def body(people: Cast) -> object:
        done, new = report(people), report(people)
        DEEDS["done"](people, people.sitting("assignee", minute(5)), done)
        into = people.session.get_one(Ticket, done).ordinal
        merge = people.sitting("assignee", minute(6))
        said = refused(lambda: merging.merge(merge, new, into_ordinal=into))
        return said, set(clocks(people, new).values())

    assert await on(database_url, body) == ("refused.is_over", {"running"})


async def test_words_about_an_older_plan_undo_nothing_of_the_newer(database_url: str) -> None:
    """The school writes under version 1 while version 2 is handed over: version 2 has kept the two hours."""

    def body(people: Cast) -> object:
        ticket = report(people)
        for at in (1, 2):
            DEEDS["propose"](people, people.sitting("assignee", minute(at)), ticket)
        school = people.sitting("representative", minute(130))
        said = refused(lambda: planning.discuss(school, ticket, words="太久了", version=1))
        before = clocks(people, ticket)["fault-resolution"]
        planning.discuss(school, ticket, words="太久了", version=2)
        return said, before, clocks(people, ticket)["fault-resolution"]

    assert await on(database_url, body) == ("refused.other_plan", "kept", "broken")


async def test_of_two_words_of_urgency_the_earlier_counts(database_url: str) -> None:
    """Both reports said it and neither was confirmed: 紧急 tapped later starts behind the first."""

    def body(people: Cast) -> object:
        first, second = report(people), report(people)
        for ticket, at in ((first, 4), (second, 34)):
            people.session.get_one(Ticket, ticket).urgency_said_at = NOW + minute(at)
        people.session.flush()
        into = people.session.get_one(Ticket, second).ordinal
        merging.merge(people.sitting("assignee", minute(40)), first, into_ordinal=into)
        return people.session.get_one(Ticket, second).urgency_said_at

    assert await on(database_url, body) == NOW + minute(4)
