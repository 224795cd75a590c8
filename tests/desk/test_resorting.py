"""Re-sorting: what a clock that begins late starts behind, and which question a button answers."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from agreement.words import Kind
from desk import resorting
from storage.tables import PromiseRow, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import DEEDS, report
from tests.lifecycle.undone import on
from texts.refused import Refused

ASSIGNEE, REPORTER, SCHOOL = "assignee", "reporter", "representative"
Deeds = tuple[tuple[str, str], ...]
TAKEN: Deeds = ((ASSIGNEE, "acknowledge"),)
PLANNED: Deeds = (*TAKEN, (ASSIGNEE, "propose"))
AGREED: Deeds = (*PLANNED, (SCHOOL, "agree"))


def resorted(people: Cast, old: Kind, deeds: Deeds, new: Kind) -> Mapping[str, PromiseRow]:
    """The clocks after these acts, a minute apart, and a consented change of kind half an hour after the report."""
    ticket = report(people, kind=old)
    for minute, (person, act) in enumerate(deeds, start=1):
        DEEDS[act](people, people.sitting(person, timedelta(minutes=minute)), ticket)
    resorting.ask(people.sitting("desk", timedelta(minutes=29)), ticket, kind=new)
    resorting.consent(people.sitting(REPORTER, timedelta(minutes=30)), ticket)
    return clocks(people, ticket)


def clocks(people: Cast, ticket: int) -> Mapping[str, PromiseRow]:
    people.session.flush()
    rows = people.session.scalars(select(PromiseRow).where(PromiseRow.ticket_id == ticket))
    return {row.promise: row for row in rows}


HISTORY = [
    (Kind.USABILITY, (), Kind.FAULT, {"fault-response": "running", "fault-resolution": "running"}),
    (Kind.USABILITY, TAKEN, Kind.FAULT, {"fault-response": "kept", "fault-resolution": "running"}),
    (Kind.USABILITY, PLANNED, Kind.FAULT, {"fault-response": "kept", "fault-resolution": "kept"}),
    (Kind.USABILITY, (*PLANNED, (SCHOOL, "discuss")), Kind.FAULT, {"fault-resolution": "running"}),
    (Kind.USABILITY, AGREED, Kind.FAULT, {"fault-resolution": "kept", "usability": "withdrawn"}),
    # what was answered to another question is no answer to this one
    (Kind.FAULT, (*TAKEN, (ASSIGNEE, "answer")), Kind.CONSULTATION, {"consultation-answer": "running"}),
    (Kind.FAULT, AGREED, Kind.CUSTOMISED, {"custom-understand": "kept", "custom-start": "running"}),
    (Kind.CUSTOMISED, AGREED, Kind.FAULT, {"custom-start": "withdrawn", "plan-step": "running"}),
]


@pytest.mark.parametrize(("old", "deeds", "new", "states"), HISTORY)
async def test_what_has_happened_counts_for_the_new_kind(
    old: Kind, deeds: Deeds, new: Kind, states: Mapping[str, str], database_url: str
) -> None:
    """Nobody can acknowledge twice: a clock that begins late knows it, and what a refused plan kept is not kept."""

    def body(people: Cast) -> object:
        found = resorted(people, old, deeds, new)
        return {name: found[name].state for name in states}

    assert await on(database_url, body) == states


async def test_an_agreed_schedule_moves_the_new_kind_too(database_url: str) -> None:
    """The customer confirmed the date before the kind: the week of usability ends with the plan's last step."""

    def body(people: Cast) -> object:
        found = resorted(people, Kind.FAULT, AGREED, Kind.USABILITY)
        return found["usability"].due_at

    assert await on(database_url, body) == NOW + timedelta(days=3)


async def test_a_button_of_an_earlier_question_is_refused(database_url: str) -> None:
    """Whoever agreed to another kind has not agreed that it is no longer urgent."""

    def body(people: Cast) -> object:
        ticket = report(people)
        DEEDS["urgent"](people, people.sitting(REPORTER), ticket)
        row = resorting.ask(people.sitting(ASSIGNEE), ticket, kind=Kind.USABILITY)
        first = resorting.open_question(people.sitting(REPORTER), row)
        resorting.ask_urgency(people.sitting(ASSIGNEE), ticket)
        assert first is not None
        with pytest.raises(Refused) as no:
            resorting.consent(people.sitting(REPORTER), ticket, question=first.id)
        now = people.session.get_one(Ticket, ticket)
        return no.value.said.key, now.kind, now.is_urgent

    assert await on(database_url, body) == ("refused.asked_anew", "fault", True)


async def test_a_question_ends_with_its_round_and_with_the_ticket(database_url: str) -> None:
    """An old card of a closed ticket re-sorts nothing."""

    def body(people: Cast) -> object:
        ticket = report(people)
        resorting.ask(people.sitting(ASSIGNEE), ticket, kind=Kind.USABILITY)
        for person, act in ((ASSIGNEE, "done"), (REPORTER, "solved"), ("desk", "close")):
            DEEDS[act](people, people.sitting(person), ticket)
        with pytest.raises(Refused):
            resorting.consent(people.sitting(REPORTER), ticket)
        DEEDS["not_solved"](people, people.sitting(REPORTER), ticket)
        with pytest.raises(Refused):
            resorting.consent(people.sitting(REPORTER), ticket)
        return people.session.get_one(Ticket, ticket).kind

    assert await on(database_url, body) == "fault"
