"""Entries of the ledger as the clock makes and ends them; what people do with them is `desk/ledger.py`.

One entry of the full sum per (ticket, promise, round), whatever is re-planned and however often it breaks
(agreement §3, Money). What becomes of an entry is a row of its own, with the event that it is evidence of.
"""

from collections.abc import Sequence
from datetime import datetime

from agreement.books import Books, Entry, books
from agreement.penalties import OPEN, PenaltyAct
from agreement.words import PenaltyState, Promise
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell
from storage import ledger
from storage.tables import Contract, Event, Penalty, PenaltyStep, PromiseRow, Ticket
from texts.formats import money
from texts.say import say

BOOKED = "book"  # the first step of every entry
IN_HANDS = frozenset(OPEN) - {PenaltyState.CLAIMABLE} | {PenaltyState.DEDUCTED}


def open_for_breach(sitting: Sitting, ticket: Ticket, row: PromiseRow, broken_at: datetime) -> None:
    """Make the entry of this breach, if its promise is one that costs and the ticket has a contract."""
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    if Promise(row.promise) not in policy.penalised or ticket.contract_id is None:
        return
    contract = ledger.locked_contract(sitting.session, ticket.contract_id)
    entry = ledger.entry_of(sitting.session, ticket.id, row.promise, row.round)
    if entry is None:
        entry = Penalty(
            contract_id=contract.id,
            ticket_id=ticket.id,
            promise=row.promise,
            round=row.round,
            amount_fen=policy.penalty_fen,
            taken_fen=0,
            state=PenaltyState.CLAIMABLE.value,
            created_at=broken_at,
            promise_id=row.id,
        )
        sitting.session.add(entry)
        sitting.session.flush()
        _claimable(sitting, ticket, entry, contract, BOOKED)
    elif entry.state == PenaltyState.VOID.value:
        entry.state = PenaltyState.CLAIMABLE.value
        entry.promise_id = row.id
        _claimable(sitting, ticket, entry, contract, PenaltyAct.BOOK_AGAIN)


def _claimable(sitting: Sitting, ticket: Ticket, entry: Penalty, contract: Contract, act: str) -> None:
    event = append(sitting, ticket, "penalty_claimable", said(entry))
    step(sitting, entry, event, act)
    if books_of(sitting, contract).is_used_up:
        exhaust(sitting, [entry], contract)
    else:
        tell(sitting, ticket, event, values=told(entry))


def exhaust(sitting: Sitting, rows: Sequence[Penalty], contract: Contract) -> None:
    """Nothing is left of the deposit: these open entries end as 质保金已用完."""
    clock = sitting.by_the_clock()
    for entry in rows:
        entry.state = PenaltyState.EXHAUSTED.value
        ticket = sitting.session.get_one(Ticket, entry.ticket_id)
        event = append(clock, ticket, "penalty_exhausted", said(entry))
        step(clock, entry, event, PenaltyAct.EXHAUST)
        tell(clock, ticket, event, values=told(entry) | {"deposit": money(contract.deposit_fen)})


def breach_overturned(sitting: Sitting, ticket: Ticket, row: PromiseRow) -> None:
    """The breach was none. Unclaimed, its entry is void; a claimed one stays until people settle it.

    Where another step of the same promise and round stays broken, the entry is that one's.
    """
    entry = ledger.entry_of(sitting.session, ticket.id, row.promise, row.round)
    if entry is None:
        return
    sitting.session.flush()
    others = ledger.booked(sitting.session, ticket.id, row.promise, row.round)
    if others:
        entry.promise_id = others[0].id
    elif entry.state == PenaltyState.CLAIMABLE.value:
        entry.state = PenaltyState.VOID.value
        event = append(sitting, ticket, "penalty_void", said(entry))
        step(sitting, entry, event, PenaltyAct.VOID)
        tell(sitting, ticket, event, values=told(entry))
    elif PenaltyState(entry.state) in IN_HANDS:
        event = append(sitting, ticket, "penalty_doubted", said(entry))
        step(sitting, entry, event, "doubt")
        tell(sitting, ticket, event, values=told(entry))


def step(
    sitting: Sitting, entry: Penalty, event: Event, act: str, *, words: str = "", taken_fen: int = 0
) -> None:
    """Add a row to the entry's history: who, when, what, in which words, and where it stands now."""
    sitting.session.add(
        PenaltyStep(
            penalty_id=entry.id,
            event_id=event.id,
            at=sitting.at,
            actor_id=sitting.actor.person_id,
            act=str(act),
            words=words,
            state=entry.state,
            taken_fen=taken_fen,
        )
    )
    sitting.session.flush()


def books_of(sitting: Sitting, contract: Contract) -> Books:
    """What the contract's deposit has come to."""
    sitting.session.flush()
    rows = ledger.entries_of(sitting.session, contract.id)
    return books(contract.deposit_fen, [as_booked(one) for one in rows])


def as_booked(row: Penalty) -> Entry:
    """The entry as the arithmetic of the books sees it."""
    return Entry(PenaltyState(row.state), row.amount_fen, row.taken_fen)


def said(entry: Penalty) -> dict[str, object]:
    """The entry as the data of an event."""
    return {
        "entry": entry.id,
        "promise": entry.promise,
        "round": entry.round,
        "amount_fen": entry.amount_fen,
        "state": entry.state,
    }


def told(entry: Penalty) -> dict[str, object]:
    """The entry as the values of a notice; `entry` makes its card stand below."""
    return {
        "entry": entry.id,
        "promise": say(f"promise.{entry.promise}"),
        "due_at": entry.created_at,
        "sum": money(entry.amount_fen),
    }
