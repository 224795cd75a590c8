"""等待用户: what the contract's policy pauses while the customer is asked; by default nothing (agreement §3).

A pause is a segment with the question as its reason and whoever asked as its author; 为什么 shows both.
"""

from agreement.segments import Segment, SegmentKind
from agreement.words import PromiseState
from desk import watching
from desk.sitting import Sitting
from storage.tables import Event, Ticket


def pause(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """提问: the clocks that this ticket's policy names stand still from now on."""
    _note(sitting, ticket, event, SegmentKind.PAUSED, PromiseState.RUNNING)


def resume(sitting: Sitting, ticket: Ticket, event: Event) -> None:
    """The customer answered: they go on, due later by the length of the wait."""
    _note(sitting, ticket, event, SegmentKind.RESUMED, PromiseState.PAUSED)


def _note(sitting: Sitting, ticket: Ticket, event: Event, kind: SegmentKind, state: PromiseState) -> None:
    pausing = sitting.rulebook.policy(sitting.session, ticket.policy_id).pausing
    rows = watching.of_round(sitting, ticket, pausing) if pausing else []
    for row in rows:
        if row.state == state.value:
            watching.note(sitting, row, Segment(kind, sitting.at, reason=event.name, event=event.id))
