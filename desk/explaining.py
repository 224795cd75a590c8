"""为什么 at the desk: the clocks of a ticket's present round laid open, with who stands behind each turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from agreement.explaining import Explanation, explain
from agreement.segments import segments_from_json
from agreement.words import Promise, PromiseState
from desk import clock_rows
from desk.sitting import Sitting
from storage.tables import Event, Person, PolicyRow, PromiseRow, Ticket

TOLD = frozenset(PromiseState) - {PromiseState.WITHDRAWN}
LIVE = frozenset({PromiseState.RUNNING, PromiseState.PAUSED, PromiseState.BROKEN})


@dataclass(frozen=True)
class Deed:
    """What happened on the ticket and who did it; `who` is empty for the clock."""

    what: str
    who: str


@dataclass(frozen=True)
class Laid:
    """One clock laid open. `is_own`: the contract itself sets this limit, instead of the agreement's."""

    step: int
    is_own: bool
    why: Explanation


@dataclass(frozen=True)
class Reasons:
    """The clocks of one ticket, what runs before what is done, and the deeds behind their segments."""

    ordinal: int
    clocks: tuple[Laid, ...]
    deeds: Mapping[int, Deed]


def reasons(sitting: Sitting, ticket: Ticket) -> Reasons:
    """Why the due times of this ticket are what they are. The caller has asked whether it may be seen."""
    rows = clock_rows.seen(sitting, ticket)
    laid = [_laid(sitting, row) for row in rows if PromiseState(row.state) in TOLD]
    laid.sort(key=lambda one: (one.why.life.state not in LIVE, one.why.life.due_at))
    return Reasons(ticket.ordinal, tuple(laid), _deeds(sitting, laid))


def reasons_of_clock(sitting: Sitting, ticket: Ticket, clock_id: int) -> Reasons:
    """The same for one clock, of whatever round: the one that an entry of the ledger is of."""
    row = sitting.session.get(PromiseRow, clock_id)
    laid = [_laid(sitting, row)] if row is not None and row.ticket_id == ticket.id else []
    return Reasons(ticket.ordinal, tuple(laid), _deeds(sitting, laid))


def _laid(sitting: Sitting, row: PromiseRow) -> Laid:
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    workdays = sitting.rulebook.calendars(sitting.session, sitting.now).told_by(row.calendar_edition)
    why = explain(
        Promise(row.promise), segments_from_json(row.segments), policy, workdays, sitting.now
    )
    stored = sitting.session.get_one(PolicyRow, row.policy_id)
    return Laid(row.step, row.promise in stored.overrides, why)


def _deeds(sitting: Sitting, laid: Iterable[Laid]) -> Mapping[int, Deed]:
    wanted = {turn.event for one in laid for turn in (one.why.start, *one.why.turns)} - {None}
    query = (
        select(Event.id, Event.name, Person.name)
        .outerjoin(Person, Person.id == Event.actor_id)
        .where(Event.id.in_(sorted(one for one in wanted if one is not None)))
    )
    return {event: Deed(name, who or "") for event, name, who in sitting.session.execute(query)}
