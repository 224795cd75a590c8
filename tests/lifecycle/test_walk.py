"""Every act, from every state, by everybody: done as the documents say, else refused and nothing changed."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement import lifecycle
from agreement.lifecycle import STEPS, Step
from agreement.words import Act, Relation, State
from bot.house import open_work
from bot.waking import Waking
from storage.tables import Attachment, Event, Outbox, PromiseRow, Ticket
from storage.work import do_last
from tests.lifecycle.cast import NOW, Cast, cast
from tests.lifecycle.deeds import DEEDS, bring
from tests.lifecycle.expected import CASES, EXPECTED, PEOPLE, leads_to
from texts.refused import Refused
from texts.say import LANGUAGES, render

LATER = timedelta(hours=1)
Rows = tuple[tuple[object, ...], tuple[object, ...], tuple[int, ...]]  # the ticket, its clocks, how many of each
NOT_AN_ACT_ON_A_TICKET = {"report", "register"}


def test_every_act_is_walked() -> None:
    """A new act has its row of expectations and its deed, and each row of the code's table is reached."""
    acts = {one.value for one in Act} - NOT_AN_ACT_ON_A_TICKET
    assert acts == set(EXPECTED) == set(DEEDS)
    assert {step.act.value for step in STEPS} == acts


def dump(session: Session, ticket: int) -> Rows:
    """What an act may touch: the ticket's row, its clocks, and how much was written or is to be told."""
    session.flush()
    do_last(session)
    row = session.execute(select(Ticket.__table__).where(Ticket.id == ticket)).one()
    rows = select(PromiseRow.__table__).where(PromiseRow.ticket_id == ticket).order_by(PromiseRow.id)
    clocks = session.execute(rows).all()
    counts = [
        session.scalar(select(func.count()).select_from(one)) for one in (Event, Outbox, Attachment, Ticket)
    ]
    return (tuple(row), tuple(map(tuple, clocks)), tuple(one or 0 for one in counts))


def walk(session: Session, acts: Sequence[str], among: Sequence[str]) -> list[str]:
    """Whatever differs from what is expected, each with act, person and case."""
    people = cast(session)
    tickets = {case: bring(people, case) for case in CASES}
    wrong = [
        f"{case}: brought to {session.get_one(Ticket, ticket).state}"
        for case, ticket in tickets.items()
        if session.get_one(Ticket, ticket).state != CASES[case]
    ]
    before = {case: dump(session, ticket) for case, ticket in tickets.items()}  # each attempt is undone
    for act in acts:
        for case, ticket in tickets.items():
            for person in among:
                savepoint = session.begin_nested()
                found = attempt(people, act, person, ticket, before[case])
                savepoint.rollback()
                session.expire_all()
                if found != leads_to(act, person, case):
                    wrong.append(
                        f"{act} by {person} on {case}: {found}, expected {leads_to(act, person, case)}"
                    )
    session.rollback()
    return wrong


def attempt(people: Cast, act: str, person: str, ticket: int, before: Rows) -> str | None:
    """The state after it, or None after a proper refusal; anything improper in words."""
    try:
        DEEDS[act](people, people.sitting(person, LATER), ticket)
    except Refused as no:
        return _refusal(no) or (
            None if act == "merge" or dump(people.session, ticket) == before else "changed rows"
        )
    after = dump(people.session, ticket)
    if after[2][0] == before[2][0]:
        return "no event"
    return people.session.get_one(Ticket, ticket).state


def _refusal(no: Refused) -> str:
    """What is wrong with the sentence, in either language."""
    said = [render(no.said, language, NOW) for language in LANGUAGES]
    return "" if all(len(one) > 5 and "{" not in one for one in said) else f"poor refusal: {said}"


async def walked(url: str, acts: Sequence[str] = tuple(EXPECTED), among: Sequence[str] = PEOPLE) -> list[str]:
    """The walk on this database, undone afterwards."""
    work = open_work(url, Waking())
    try:
        return await work.run(lambda session: walk(session, acts, among))
    finally:
        await work.close()


async def test_the_table_is_walked(sqlite_url: str) -> None:
    """More than six thousand steps, legal and illegal."""
    assert await walked(sqlite_url) == []


async def test_the_table_is_walked_on_postgresql_too(postgres_url: str) -> None:
    """Rows are locked and undone there in another way."""
    assert await walked(postgres_url) == []


NUDGES = tuple(step for step in STEPS if step.act is Act.NUDGE)
ANYWHERE = Step(Act.NUDGE, frozenset({Relation.MANAGER}), frozenset(State))


@pytest.mark.parametrize(
    "rows",
    [(*STEPS, ANYWHERE), tuple(one for one in STEPS if one not in NUDGES)],
    ids=["too wide", "missing"],
)
async def test_a_wrong_row_is_seen(
    rows: tuple[Step, ...], sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The walk can fail: a row too many and a row too few are each found."""
    monkeypatch.setattr(lifecycle, "STEPS", rows)
    assert await walked(sqlite_url, ["nudge"])
