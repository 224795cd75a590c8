"""What the product says of every promise beside what the oracle says; each difference with the ticket's story."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from agreement.clocks import Life
from agreement.policy import Policy
from agreement.words import Promise, PromiseState
from desk import watching
from desk.sitting import Sitting
from storage.tables import Event, PromiseRow, Ticket
from tests.year.oracle.books import Books, TicketKey
from tests.year.oracle.clock import Verdict

Facts = Mapping[str, object]
ZONE = ZoneInfo("Asia/Shanghai")
TOLD = 100  # differences with their stories
NOT_TOLD = {"alarm", "promise_broken", "opinion_reminder", "to_be_closed"}


@dataclass(frozen=True)
class Difference:
    """One promise, breach or entitlement that comes out differently."""

    ticket: int
    what: str
    product: object
    oracle: object
    story: Sequence[str] = ()

    def __str__(self) -> str:
        told = "".join(f"\n    {line}" for line in self.story)
        found = f"product {_said(self.product)}\n  oracle  {_said(self.oracle)}"
        return f"ticket {self.ticket} {self.what}\n  {found}{told}"


def _said(facts: object) -> str:
    if isinstance(facts, Mapping):
        return " ".join(f"{name}={_said(value)}" for name, value in facts.items())
    return f"{facts.astimezone(ZONE):%m-%d_%H:%M:%S.%f}" if isinstance(facts, datetime) else str(facts)


def story(session: Session, ordinal: int) -> list[str]:
    """What happened on a ticket, one line an event."""
    query = select(Event).join(Ticket, Ticket.id == Event.ticket_id).where(Ticket.ordinal == ordinal)
    return [
        f"{one.at.astimezone(ZONE):%m-%d %H:%M:%S.%f} {one.name} by {one.actor_as} {one.data}"
        for one in session.scalars(query.order_by(Event.id))
        if one.name not in NOT_TOLD
    ]


def compare(session: Session, sitting: Sitting, books: Books) -> list[Difference]:
    """Everything that differs, in the order of tickets."""
    product = _lives(session, sitting)
    found = [
        *_differing("", product, {key: _of_oracle(one) for key, one in books.promises.items()}),
        *_differing("breach of ", _breaches(session, sitting), dict.fromkeys(books.breaches, "booked")),
        *_entitlements(session, sitting, books),
    ]
    found = sorted(found, key=lambda one: (one.what.startswith(("breach", "entitle")), one.ticket))
    return [replace(one, story=story(session, one.ticket)) for one in found[:TOLD]] + found[TOLD:]


def _differing(
    what: str, product: Mapping[TicketKey, object], oracle: Mapping[TicketKey, object]
) -> list[Difference]:
    return [
        Difference(key[0], f"{what}{_named(key)}", product.get(key), oracle.get(key))
        for key in sorted({*product, *oracle})
        if product.get(key) != oracle.get(key)
    ]


def _named(key: TicketKey) -> str:
    _, promise, round_, plan, step = key
    return f"{promise} round {round_}" + (f" plan {plan} step {step}" if step else "")


def _lives(session: Session, sitting: Sitting) -> dict[TicketKey, Facts]:
    lives: dict[TicketKey, Facts] = {}
    for row, ordinal in session.execute(_rows()):
        life = watching.life_of(sitting, row)
        lives[(ordinal, row.promise, row.round, row.plan, row.step)] = _of_product(row, life)
    return lives


def _rows() -> Select[PromiseRow, int]:
    return select(PromiseRow, Ticket.ordinal).join(Ticket, Ticket.id == PromiseRow.ticket_id)


def _of_product(row: PromiseRow, life: Life) -> Facts:
    facts = {
        "start": life.started_at,
        "due": life.due_at,
        "state": life.state.value,
        "kept": life.kept_at if life.state.value == "kept" else None,
        "late": life.fulfilled_at,
    }
    cached = {"state": row.state, "due": row.due_at}
    wrong = {name: value for name, value in cached.items() if value != facts[name]}
    return {**facts, **({"cached": wrong} if wrong else {})}


def _of_oracle(verdict: Verdict) -> Facts:
    return {
        "start": verdict.start.astimezone(UTC),
        "due": verdict.due.astimezone(UTC),
        "state": verdict.state,
        "kept": verdict.kept_at,
        "late": verdict.late_at,
    }


def _breaches(session: Session, sitting: Sitting) -> dict[TicketKey, object]:
    """What the product's own policy calls a breach of the agreement."""
    return {
        (ordinal, row.promise, row.round, row.plan, row.step): "booked"
        for row, ordinal, policy in _missed(session, sitting)
        if policy.is_agreements(Promise(row.promise))
    }


def _missed(session: Session, sitting: Sitting) -> Iterator[tuple[PromiseRow, int, Policy]]:
    for row, ordinal in session.execute(_rows()):
        life = watching.life_of(sitting, row)
        if life.state is PromiseState.BROKEN and not life.provisional:
            yield row, ordinal, sitting.rulebook.policy(session, row.policy_id)


def _entitlements(session: Session, sitting: Sitting, books: Books) -> list[Difference]:
    rows = session.execute(select(Ticket.ordinal, Ticket.contract_id)).all()
    contracts = {row.ordinal: row.contract_id for row in rows}
    product = {
        (ordinal, row.promise, row.round): policy.penalty_fen
        for row, ordinal, policy in _missed(session, sitting)
        if Promise(row.promise) in policy.penalised and contracts[ordinal] is not None
    }
    return [
        Difference(
            key[0], f"entitlement {key[1]} round {key[2]}", product.get(key), books.entitlements.get(key)
        )
        for key in sorted({*product, *books.entitlements})
        if product.get(key) != books.entitlements.get(key)
    ]
