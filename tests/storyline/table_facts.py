"""The answers to the `=` lines, read from the tables over a connection of the tests' own."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.books import Entry, books
from agreement.records import makeable
from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, State
from desk.case_facts import case_facts
from desk.rulebook import Rulebook
from desk.sitting import THE_CLOCK, Sitting
from storage.tables import Attachment, Contract, Event, Penalty, Person, PromiseRow, School, Ticket
from storage.work import Work
from tests.storyline.stage import PromiseFacts, TicketFacts

FILING = ("report", "register")


class TableFacts:
    """`Facts` over a database. Tickets are named by their short number."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def tickets(self) -> Sequence[TicketFacts]:
        """All, in the order of filing."""
        return await self._work.read(_tickets)

    async def promise(self, shown: int, promise: Promise, step: int) -> PromiseFacts | None:
        """The newest round's; of plan-steps the newest plan's."""
        return await self._work.read(lambda session: _promise(session, shown, promise, step))

    async def penalties_fen(self, school: str, state: PenaltyState) -> int:
        """Sum of the entries in that state, the deducted ones with what was taken."""
        return await self._work.read(lambda session: _penalties_fen(session, school, state))

    async def missing_for(self, shown: int, record: Record) -> str:
        """What the record waits for, or nothing."""
        return await self._work.read(lambda session: _missing_for(session, shown, record))


def _tickets(session: Session) -> list[TicketFacts]:
    rows = session.scalars(select(Ticket).order_by(Ticket.ordinal)).all()
    return [_facts(session, row) for row in rows]


def _facts(session: Session, row: Ticket) -> TicketFacts:
    photos = session.scalar(
        select(func.count())
        .select_from(Attachment)
        .where(Attachment.ticket_id == row.id, Attachment.kind == "photo")
    )
    return TicketFacts(
        shown=row.ordinal,
        filed_by=_filed_by(session, row),
        state=State(row.state),
        kind=Kind(row.kind),
        reported_at=row.reported_at,
        round=row.round,
        is_unconfirmed=row.is_unconfirmed,
        is_urgent=row.is_urgent,
        is_waiting=bool(row.waiting),
        photos=photos or 0,
        assignee=_name(session, row.assignee_id),
    )


def _filed_by(session: Session, row: Ticket) -> str:
    actor = session.scalar(
        select(Event.actor_id)
        .where(Event.ticket_id == row.id, Event.name.in_(FILING))
        .order_by(Event.id)
        .limit(1)
    )
    return _name(session, actor or row.reporter_id)


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id is not None else None
    return person.name if person is not None else ""


def _promise(session: Session, shown: int, promise: Promise, step: int) -> PromiseFacts | None:
    steps = [step] if promise is Promise.PLAN_STEP else [0]
    row = session.scalar(
        select(PromiseRow)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(Ticket.ordinal == shown, PromiseRow.promise == promise.value, PromiseRow.step.in_(steps))
        .order_by(PromiseRow.round.desc(), PromiseRow.plan.desc(), PromiseRow.id.desc())
        .limit(1)
    )
    return PromiseFacts(state=PromiseState(row.state), due_at=row.due_at) if row is not None else None


def _penalties_fen(session: Session, school: str, state: PenaltyState) -> int:
    """An entry cut by the cap is deducted with what was taken; the rest of it ended as exhausted."""
    rows = session.scalars(
        select(Penalty).join(Contract, Contract.id == Penalty.contract_id)
        .join(School, School.id == Contract.school_id).where(School.name == school)
    )
    entries = [Entry(PenaltyState(row.state), row.amount_fen, row.taken_fen) for row in rows]
    return books(0, entries).sums[state].fen


def _missing_for(session: Session, shown: int, record: Record) -> str:
    ticket = session.scalar(select(Ticket).where(Ticket.ordinal == shown))
    assert ticket is not None  # the player has asked for the ticket before
    sitting = Sitting(
        session=session, rulebook=Rulebook(), actor=THE_CLOCK, at=ticket.updated_at, now=ticket.updated_at
    )
    missing = makeable(record, case_facts(sitting, ticket))
    return missing.what if missing is not None else ""
