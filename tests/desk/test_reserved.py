"""The id of an act's event comes with the ticket's lock: in the order of the locks, and for that ticket alone."""

import asyncio

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.util import await_only

from desk import access, events
from storage.tables import Event, Ticket
from storage.work import PostgresWork
from tests.lifecycle.cast import Cast, cast
from tests.lifecycle.deeds import bring
from tests.test_arriving import until_the_next_waits


def two_tickets(session: Session) -> tuple[Cast, list[int]]:
    people = cast(session)
    for case in ("registered", "registered"):
        bring(people, case)
    session.flush()
    return people, list(session.scalars(select(Ticket.id).order_by(Ticket.id)))


def note(people: Cast, session: Session, ticket_id: int, words: str) -> None:
    sitting = people.sitting("engineer", session=session)
    events.append(sitting, access.locked(sitting, ticket_id), "note", {"words": words})


def noted(session: Session) -> list[str]:
    """By id: the order in which a history is read."""
    found = session.scalars(select(Event).where(Event.name == "note").order_by(Event.id))
    return [str(one.data["words"]) for one in found]


async def test_whoever_waited_for_the_ticket_writes_the_later_event(on_postgres: PostgresWork) -> None:
    """An id that was given before the wait would put their word before the one they waited for."""
    people, (ticket, _) = await on_postgres.run(two_tickets)
    held = asyncio.Event()

    def first(session: Session) -> None:
        sitting = people.sitting("engineer", session=session)
        found = access.locked(sitting, ticket)
        await_only(until_the_next_waits(on_postgres, held))
        for words in ("1", "2"):
            events.append(sitting, found, "note", {"words": words})

    going = asyncio.ensure_future(on_postgres.run(first))
    await held.wait()
    await on_postgres.run(lambda session: note(people, session, ticket, "3"))
    await going
    assert await on_postgres.read(noted) == ["1", "2", "3"]


async def test_an_id_is_used_once_and_for_its_own_ticket(on_postgres: PostgresWork) -> None:
    """Two tickets locked before either is written of, and one of them written of twice."""
    people, (one, other) = await on_postgres.run(two_tickets)

    def both(session: Session) -> None:
        sitting = people.sitting("engineer", session=session)
        locked = [access.locked(sitting, each) for each in (one, other)]
        for place, words in ((1, "1"), (0, "2"), (1, "3")):
            events.append(sitting, locked[place], "note", {"words": words})

    await on_postgres.run(both)
    by_ticket = select(Event.ticket_id, Event.data["words"].as_string()).where(Event.name == "note")
    found = await on_postgres.read(lambda session: session.execute(by_ticket.order_by(Event.id)).all())
    assert sorted(tuple(each) for each in found) == [(one, "2"), (other, "1"), (other, "3")]
    assert [words for ticket, words in found if ticket == other] == ["1", "3"]


async def test_what_was_reserved_in_a_savepoint_ends_with_it(on_postgres: PostgresWork) -> None:
    """An act that was refused gives its lock back; what is written without a new one comes after all others."""
    people, (ticket, _) = await on_postgres.run(two_tickets)

    def refused_then_written(session: Session) -> None:
        sitting = people.sitting("engineer", session=session)
        with session.begin_nested() as act:
            found = access.locked(sitting, ticket)
            act.rollback()
        await_only(on_postgres.run(lambda other: note(people, other, ticket, "1")))
        events.append(sitting, found, "note", {"words": "2"})

    await on_postgres.run(refused_then_written)
    assert await on_postgres.read(noted) == ["1", "2"]
