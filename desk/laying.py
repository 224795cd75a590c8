"""The shifts of rotations, laid five weeks ahead by a job of the day and anew after every change of a roster.

What is past stays; what lies ahead is what agreement/rosters.py says now. Rows that stay the same keep their ids.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select

from agreement import rosters
from agreement.policy_file import DEFAULT
from agreement.rosters import Duty, Span
from desk import gaps
from desk.sitting import Sitting
from storage.rosters import leaves
from storage.tables import Leave, Rotation, Shift

AHEAD: Final = timedelta(weeks=5)
LAID: Final = "rotation"  # origin of a shift that the rotation says; other origins are somebody's word


def lay_ahead(sitting: Sitting) -> None:
    """Lay every rotation's shifts, then look for gaps: after a change of any roster, and once a day."""
    sitting.session.flush()
    query = select(Rotation).order_by(Rotation.id).with_for_update()
    for rotation in sitting.session.scalars(query).all():
        _lay(sitting, rotation)
    gaps.look(sitting)


def rule_of(rotation: Rotation) -> rosters.Rotation:
    """The rotation as the agreement's rule knows it."""
    return rosters.Rotation(tuple(rotation.members), rotation.first_at, rotation.turn_hours, DEFAULT.zone)


def as_duty(row: Shift | Leave) -> Duty:
    """The row's person and span."""
    return Duty(row.person_id, Span(row.starts_at, row.ends_at))


def _lay(sitting: Sitting, rotation: Rotation) -> None:
    rows = _ahead(sitting, rotation)
    wanted = _wanted(sitting, rotation, [as_duty(row) for row in rows if row.origin != LAID])
    for row in (one for one in rows if one.origin == LAID):
        _keep_or_end(sitting, row, wanted)
    sitting.session.flush()
    if wanted:
        sitting.session.execute(
            insert(Shift),
            [
                {
                    "person_id": one.person_id,
                    "starts_at": one.span.since,
                    "ends_at": one.span.until,
                    "rotation_id": rotation.id,
                    "origin": LAID,
                }
                for one in sorted(wanted, key=lambda one: one.span.since)
            ],
        )


def _ahead(sitting: Sitting, rotation: Rotation) -> list[Shift]:
    query = (
        select(Shift)
        .where(Shift.rotation_id == rotation.id, Shift.ends_at > sitting.now)
        .order_by(Shift.id)
        .with_for_update()
    )
    return list(sitting.session.scalars(query))


def _wanted(sitting: Sitting, rotation: Rotation, given: Collection[Duty]) -> set[Duty]:
    """What the rotation should say from now on, without the hours that others hold by their own rows."""
    rule, now = rule_of(rotation), sitting.now
    until = rule.starts_at(rule.turn_at(max(now, rotation.first_at) + AHEAD) + 1)
    if rotation.ended_at is not None:
        until = min(until, rotation.ended_at)
    if until <= now:
        return set()
    people = {*rule.members, *(one.person_id for one in given)}
    away = [as_duty(row) for row in leaves(sitting.session, now, until, people)]
    laid = rosters.lay(rule, away, given, Span(now, until))
    return {
        Duty(one.person_id, piece)
        for one in laid
        for piece in rosters.without(
            one.span, [other.span for other in given if other.person_id == one.person_id]
        )
    }


def _keep_or_end(sitting: Sitting, row: Shift, wanted: set[Duty]) -> None:
    """A row that is wanted as it is stays; a running one ends now or goes on; any other goes."""
    now = sitting.now
    same = next((one for one in wanted if _is_row(one, row, now)), None)
    if same is not None:
        wanted.discard(same)
        row.ends_at = same.span.until
    elif row.starts_at < now:
        row.ends_at = now
    else:
        sitting.session.execute(delete(Shift).where(Shift.id == row.id))


def _is_row(one: Duty, row: Shift, now: datetime) -> bool:
    since = max(row.starts_at, now)
    goes_on = row.starts_at < now
    return (one.person_id, one.span.since) == (row.person_id, since) and (
        goes_on or one.span.until == row.ends_at
    )
