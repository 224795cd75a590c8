"""The part of the nightly audit that adds the ledger up: every deposit, and every entry beside the breach it is of."""

from collections.abc import Iterator

from sqlalchemy import select

from agreement.books import wrongs
from agreement.words import PenaltyState, Promise
from desk.entries import as_booked
from desk.sitting import Sitting
from storage import ledger
from storage.tables import Contract, Penalty, PromiseRow, Ticket


def of_the_ledger(sitting: Sitting) -> list[str]:
    """Whatever does not add up, named; an empty list is the promise kept."""
    return [*_sums(sitting), *_without_breach(sitting), *_without_entry(sitting)]


def _sums(sitting: Sitting) -> Iterator[str]:
    query = select(Contract).where(select(Penalty.id).where(Penalty.contract_id == Contract.id).exists())
    for contract in sitting.session.scalars(query.order_by(Contract.id)):
        entries = [as_booked(one) for one in ledger.entries_of(sitting.session, contract.id)]
        yield from (f"deposit of contract {contract.id}: {one}" for one in wrongs(contract.deposit_fen, entries))


OF_BREACH = (
    PromiseRow.ticket_id == Penalty.ticket_id,
    PromiseRow.promise == Penalty.promise,
    PromiseRow.round == Penalty.round,
    PromiseRow.booked_at.is_not(None),
)


def _without_breach(sitting: Sitting) -> Iterator[str]:
    """A right that nobody has claimed yet and that no breach in the books gives."""
    query = select(Penalty.id).where(
        Penalty.state == PenaltyState.CLAIMABLE.value, ~select(PromiseRow.id).where(*OF_BREACH).exists()
    )
    yield from (f"entry {one} rests on no breach" for one in sitting.session.scalars(query.order_by(Penalty.id)))


def _without_entry(sitting: Sitting) -> Iterator[str]:
    """A breach in the books that gives a right, and no entry of it."""
    stands = select(Penalty.id).where(*OF_BREACH, Penalty.state != PenaltyState.VOID.value)
    query = (
        select(PromiseRow.id, PromiseRow.promise, PromiseRow.policy_id)
        .join(Ticket, Ticket.id == PromiseRow.ticket_id)
        .where(PromiseRow.booked_at.is_not(None), Ticket.contract_id.is_not(None), ~stands.exists())
        .order_by(PromiseRow.id)
    )
    for row, promise, policy_id in sitting.session.execute(query):
        if Promise(promise) in sitting.rulebook.policy(sitting.session, policy_id).penalised:
            yield f"breach of promise {row} has no entry in the ledger"
