"""The workday calendar as the tables hold it: the newest edition, and the one before while that is being taken in.

A promise is counted by the edition it was last told by, until `calendar_editions.py` has counted it anew: nobody's due
time changes in silence in between.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.calendar import UNPUBLISHED, Workdays
from storage.prepared import Prepared
from storage.tables import CalendarDay, CalendarEdition


@dataclass(frozen=True)
class Calendars:
    """`before` is None once every promise was counted by the newest edition."""

    newest: Workdays
    before: Workdays | None = None

    def told_by(self, edition: str) -> Workdays:
        """The days that a promise with this edition was last counted by."""
        if self.before is not None and edition != self.newest.edition:
            return self.before
        return self.newest


NONE = Calendars(UNPUBLISHED)


def mark(session: Session) -> object:
    """Another value whenever `read` would give something else: what is compared before a whole calendar is read."""
    return MARK.rows(session, {})


MARK = Prepared(
    select(
        select(func.count(), func.max(CalendarDay.edition)).select_from(CalendarDay).subquery(),
        select(func.max(CalendarEdition.id), func.count(CalendarEdition.done_at))
        .select_from(CalendarEdition)
        .subquery(),
    )
)


def read(session: Session) -> Calendars:
    """What the tables hold now."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.is_working, CalendarDay.name, CalendarDay.edition)
    ).all()
    last = session.scalar(select(CalendarEdition).order_by(CalendarEdition.id.desc()).limit(1))
    days = {day: working for day, working, _, _ in rows}
    newest = Workdays(
        edition=last.edition if last else max((edition for _, _, _, edition in rows), default=""),
        days=days,
        years=frozenset(day.year for day in days),
        names={day: name for day, _, name, _ in rows if name},
    )
    if last is None or last.done_at is not None:
        return Calendars(newest)
    return Calendars(newest, _before(newest, last.before))


def snapshot(session: Session, newest: Workdays, days: Collection[date]) -> dict[str, Any]:
    """What an edition that writes these days takes the place of, to be kept with it as JSON."""
    rows = session.execute(
        select(CalendarDay.day, CalendarDay.is_working, CalendarDay.name).where(CalendarDay.day.in_(days))
    )
    return {
        "edition": newest.edition,
        "years": sorted(newest.years),
        "changed": sorted(day.isoformat() for day in days),
        "days": [[day.isoformat(), working, name] for day, working, name in rows],
    }


def _before(newest: Workdays, kept: Mapping[str, Any]) -> Workdays:
    changed = {date.fromisoformat(one) for one in kept["changed"]}
    days = {day: working for day, working in newest.days.items() if day not in changed}
    names = {day: name for day, name in newest.names.items() if day not in changed}
    for written, working, name in kept["days"]:
        days[date.fromisoformat(written)] = bool(working)
        if name:
            names[date.fromisoformat(written)] = str(name)
    return replace(
        newest, edition=str(kept["edition"]), days=days, years=frozenset(kept["years"]), names=names
    )
