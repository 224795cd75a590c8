"""等待用户: what the contract's policy pauses while the customer is asked; by default nothing (agreement §3).

A pause is a segment with the question as its reason and whoever asked as its author; 为什么 shows both.
"""

from collections.abc import Collection

from agreement.segments import Segment, SegmentKind
from agreement.words import Promise, PromiseState
from desk import clock_rows
from desk.sitting import Sitting
from storage.tables import Event, Ticket


def pause(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """提问: the clocks that this ticket's policy names stand still from now on."""
    pausing = sitting.rulebook.policy(sitting.session, ticket.policy_id).pausing
    _note(sitting, ticket, event, SegmentKind.PAUSED, (PromiseState.RUNNING, pausing))


def waits_no_more(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """The customer answered, or no answer is needed any more: what stands still goes on, due later by the wait.

    Whatever stands still, by whichever policy: the ticket's contract may have become known meanwhile.
    """
    if ticket.waiting:
        ticket.waiting = ""
        _note(sitting, ticket, event, SegmentKind.RESUMED, (PromiseState.PAUSED, frozenset(Promise)))


def _note(
    sitting: Sitting,
    ticket: Ticket,
    event: Event,
    kind: SegmentKind,
    which: tuple[PromiseState, Collection[Promise]],
) -> None:
    state, promises = which
    rows = clock_rows.of_round(sitting, ticket, promises) if promises else []
    for row in rows:
        if row.state == state.value:
            clock_rows.note(sitting, row, Segment(kind, sitting.at, reason=event.name, event=event.id))
