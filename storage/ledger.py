"""The ledger's rows: a contract with the lock on its deposit, and its entries, in the written order.

The order of locks is tickets by their ids, then a promise, then a contract, then the counters of numbers, then the
lanes of the outbox: whoever wants a deposit already holds the tickets of the entries that a deduction may end.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Contract, Penalty, PenaltyStep, PromiseRow


def locked_contract(session: Session, contract_id: int) -> Contract:
    """The contract, its deposit locked: another deduction waits, then reads what this one left."""
    return session.get_one(Contract, contract_id, with_for_update=True, populate_existing=True)


def entry_of(session: Session, ticket_id: int, promise: str, round_: int) -> Penalty | None:
    """The one entry that a promise of a round can have, locked."""
    return session.scalar(
        select(Penalty)
        .where(Penalty.ticket_id == ticket_id, Penalty.promise == promise, Penalty.round == round_)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def entries_of(session: Session, contract_id: int, states: Sequence[str] = ()) -> list[Penalty]:
    """The entries of a contract, the oldest first; all of them, or those in these states."""
    query = select(Penalty).where(Penalty.contract_id == contract_id).order_by(Penalty.id)
    if states:
        query = query.where(Penalty.state.in_(states))
    return list(session.scalars(query.execution_options(populate_existing=True)))


def steps_of(session: Session, penalty_id: int) -> list[PenaltyStep]:
    """What became of an entry, in order."""
    query = select(PenaltyStep).where(PenaltyStep.penalty_id == penalty_id).order_by(PenaltyStep.id)
    return list(session.scalars(query))


def booked(session: Session, ticket_id: int, promise: str, round_: int) -> list[PromiseRow]:
    """The clocks of this promise and round whose breach stands in the books."""
    return list(
        session.scalars(
            select(PromiseRow)
            .where(
                PromiseRow.ticket_id == ticket_id,
                PromiseRow.promise == promise,
                PromiseRow.round == round_,
                PromiseRow.booked_at.is_not(None),
            )
            .order_by(PromiseRow.id)
        )
    )
