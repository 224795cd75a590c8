"""What people do with an entry of the ledger: claim, let go, confirm, dispute, explain, deduct (agreement §3, Money).

An act locks the entry's ticket, a deduction also the tickets of the contract's other open entries, which it may
end, and then the contract: two deductions at once never take the same money.
"""

from collections.abc import Mapping

from sqlalchemy import select

from agreement import penalties
from agreement.penalties import OPEN, NotMoved, PenaltyAct
from agreement.words import PenaltyState, Relation
from desk import entries
from desk.access import locked, name_of, relations
from desk.confirming import confirm as keep_evidence
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell
from storage import ledger
from storage.tables import Penalty, Ticket
from texts.formats import money
from texts.refused import Refused
from texts.say import Say, say

A = PenaltyAct
EVENTS: Mapping[PenaltyAct, str] = {
    A.CLAIM: "penalty_claimed",
    A.LET_GO: "penalty_let_go",
    A.CONFIRM: "penalty_agreed",
    A.DISPUTE: "penalty_disputed",
    A.EXPLAIN: "penalty_explained",
    A.DEDUCT: "penalty_deducted",
}


def claim(sitting: Sitting, entry_id: int) -> Penalty:
    """主张扣款: the representative uses the right; the manager answers."""
    return _moved(sitting, entry_id, A.CLAIM)


def let_go(sitting: Sitting, entry_id: int) -> Penalty:
    """放弃: by the customer only, and for good."""
    return _moved(sitting, entry_id, A.LET_GO)


def confirm(sitting: Sitting, entry_id: int) -> Penalty:
    """确认扣款: the vendor agrees; the money moves with 已扣."""
    return _moved(sitting, entry_id, A.CONFIRM)


def dispute(sitting: Sitting, entry_id: int, *, words: str) -> Penalty:
    """有异议: the vendor gives its reason."""
    return _moved(sitting, entry_id, A.DISPUTE, words)


def explain(sitting: Sitting, entry_id: int, *, words: str) -> Penalty:
    """说明理由: either side's word in a dispute; the entry stays disputed."""
    return _moved(sitting, entry_id, A.EXPLAIN, words)


def deduct(sitting: Sitting, entry_id: int) -> Penalty:
    """已扣: never more than what is left of the deposit; with nothing left the open entries end."""
    row = _found(sitting, entry_id)
    others = ledger.entries_of(sitting.session, row.contract_id, OPEN)
    held = {one: locked(sitting, one) for one in sorted({row.ticket_id, *(one.ticket_id for one in others)})}
    contract = ledger.locked_contract(sitting.session, row.contract_id)
    entry, ticket = _found(sitting, entry_id), held[row.ticket_id]
    require(sitting, ticket, entry, A.DEDUCT)
    done = penalties.deduct(entry.amount_fen, entries.books_of(sitting, contract).left_fen)
    if done.state is PenaltyState.DEDUCTED:
        entry.state, entry.taken_fen = done.state.value, done.taken_fen
        _write(sitting, ticket, entry, A.DEDUCT, taken_fen=done.taken_fen, left_fen=done.left_fen)
    if done.left_fen == 0:
        sitting.session.flush()
        still_open = ledger.entries_of(sitting.session, contract.id, OPEN)
        entries.exhaust(sitting, still_open, contract)
    return entry


def _moved(sitting: Sitting, entry_id: int, act: PenaltyAct, words: str = "") -> Penalty:
    ticket = locked(sitting, _found(sitting, entry_id).ticket_id)
    entry = _found(sitting, entry_id)
    entry.state = require(sitting, ticket, entry, act).value
    _write(sitting, ticket, entry, act, words=words)
    return entry


def _write(
    sitting: Sitting,
    ticket: Ticket,
    entry: Penalty,
    act: PenaltyAct,
    *,
    words: str = "",
    taken_fen: int = 0,
    left_fen: int = 0,
) -> None:
    data = entries.said(entry) | {"words": words, "taken_fen": taken_fen, "left_fen": left_fen}
    event = append(sitting, ticket, EVENTS[act], data, acted_as=_side(sitting, ticket, act))
    entries.step(sitting, entry, event, act, words=words, taken_fen=taken_fen)
    keep_evidence(sitting, ticket, event, data)
    values = {"by": sitting.actor.name, "words": words, "taken": money(taken_fen), "left": money(left_fen)}
    tell(sitting, ticket, event, values=entries.told(entry) | values)


def _side(sitting: Sitting, ticket: Ticket, act: PenaltyAct) -> Relation:
    """A manager who is an engineer too acts here as the manager."""
    held = relations(sitting.actor, ticket)
    return next(step.who for step in penalties.STEPS if step.act is act and step.who in held)


def require(sitting: Sitting, ticket: Ticket, entry: Penalty, act: PenaltyAct) -> PenaltyState:
    """Where the act leads. Raises Refused with what happened to the entry meanwhile, and what is possible."""
    decision = penalties.decide(PenaltyState(entry.state), act, relations(sitting.actor, ticket))
    if not isinstance(decision, NotMoved):
        return decision.to
    raise Refused(
        decision.reason,
        number=ticket.ordinal,
        promise=say(f"promise.{entry.promise}"),
        sum=money(entry.amount_fen),
        state=say(f"penalty_state.{entry.state}"),
        last=_last(sitting, entry),
        possible=[say(f"label.{one.value}") for one in decision.possible] or say("refused.nothing_possible"),
    )


def _last(sitting: Sitting, entry: Penalty) -> Say:
    step = ledger.steps_of(sitting.session, entry.id)[-1]
    name = name_of(sitting, step.actor_id)
    return say("ledger.last", by=name, at=step.at) if name else say("ledger.last_clock", at=step.at)


def may(sitting: Sitting, entry_id: int, act: PenaltyAct) -> None:
    """Raise Refused where this is not possible now; changes nothing. Asked before words are asked for."""
    entry = _found(sitting, entry_id)
    require(sitting, locked(sitting, entry.ticket_id), entry, act)


def _found(sitting: Sitting, entry_id: int) -> Penalty:
    row = sitting.session.scalar(
        select(Penalty).where(Penalty.id == entry_id).execution_options(populate_existing=True)
    )
    if row is None:
        raise Refused("refused.no_ticket")
    return row
