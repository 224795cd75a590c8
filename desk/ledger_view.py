"""The ledger as one person may see it: entries with what can be done, and the books of each contract.

Readers are the school's representatives and the vendor's desk, leads and managers: money is no matter of a
class teacher's or of an engineer's.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from agreement.books import Books
from agreement.penalties import OPEN, PenaltyAct, possible
from agreement.words import PenaltyState, Promise, Relation, Role
from desk import entries
from desk.access import name_of, relations
from desk.sitting import Actor, Sitting
from storage import ledger
from storage.tables import Contract, Penalty, PenaltyStep, PromiseRow, School, Ticket

READERS = frozenset({Role.DESK, Role.LEAD, Role.MANAGER})
MOST_LIABILITIES = 5  # the newest that a list names; the count tells of all


@dataclass(frozen=True)
class Step:
    """One thing that became of an entry. `by` is empty where the clock did it."""

    at: datetime
    act: str
    by: str
    words: str
    state: PenaltyState
    taken_fen: int


@dataclass(frozen=True, kw_only=True)
class EntryView:
    """One entry; `acts` are the buttons of whoever looks."""

    id: int
    ticket_id: int
    ordinal: int
    round: int
    promise: Promise
    promise_id: int | None
    broken_at: datetime
    amount_fen: int
    taken_fen: int
    left_fen: int
    state: PenaltyState
    acts: tuple[PenaltyAct, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Breach:
    """A breach in the books; one of which no entry speaks is the vendor's liability without a sum."""

    id: int
    ordinal: int
    promise: Promise
    round: int
    step: int
    broken_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContractBooks:
    """The books of one contract. `liabilities` are the newest of `liable_count`, the newest first."""

    contract_id: int
    school: str
    number: str
    books: Books
    liable_count: int
    liabilities: tuple[Breach, ...]


def may_read(actor: Actor, school_id: int | None) -> bool:
    """Whether this person may read the ledger of this school."""
    if any(actor.is_at(None, role) for role in READERS):
        return True
    return school_id is not None and actor.is_at(school_id, Role.REPRESENTATIVE)


def reads_ledgers(actor: Actor) -> bool:
    """Whether any ledger is this person's to read."""
    return may_read(actor, None) or bool(_own(actor))


def entry_seen(sitting: Sitting, entry_id: int) -> EntryView | None:
    """The entry, or None where it is not theirs to see."""
    row = sitting.session.get(Penalty, entry_id)
    ticket = sitting.session.get(Ticket, row.ticket_id) if row is not None else None
    if row is None or ticket is None or not may_read(sitting.actor, ticket.school_id):
        return None
    return _view(sitting, row, ticket)


def _view(sitting: Sitting, row: Penalty, ticket: Ticket) -> EntryView:
    people = relations(sitting.actor, ticket) - {Relation.SYSTEM}
    contract = sitting.session.get_one(Contract, row.contract_id)
    return EntryView(
        id=row.id,
        ticket_id=ticket.id,
        ordinal=ticket.ordinal,
        round=row.round,
        promise=Promise(row.promise),
        promise_id=row.promise_id,
        broken_at=row.created_at,
        amount_fen=row.amount_fen,
        taken_fen=row.taken_fen,
        left_fen=entries.books_of(sitting, contract).left_fen,
        state=PenaltyState(row.state),
        acts=possible(PenaltyState(row.state), people),
        steps=tuple(_step(sitting, one) for one in ledger.steps_of(sitting.session, row.id)),
    )


def _step(sitting: Sitting, row: PenaltyStep) -> Step:
    by = name_of(sitting, row.actor_id)
    return Step(row.at, row.act, by, row.words, PenaltyState(row.state), row.taken_fen)


def open_entries(sitting: Sitting, *, ticket_id: int = 0, limit: int = 50) -> list[EntryView]:
    """Entries that are not over and that this person may see, the newest first; all, or those of a ticket."""
    query = (
        select(Penalty, Ticket)
        .join(Ticket, Ticket.id == Penalty.ticket_id)
        .where(Penalty.state.in_([one.value for one in OPEN]))
        .order_by(Penalty.id.desc())
        .limit(limit)
    )
    if ticket_id:
        query = query.where(Penalty.ticket_id == ticket_id)
    if not may_read(sitting.actor, None):
        query = query.where(Ticket.school_id.in_(_own(sitting.actor)))
    return [_view(sitting, row, ticket) for row, ticket in sitting.session.execute(query)]


def _own(actor: Actor) -> tuple[int, ...]:
    return tuple(
        school for school, role in actor.memberships if role is Role.REPRESENTATIVE and school is not None
    )


def contracts_seen(sitting: Sitting) -> list[ContractBooks]:
    """The books of a representative's contracts; for the vendor those in which anything stands, by school."""
    query = (
        select(Contract, School.name)
        .join(School, School.id == Contract.school_id)
        .order_by(School.id, Contract.id)
    )
    if may_read(sitting.actor, None):
        breach = select(PromiseRow.id).join(Ticket, Ticket.id == PromiseRow.ticket_id)
        query = query.where(
            breach.where(Ticket.contract_id == Contract.id, PromiseRow.booked_at.is_not(None)).exists()
            | select(Penalty.id).where(Penalty.contract_id == Contract.id).exists()
        )
    else:
        query = query.where(Contract.school_id.in_(_own(sitting.actor)))
    rows = sitting.session.execute(query).all()
    return [_books(sitting, contract, school) for contract, school in rows]


def _books(sitting: Sitting, contract: Contract, school: str) -> ContractBooks:
    liable = _liabilities(sitting, contract)
    return ContractBooks(
        contract_id=contract.id,
        school=school,
        number=contract.number,
        books=entries.books_of(sitting, contract),
        liable_count=len(liable),
        liabilities=tuple(liable[:MOST_LIABILITIES]),
    )


BREACHES = (
    select(
        PromiseRow.id,
        Ticket.ordinal,
        PromiseRow.promise,
        PromiseRow.round,
        PromiseRow.step,
        PromiseRow.due_at,
    )
    .join(Ticket, Ticket.id == PromiseRow.ticket_id)
    .order_by(PromiseRow.due_at.desc(), PromiseRow.id.desc())
)
HAS_ENTRY = (
    select(Penalty.id)
    .where(
        Penalty.ticket_id == PromiseRow.ticket_id,
        Penalty.promise == PromiseRow.promise,
        Penalty.round == PromiseRow.round,
    )
    .exists()
)


def _liabilities(sitting: Sitting, contract: Contract) -> list[Breach]:
    """Breaches in the books of which no entry speaks, the newest first."""
    query = BREACHES.where(Ticket.contract_id == contract.id, PromiseRow.booked_at.is_not(None), ~HAS_ENTRY)
    return [_breach(*row) for row in sitting.session.execute(query)]


def breaches_of(sitting: Sitting, ticket_id: int) -> list[Breach]:
    """What was broken on this ticket, with a sum or without, the newest first; nothing for other readers."""
    ticket = sitting.session.get(Ticket, ticket_id)
    if ticket is None or not may_read(sitting.actor, ticket.school_id):
        return []
    query = BREACHES.where(Ticket.id == ticket_id, PromiseRow.booked_at.is_not(None) | HAS_ENTRY)
    return [_breach(*row) for row in sitting.session.execute(query)]


def _breach(id_: int, ordinal: int, promise: str, round_: int, step: int, due_at: datetime) -> Breach:
    return Breach(id_, ordinal, Promise(promise), round_, step, due_at)
