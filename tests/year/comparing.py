"""What the product says of every promise beside what the oracle says; each difference with the ticket's story."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from agreement.clocks import Life
from agreement.words import PenaltyState
from desk import clock_rows
from desk.auditing import audit
from desk.sitting import Sitting
from storage.tables import Event, Penalty, PromiseRow, Ticket
from tests.year.oracle.books import Books, TicketKey
from tests.year.oracle.clock import Verdict
from tests.year.oracle.money import Entitlement

Facts = Mapping[str, object]
ZONE = ZoneInfo("Asia/Shanghai")
TOLD = 100  # differences with their stories
NOT_TOLD = {"alarm", "promise_broken", "opinion_reminder", "to_be_closed"}
BOOKED = {"promise_broken": 1, "breach_overturned": -1}


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
    """Everything that differs, in the order of tickets: what segments derive to, and what the tables have booked."""
    found = [
        *_differing("", _lives(session, sitting), {key: _of_oracle(one) for key, one in books.promises.items()}),
        *_differing("breach of ", _breaches(session), dict.fromkeys(books.breaches, "booked")),
        *_entitlements(session, books),
        *(Difference(0, "nightly audit", one, "nothing") for one in audit(sitting)),
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
        life = clock_rows.life_of(sitting, row)
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


def _breaches(session: Session) -> dict[TicketKey, object]:
    """The breaches that stand in the books, and how often each was booked more often than taken back."""
    times: Counter[tuple[int, str, int, int]] = Counter()
    query = select(Event.ticket_id, Event.name, Event.data).where(Event.name.in_(BOOKED))
    for ticket_id, name, data in session.execute(query):
        times[(ticket_id, data["promise"], data["round"], data["step"])] += BOOKED[name]
    rows = session.execute(_rows().where(PromiseRow.booked_at.is_not(None))).all()
    for row, _ in rows:
        times[(row.ticket_id, row.promise, row.round, row.step)] -= 1
    found: dict[TicketKey, object] = {
        (ordinal, row.promise, row.round, row.plan, row.step): "booked" for row, ordinal in rows
    }
    wrong = {(ticket, promise, round_, 0, step): "events" for (ticket, promise, round_, step), n in times.items() if n}
    return found | wrong


def _entitlements(session: Session, books: Books) -> list[Difference]:
    """The ledger as it stands. An entry that was void in the end is none."""
    query = select(Penalty, Ticket.ordinal).join(Ticket, Ticket.id == Penalty.ticket_id)
    product = {
        (ordinal, row.promise, row.round): Entitlement(row.amount_fen, row.state, row.taken_fen)
        for row, ordinal in session.execute(query)
        if row.state != PenaltyState.VOID.value
    }
    return [
        Difference(
            key[0], f"entitlement {key[1]} round {key[2]}", product.get(key), books.entitlements.get(key)
        )
        for key in sorted({*product, *books.entitlements})
        if product.get(key) != books.entitlements.get(key)
    ]
