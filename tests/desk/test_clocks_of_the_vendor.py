"""What a vendor could do with an act that is allowed: begin what nobody can keep, end what runs, undo what is newer."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from agreement.words import Kind
from desk import agreeing, customers, merging, reporting, resorting
from storage.tables import Confirmation, PromiseRow, Ticket
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


def later(people: Cast, number: int, kind: Kind = Kind.FAULT) -> int:
    """A second report of the matter, so many minutes after the first; the ticket's id."""
    return reporting.report(
        people.sitting("colleague", minute(number)),
        reporting.Matter(school_id=people.school, text="打印机卡纸", reported_at=NOW + minute(number), kind=kind),
        reporter_id=people.id_of("colleague"),
        reporter_account_id=people.actors["colleague"].account_id,
        channel="web",
    ).id


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


async def test_the_button_of_an_older_plan_confirms_nothing(database_url: str) -> None:
    """同意方案 under version 1 after version 2: refused, and no evidence is kept; under version 2 it is."""

    def body(people: Cast) -> object:
        ticket = report(people)
        for at in (1, 2):
            DEEDS["propose"](people, people.sitting("assignee", minute(at)), ticket)
        school = people.sitting("representative", minute(30))
        said = refused(lambda: agreeing.agree(school, ticket, version=1))
        kept = select(Confirmation.content).where(Confirmation.ticket_id == ticket)
        people.session.flush()
        before = people.session.scalars(kept).all()
        agreeing.agree(school, ticket, version=2)
        people.session.flush()
        return said, before, [json.loads(one)["plan"] for one in people.session.scalars(kept)]

    assert await on(database_url, body) == ("refused.other_plan", [], [2])


async def test_words_about_an_older_plan_undo_nothing_of_the_newer(database_url: str) -> None:
    """The school writes under version 1 while version 2 is handed over: version 2 has kept the two hours."""

    def body(people: Cast) -> object:
        ticket = report(people)
        for at in (1, 2):
            DEEDS["propose"](people, people.sitting("assignee", minute(at)), ticket)
        school = people.sitting("representative", minute(130))
        said = refused(lambda: agreeing.discuss(school, ticket, words="太久了", version=1))
        before = clocks(people, ticket)["fault-resolution"]
        agreeing.discuss(school, ticket, words="太久了", version=2)
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


def merged(people: Cast, first: int, second: int, at: int) -> None:
    """The first goes on as the second."""
    into = people.session.get_one(Ticket, second).ordinal
    merging.merge(people.sitting("engineer", minute(at)), first, into_ordinal=into)


async def test_who_answered_the_earlier_report_in_time_answered_the_matter(database_url: str) -> None:
    """Counted from the earlier report, the later one's answer alone would come too late."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 20)
        DEEDS["acknowledge"](people, people.sitting("assignee", minute(5)), first)
        DEEDS["acknowledge"](people, people.sitting("assignee", minute(22)), second)
        merged(people, first, second, 30)
        return clocks(people, second)

    assert await on(database_url, body) == {"fault-response": "kept", "fault-resolution": "running"}


async def test_who_went_there_for_the_one_report_went_for_the_matter(database_url: str) -> None:
    """Urgency passes on with its own start, and so does whoever was sent; nothing is owed to the school for it."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 20)
        customers.declare_urgent(people.sitting("reporter", minute(4)), first)
        DEEDS["depart"](people, people.sitting("assignee", minute(10)), first)
        merged(people, first, second, 90)
        return {name: state for name, state in clocks(people, second).items() if name.startswith("urgent")}

    expected = {"urgent-dispatch": "kept", "urgent-contingency": "running", "urgent-fix-plan": "running"}
    assert await on(database_url, body) == expected


async def test_a_merging_mends_no_breach(database_url: str) -> None:
    """The later report had been left without an answer by itself: that stays, whatever was done for the earlier."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 20)
        DEEDS["acknowledge"](people, people.sitting("assignee", minute(5)), first)
        merged(people, first, second, 40)
        return clocks(people, second)["fault-response"]

    assert await on(database_url, body) == "broken"


async def test_a_plan_of_the_merged_report_keeps_nothing_of_the_other(database_url: str) -> None:
    """Nobody can agree to it any more."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 20)
        DEEDS["propose"](people, people.sitting("assignee", minute(5)), first)
        merged(people, first, second, 25)
        return clocks(people, second)

    assert await on(database_url, body) == {"fault-response": "kept", "fault-resolution": "running"}


async def test_a_fault_goes_on_in_a_question_with_its_clocks(database_url: str) -> None:
    """A re-sorting needs the customer's consent: a merging is none. What answered the fault still does."""

    def body(people: Cast) -> object:
        fault, question = report(people), later(people, 20, Kind.CONSULTATION)
        DEEDS["acknowledge"](people, people.sitting("assignee", minute(5)), fault)
        merged(people, fault, question, 30)
        return {name: state for name, state in clocks(people, question).items() if name.startswith("fault")}

    assert await on(database_url, body) == {"fault-response": "kept", "fault-resolution": "running"}


async def test_what_is_broken_stays_with_the_merged_report(database_url: str) -> None:
    """It is in the books there; the other is not owed it a second time."""

    def body(people: Cast) -> object:
        fault, question = report(people), later(people, 20, Kind.CONSULTATION)
        merged(people, fault, question, 30)
        return clocks(people, fault)["fault-response"], sorted(clocks(people, question))

    assert await on(database_url, body) == ("broken", ["consultation-answer", "fault-resolution"])


async def test_a_schedule_that_was_agreed_to_is_never_merged_away(database_url: str) -> None:
    """Its steps would end without the school's word; the other report is merged into it instead."""

    def body(people: Cast) -> object:
        planned, question = report(people), later(people, 20, Kind.CONSULTATION)
        DEEDS["propose"](people, people.sitting("assignee", minute(25)), planned)
        DEEDS["agree"](people, people.sitting("representative", minute(30)), planned)
        said = refused(lambda: merged(people, planned, question, 40))
        merged(people, question, planned, 41)
        return said, clocks(people, planned)["plan-step"]

    assert await on(database_url, body) == ("refused.has_a_plan", "running")


@pytest.mark.parametrize(
    ("answered_at", "merged_at", "is_kept"), [(8, 9, True), (8, 12, False), (11, 12, False)]
)
async def test_who_answered_the_later_report_answered_the_matter_too(
    database_url: str, answered_at: int, merged_at: int, is_kept: bool
) -> None:
    """In time for the earlier one, which goes on with its own start; merged or answered too late it mends nothing."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 5)
        DEEDS["acknowledge"](people, people.sitting("assignee", minute(answered_at)), second)
        merged(people, second, first, merged_at)
        return clocks(people, first)["fault-response"] == "kept"

    assert await on(database_url, body) is is_kept


async def test_who_went_there_for_the_later_report_went_for_the_earlier_too(database_url: str) -> None:
    """Both are urgent; one technician is on the way, and the earlier hour still runs."""

    def body(people: Cast) -> object:
        first, second = report(people), later(people, 5)
        customers.declare_urgent(people.sitting("reporter", minute(6)), first)
        customers.declare_urgent(people.sitting("colleague", minute(7)), second)
        DEEDS["depart"](people, people.sitting("assignee", minute(10)), second)
        merged(people, second, first, 30)
        return clocks(people, first)["urgent-dispatch"]

    assert await on(database_url, body) == "kept"
