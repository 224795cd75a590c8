"""Two reports of one matter become one ticket; no clock is lost by merging (acts, 合并)."""

from datetime import datetime

from sqlalchemy import select

from agreement.lifecycle import UNRESOLVED
from agreement.promises import PROMISES_OF_URGENCY
from agreement.segments import Segment, SegmentKind
from agreement.words import Act, Promise, PromiseState, State
from desk import catching_up, reminding, watching
from desk.access import locked, require
from desk.events import append
from desk.follow_on import move
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, PromiseRow, Ticket
from texts.refused import Refused


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
    # Of what is done the promises are kept: a new report that went on as it would have none that runs.
    if State(goes_on.state) not in UNRESOLVED:
        raise Refused("refused.is_over", again="into", number=into_ordinal)
    ticket.state = allowed.to.value
    ticket.merged_into_id = goes_on.id
    ticket.waiting = ""
    event = append(sitting, ticket, "merge", {"into": goes_on.ordinal})
    watching.withdraw(sitting, ticket, set(Promise), event)
    reminding.drop(sitting, ticket)
    own, since = catching_up.began_at(sitting, goes_on), catching_up.began_at(sitting, ticket)
    received = append(sitting, goes_on, "merged_from", {"from": ticket.ordinal, "since": since})
    if since < own:
        _count_from_earlier(sitting, goes_on, own, since, received)
    _pass_on_urgency(sitting, goes_on, ticket, received)
    move(sitting, ticket, goes_on)
    tell(sitting, ticket, event, values={"into": goes_on.ordinal, "by": sitting.actor.name})
    tell(sitting, goes_on, received, values={"from": ticket.ordinal})
    return goes_on


def _count_from_earlier(
    sitting: Sitting, goes_on: Ticket, own: datetime, since: datetime, event: Event
) -> None:
    """What counts from this round's own report counts from the earlier one; urgency keeps its own start."""
    if goes_on.round == 1:
        goes_on.reported_at = since
    matters = set(Promise) - set(PROMISES_OF_URGENCY)
    for row in watching.of_round(sitting, goes_on, matters):
        if row.state != PromiseState.WITHDRAWN.value and row.started_at == own:
            _restart(sitting, row, since, event)


def _restart(sitting: Sitting, row: PromiseRow, since: datetime, event: Event) -> None:
    watching.note(sitting, row, Segment(SegmentKind.STARTED, since, reason="merge", event=event.id))


def _pass_on_urgency(sitting: Sitting, goes_on: Ticket, ticket: Ticket, event: Event) -> None:
    """The earlier word of urgency counts, whichever ticket it was said on: no clock is lost by merging."""
    if not goes_on.is_urgent and not ticket.is_urgent:
        said = [one for one in (goes_on.urgency_said_at, ticket.urgency_said_at) if one is not None]
        goes_on.urgency_said_at = min(said, default=None)
    since = ticket.urgent_at if ticket.is_urgent else None
    if since is None:
        return
    if goes_on.is_urgent and goes_on.urgent_at is not None:
        if since < goes_on.urgent_at:
            goes_on.urgent_at = since
            for row in watching.of_round(sitting, goes_on, PROMISES_OF_URGENCY):
                if row.state != PromiseState.WITHDRAWN.value and since < row.started_at:
                    _restart(sitting, row, since, event)
        return
    goes_on.is_urgent = True
    goes_on.urgent_at, goes_on.cause, goes_on.harm = since, ticket.cause, ticket.harm
    goes_on.urgency_said_at = None
    catching_up.begin(sitting, goes_on, PROMISES_OF_URGENCY, since, event)
