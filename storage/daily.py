"""The runs of daily jobs: begun once a date, gone on with page by page, by one worker at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.tables import DailyRun
from storage.talk import insert

DueRun = DailyRun  # the name by which the floor above may speak of such a row


def newest(session: Session) -> dict[str, date]:
    """The newest date of each job that ever ran."""
    return dict(NEWEST.rows(session, {}))


def run_before(session: Session, job: str, day: date) -> date:
    """The date of the job's run before this one; the day itself where it never ran."""
    found = session.scalar(select(func.max(DailyRun.day)).where(DailyRun.job == job, DailyRun.day < day))
    return found or day


def pass_over(session: Session, days: Mapping[str, date], now: datetime) -> None:
    """Book these (job, date) as done without a run."""
    if days:
        _add(session, [{"job": job, "day": day, "started_at": now} for job, day in days.items()])


def begin(session: Session, days: Mapping[str, date], now: datetime) -> None:
    """Begin these (job, date); the key decides who was first."""
    if days:
        _add(
            session,
            [{"job": job, "day": day, "started_at": now, "next_at": now} for job, day in days.items()],
        )


def _add(session: Session, rows: list[dict[str, object]]) -> None:
    session.execute(insert(session)(DailyRun).values(rows).on_conflict_do_nothing())


def claim(session: Session, jobs: Iterable[str], now: datetime) -> DailyRun | None:
    """The oldest run that has something left to do now, locked; another worker's is passed over."""
    return session.scalar(OLDEST, {"jobs": list(jobs), "now": now})


def run_of(session: Session, job: str, day: date) -> DailyRun:
    """This run, locked."""
    return session.get_one(DailyRun, (job, day), with_for_update=True)


def note_found(session: Session, job: str, day: date, count: int) -> None:
    """Add to what this run has found wrong."""
    run = (DailyRun.job == job, DailyRun.day == day)
    session.execute(update(DailyRun).where(*run).values(found=DailyRun.found + count))


@dataclass(frozen=True)
class Found:
    """What the newest run of a job has found wrong. `night` is None where it never ran."""

    night: date | None
    differences: int


def found(session: Session, job: str) -> Found:
    """The same, read."""
    run = session.scalar(select(DailyRun).where(DailyRun.job == job).order_by(DailyRun.day.desc()).limit(1))
    return Found(run.day, run.found) if run is not None else Found(None, 0)


def waiting(session: Session, now: datetime) -> dict[str, int]:
    """How many runs of each job were begun by then and are not over."""
    rows = session.execute(
        select(DailyRun.job, func.count())
        .where(DailyRun.started_at <= now, DailyRun.next_at.is_not(None))
        .group_by(DailyRun.job)
    )
    return {row[0]: row[1] for row in rows}


def next_moment(session: Session) -> datetime | None:
    """When a run that is not over goes on."""
    found = NEXT.first(session, {})
    return found[0] if found is not None else None


NEWEST = Prepared(select(DailyRun.job, func.max(DailyRun.day)).group_by(DailyRun.job))
OLDEST = (
    select(DailyRun)
    .where(DailyRun.job.in_(bindparam("jobs", expanding=True)), DailyRun.next_at <= bindparam("now"))
    .order_by(DailyRun.day, DailyRun.job)
    .limit(1)
    .with_for_update(skip_locked=True)
)
NEXT = Prepared(select(func.min(DailyRun.next_at)))
