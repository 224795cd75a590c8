"""Two reports of one matter become one ticket; no clock is lost by merging (acts, 合并)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from agreement.lifecycle import UNRESOLVED
from agreement.promises import PROMISES_OF_URGENCY, Keeping
from agreement.segments import Segment, SegmentKind, segments_from_json
from agreement.words import Act, Promise, PromiseState, State
from desk import catching_up, reminding, watching
from desk.access import locked, require
from desk.events import append
from desk.follow_on import move
from desk.sitting import Sitting
from desk.telling import tell
from storage.tables import Event, PromiseRow, Ticket
from texts.refused import Refused

# A person has answered the matter, somebody went, a paper was handed over: that is done, whichever report it was done
# for. A plan of the merged ticket is not: nobody can agree to it any more.
PASSED_ON = frozenset({
    Keeping.ACKNOWLEDGED,
    Keeping.ANSWERED,
    Keeping.DISPATCHED,
    Keeping.CONTINGENCY_HANDED_OVER,
    Keeping.FIX_PLAN_HANDED_OVER,
})
Kept = Mapping[str, Sequence[Segment]]



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
    kept = _kept(sitting, ticket)
    watching.withdraw(sitting, ticket, set(Promise), event)
    reminding.drop(sitting, ticket)
    own, since = catching_up.began_at(sitting, goes_on), catching_up.began_at(sitting, ticket)
    received = append(sitting, goes_on, "merged_from", {"from": ticket.ordinal, "since": since})
    if since < own:
        _count_from_earlier(sitting, goes_on, own, since, received, kept)
    _pass_on_urgency(sitting, goes_on, ticket, received, kept)
    move(sitting, ticket, goes_on)
    tell(sitting, ticket, event, values={"into": goes_on.ordinal, "by": sitting.actor.name})
    tell(sitting, goes_on, received, values={"from": ticket.ordinal})
    return goes_on


def _kept(sitting: Sitting, ticket: Ticket) -> Kept:
    """What was done for the promises of this ticket and is as good for the one that goes on."""
    kept: dict[str, list[Segment]] = {}
    for row in watching.of_round(sitting, ticket, set(Promise)):
        if row.state != PromiseState.WITHDRAWN.value:
            kept[row.promise] = [
                one
                for one in segments_from_json(row.segments)
                if one.kind is SegmentKind.KEPT and Keeping(one.by) in PASSED_ON
            ]
    return kept


def _count_from_earlier(
    sitting: Sitting, goes_on: Ticket, own: datetime, since: datetime, event: Event, kept: Kept
) -> None:
    """What counts from this round's own report counts from the earlier one; urgency keeps its own start."""
    if goes_on.round == 1:
        goes_on.reported_at = since
    matters = set(Promise) - set(PROMISES_OF_URGENCY)
    for row in watching.of_round(sitting, goes_on, matters):
        if row.state != PromiseState.WITHDRAWN.value and row.started_at == own:
            _restart(sitting, row, since, event, kept)


def _restart(sitting: Sitting, row: PromiseRow, since: datetime, event: Event, kept: Kept) -> None:
    """Counted from the earlier moment, with what was done for it since then. What was broken before stays broken."""
    was_broken = _is_broken(sitting, row)
    watching.note(sitting, row, Segment(SegmentKind.STARTED, since, reason="merge", event=event.id))
    if not was_broken:
        _pass_on(sitting, row, kept)


def _is_broken(sitting: Sitting, row: PromiseRow) -> bool:
    return watching.life_of(sitting, row).state is PromiseState.BROKEN


def _pass_on(sitting: Sitting, row: PromiseRow, kept: Kept) -> None:
    for one in kept.get(row.promise, ()):
        watching.note(sitting, row, one)


def _pass_on_urgency(sitting: Sitting, goes_on: Ticket, ticket: Ticket, event: Event, kept: Kept) -> None:
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
                    _restart(sitting, row, since, event, kept)
        return
    goes_on.is_urgent = True
    goes_on.urgent_at, goes_on.cause, goes_on.harm = since, ticket.cause, ticket.harm
    goes_on.urgency_said_at = None
    broken = {row.id for row in watching.of_round(sitting, goes_on, PROMISES_OF_URGENCY) if _is_broken(sitting, row)}
    catching_up.begin(sitting, goes_on, PROMISES_OF_URGENCY, since, event)
    for row in watching.of_round(sitting, goes_on, PROMISES_OF_URGENCY):
        if row.id not in broken:
            _pass_on(sitting, row, kept)
