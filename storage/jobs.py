"""The state of the house's own jobs, and what a human must look at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import set_aside
from storage.prepared import upsert
from storage.set_aside import STOPPED
from storage.tables import Inbox, Job, Lane, Outbox, PromiseRow
from storage.written_out import is_now


@dataclass(frozen=True, kw_only=True)
class Ran:
    """One run of a job."""

    name: str
    started_at: datetime
    milliseconds: int
    error: str = ""
    backlog: int = 0


@dataclass(frozen=True)
class JobState:
    """The last run of a job, as `/healthz` shows it."""

    name: str
    finished_at: datetime | None
    milliseconds: int
    error: str
    backlog: int


def record(session: Session, *ran: Ran) -> None:
    """Keep each of these runs as its job's last."""
    RECORDED.run(session, *map(_row, ran))


def _row(ran: Ran) -> dict[str, object]:
    return {
        "name": ran.name,
        "started_at": ran.started_at,
        "finished_at": ran.started_at + timedelta(milliseconds=ran.milliseconds),
        "milliseconds": ran.milliseconds,
        "error": ran.error,
        "backlog": ran.backlog,
    }


RUN = ("started_at", "finished_at", "milliseconds", "error", "backlog")
RECORDED = upsert(
    Job.__table__,
    lambda new: new.on_conflict_do_update(
        index_elements=["name"], set_={name: new.excluded[name] for name in RUN}
    ),
)


def states(session: Session) -> list[JobState]:
    """Every job's last run."""
    return [
        JobState(row.name, row.finished_at, row.milliseconds, row.error, row.backlog)
        for row in session.scalars(select(Job).order_by(Job.name))
    ]


@dataclass(frozen=True)
class Trouble:
    """What a human must look at: counts of rows that do not get on by themselves."""

    failed_messages: int
    unsure_sendings: int
    late_alarms: int
    late_lanes: int
    set_aside: dict[str, int]  # by kind of row; a kind without any is not named


def trouble(session: Session, now: datetime) -> Trouble:
    """Counted for `/healthz` and the console."""
    late = now - timedelta(minutes=2)
    queries = [
        select(func.count()).select_from(Inbox).where(is_now(Inbox.state, "failed")),
        select(func.count()).select_from(Outbox).where(STOPPED, Outbox.state == "unsure"),
        select(func.count()).select_from(PromiseRow).where(PromiseRow.next_alarm_at < late),
        select(func.count()).select_from(Lane).where(Lane.next_at < late),
    ]
    failed, unsure, late_alarms, late_lanes = (session.scalar(one) or 0 for one in queries)
    return Trouble(failed, unsure, late_alarms, late_lanes, set_aside.counted(session))
