"""The clocks of a matter that was reported twice: what the merged ticket had goes on as the other's (acts, 合并).

Counted from the earlier report, a clock also hears what was done for it since then. Nothing that was broken is mended
by that, and nothing is owed twice: what the merged ticket has in the books stays with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agreement.promises import PROMISES_OF_URGENCY, Keeping
from agreement.segments import Segment, SegmentKind, segments_from_json
from agreement.words import Promise, PromiseState
from desk import catching_up, clock_rows
from desk.sitting import Sitting
from storage.tables import Event, PromiseRow, Ticket

# A person has answered the matter, somebody went, a paper was handed over: that is done, whichever report it was done
# for. A plan of the merged ticket is not: nobody can agree to it any more.
PASSED_ON: Final = frozenset({
    Keeping.ACKNOWLEDGED,
    Keeping.ANSWERED,
    Keeping.DISPATCHED,
    Keeping.CONTINGENCY_HANDED_OVER,
    Keeping.FIX_PLAN_HANDED_OVER,
})
# These hang on a plan that was agreed to, and end with it.
OF_A_PLAN: Final = frozenset({Promise.PLAN_STEP, Promise.CUSTOM_START})


@dataclass(frozen=True)
class Held:
    """What the merged ticket brings, by promise: the keepings that pass on, and since when what is whole counts."""

    kept: Mapping[str, Sequence[Segment]]
    since: Mapping[Promise, datetime]


def held_by(sitting: Sitting, ticket: Ticket) -> Held:
    """Looked at before its clocks are withdrawn."""
    rows = _live(sitting, ticket)
    kept = {row.promise: [one for one in segments_from_json(row.segments) if _passes_on(one, row)] for row in rows}
    whole = {Promise(row.promise): row.started_at for row in rows if not _is_broken(sitting, row)}
    return Held(kept, {one: since for one, since in whole.items() if one not in OF_A_PLAN})


def _passes_on(segment: Segment, row: PromiseRow) -> bool:
    """What was done before it began anew, for an urgency that was taken back, was not done for this one."""
    is_done = segment.kind is SegmentKind.KEPT and Keeping(segment.by) in PASSED_ON
    return is_done and segment.at >= row.started_at


def count_from_earlier(
    sitting: Sitting, goes_on: Ticket, own: datetime, since: datetime, event: Event, held: Held
) -> None:
    """What counts from this round's own report counts from the earlier one; urgency keeps its own start."""
    if goes_on.round == 1:
        goes_on.reported_at = since
    matters = set(Promise) - set(PROMISES_OF_URGENCY)
    for row in clock_rows.of_round(sitting, goes_on, matters):
        if row.state != PromiseState.WITHDRAWN.value and row.started_at == own:
            _restart(sitting, row, since, event, held)


def pass_on_urgency(sitting: Sitting, goes_on: Ticket, ticket: Ticket, event: Event, held: Held) -> None:
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
            for row in clock_rows.of_round(sitting, goes_on, PROMISES_OF_URGENCY):
                if row.state != PromiseState.WITHDRAWN.value and since < row.started_at:
                    _restart(sitting, row, since, event, held)
        return
    goes_on.is_urgent = True
    goes_on.urgent_at, goes_on.cause, goes_on.harm = since, ticket.cause, ticket.harm
    goes_on.urgency_said_at = None
    _begin(sitting, goes_on, PROMISES_OF_URGENCY, since, event, held)


def go_on(sitting: Sitting, goes_on: Ticket, event: Event, held: Held) -> None:
    """What the merged ticket had and the other has not, or has from later on, runs on there from its own start.

    Else a fault merged into a question would have no clock, and one merged into a question that was re-sorted a later
    one, without anybody's consent. The consent by which the other's own was withdrawn was not given for this one.
    """
    has = {Promise(row.promise): row for row in _live(sitting, goes_on)}
    for promise, since in held.since.items():
        if promise in PROMISES_OF_URGENCY:
            continue
        if promise not in has:
            _begin(sitting, goes_on, (promise,), since, event, held)
        elif since < has[promise].started_at:
            _restart(sitting, has[promise], since, event, held)
    # What counts from here already was answered by whoever answered the other report of the same matter.
    for row in has.values():
        if not _is_broken(sitting, row):
            _hear(sitting, row, held)


def _live(sitting: Sitting, ticket: Ticket) -> list[PromiseRow]:
    rows = clock_rows.of_round(sitting, ticket, set(Promise))
    return [row for row in rows if row.state != PromiseState.WITHDRAWN.value]


def _begin(
    sitting: Sitting, goes_on: Ticket, promises: Sequence[Promise], since: datetime, event: Event, held: Held
) -> None:
    broken = {row.id for row in clock_rows.of_round(sitting, goes_on, promises) if _is_broken(sitting, row)}
    catching_up.begin(sitting, goes_on, promises, since, event)
    for row in clock_rows.of_round(sitting, goes_on, promises):
        if row.id not in broken:
            _hear(sitting, row, held)


def _restart(sitting: Sitting, row: PromiseRow, since: datetime, event: Event, held: Held) -> None:
    was_broken = _is_broken(sitting, row)
    clock_rows.note(sitting, row, Segment(SegmentKind.STARTED, since, reason="merge", event=event.id))
    if not was_broken:
        _hear(sitting, row, held)


def _hear(sitting: Sitting, row: PromiseRow, held: Held) -> None:
    heard = segments_from_json(row.segments)
    for one in held.kept.get(row.promise, ()):
        if one not in heard and one.at >= row.started_at:
            clock_rows.note(sitting, row, one)


def _is_broken(sitting: Sitting, row: PromiseRow) -> bool:
    """By what its segments come to now: the row may be older."""
    return clock_rows.life_of(sitting, row).state is PromiseState.BROKEN
