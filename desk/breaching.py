"""A breach in the books: booked once when a clock turns out broken, overturned when news proves it was kept in time.

Whatever changes a clock (its time passing, an act that comes too late, that undoes what kept it or restates when it
began, an edition of the calendar) leaves books that no longer say what the clock says; the clock's next alarm is then
due at once, and the tick settles them. An act in the middle of several changes books nothing. A provisional day books
nothing before its edition is there, and a house target is never a breach (agreement §3, Fine points).
"""

from datetime import datetime
from typing import Protocol

from sqlalchemy import select

from agreement.clocks import Life
from agreement.segments import segments_from_json
from agreement.words import Promise, PromiseState
from desk import entries
from desk.events import append
from desk.sitting import Sitting
from storage.tables import PromiseRow, Ticket


class Booked(Protocol):
    """A clock as the books know it: its row, or what the tick has read of it."""

    @property
    def promise(self) -> str:
        """Its name (agreement §3)."""
        ...

    @property
    def policy_id(self) -> int:
        """The policy that it began with."""
        ...

    @property
    def booked_at(self) -> datetime | None:
        """When its breach went into the books; None while it has not."""
        ...


def is_settled(sitting: Sitting, row: Booked, life: Life) -> bool:
    """Whether the books say of this clock what its segments say."""
    if _stands(life) is (row.booked_at is not None):
        return True
    return not sitting.rulebook.policy(sitting.session, row.policy_id).is_agreements(Promise(row.promise))


def _stands(life: Life) -> bool:
    return life.state is PromiseState.BROKEN and not life.provisional


def settle(sitting: Sitting, row: PromiseRow, life: Life) -> None:
    """Book the breach of this clock, or take it back; nothing where the books say so already."""
    if is_settled(sitting, row, life):
        return
    ticket = sitting.session.get_one(Ticket, row.ticket_id)
    if _stands(life):
        _book(sitting, ticket, row, life)
    else:
        _overturn(sitting, ticket, row)


def _book(sitting: Sitting, ticket: Ticket, row: PromiseRow, life: Life) -> None:
    row.booked_at = sitting.now
    clock = sitting.by_the_clock().as_of(life.due_at)
    append(
        clock,
        ticket,
        "promise_broken",
        {"promise": row.promise, "due_at": life.due_at, "step": row.step, "round": row.round},
        visibility="internal",
    )
    entries.open_for_breach(clock, ticket, row, life.due_at)


def _overturn(sitting: Sitting, ticket: Ticket, row: PromiseRow) -> None:
    """The history keeps both: that it was booked, and why it is not any more."""
    row.booked_at = None
    clock = sitting.by_the_clock().as_of(sitting.now)
    last = segments_from_json(row.segments)[-1]
    append(
        clock,
        ticket,
        "breach_overturned",
        {
            "promise": row.promise,
            "step": row.step,
            "round": row.round,
            "because": last.kind.value,
            "by": last.by or last.reason,
            "at": last.at,
        },
        visibility="internal",
    )
    entries.breach_overturned(clock, ticket, row)


def catch_up(sitting: Sitting, ticket: Ticket) -> None:
    """The ticket has a contract at last (学校): breaches booked before it get their entries."""
    rows = select(PromiseRow).where(PromiseRow.ticket_id == ticket.id, PromiseRow.booked_at.is_not(None))
    for row in sitting.session.scalars(rows.order_by(PromiseRow.id)):
        entries.open_for_breach(sitting.by_the_clock().as_of(row.due_at), ticket, row, row.due_at)
