"""Two reports of one matter become one ticket; no clock is lost by merging (acts, 合并)."""

from datetime import datetime

from sqlalchemy import select

from agreement.promises import PROMISES_OF_URGENCY
from agreement.segments import Segment, SegmentKind, segments_from_json
from agreement.words import Act, Promise, PromiseState, State
from desk import catching_up, reminding, watching
from desk.access import locked, require
from desk.events import append
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, Follower, Ticket
from texts.refused import Refused

OVER = frozenset({State.CLOSED, State.ARCHIVED, State.CANCELLED, State.MERGED, State.DECLINED})


def merge(sitting: Sitting, ticket_id: int, *, into_ordinal: int) -> Ticket:
    """The ticket goes on as another one of the same school, whose promises count from the earlier report."""
    goes_on_id = sitting.session.scalar(select(Ticket.id).where(Ticket.ordinal == into_ordinal))
    if goes_on_id is None or goes_on_id == ticket_id:
        raise Refused("refused.no_such_ticket", again="into", number=into_ordinal)
    # Both rows are locked in the order of their ids: two merges of the same pair never embrace.
    pair = {one: locked(sitting, one) for one in sorted({ticket_id, goes_on_id})}
    ticket, goes_on = pair[ticket_id], pair[goes_on_id]
    allowed = require(sitting, Act.MERGE, ticket)
    if goes_on.school_id != ticket.school_id:
        raise Refused("refused.other_school", again="into", number=into_ordinal)
    if State(goes_on.state) in OVER:
        raise Refused("refused.is_over", again="into", number=into_ordinal)
    ticket.state = allowed.to.value
    ticket.merged_into_id = goes_on.id
    ticket.waiting = ""
    event = append(sitting, ticket, "merge", {"into": goes_on.ordinal})
    watching.withdraw(sitting, ticket, set(Promise), event)
    reminding.drop(sitting, ticket)
    received = append(sitting, goes_on, "merged_from", {"from": ticket.ordinal})
    _count_from_earlier(sitting, goes_on, ticket.reported_at, received)
    _pass_on_urgency(sitting, goes_on, ticket, received)
    _follow(sitting, goes_on, ticket)
    tell(sitting, ticket, event, values={"into": goes_on.ordinal, "by": sitting.actor.name})
    tell(sitting, goes_on, received, values={"from": ticket.ordinal})
    return goes_on


def _count_from_earlier(sitting: Sitting, goes_on: Ticket, reported_at: datetime, event: Event) -> None:
    if reported_at >= goes_on.reported_at:
        return
    own = goes_on.reported_at
    goes_on.reported_at = reported_at
    for row in watching.of_round(sitting, goes_on, set(Promise)):
        first = segments_from_json(row.segments)[0]
        if row.state != PromiseState.WITHDRAWN.value and first.at == own:
            watching.note(
                sitting, row, Segment(SegmentKind.STARTED, reported_at, reason="merge", event=event.id)
            )


def _pass_on_urgency(sitting: Sitting, goes_on: Ticket, ticket: Ticket, event: Event) -> None:
    if not goes_on.is_urgent and not ticket.is_urgent:
        goes_on.urgency_said_at = goes_on.urgency_said_at or ticket.urgency_said_at
    if not ticket.is_urgent or goes_on.is_urgent or ticket.urgent_at is None:
        return
    goes_on.is_urgent = True
    goes_on.urgent_at, goes_on.cause, goes_on.harm = ticket.urgent_at, ticket.cause, ticket.harm
    goes_on.urgency_said_at = None
    catching_up.begin(sitting, goes_on, PROMISES_OF_URGENCY, ticket.urgent_at, event)


def _follow(sitting: Sitting, goes_on: Ticket, ticket: Ticket) -> None:
    people = {ticket.reporter_id} - {None, goes_on.reporter_id}
    known = set(sitting.session.scalars(select(Follower.person_id).where(Follower.ticket_id == goes_on.id)))
    sitting.session.add_all(
        Follower(ticket_id=goes_on.id, person_id=one)
        for one in people
        if one is not None and one not in known
    )
