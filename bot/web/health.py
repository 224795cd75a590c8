"""`/healthz`: green while every job runs and nothing is stuck; red with the reason, for a monitor to see."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy.orm import Session

from storage import daily, jobs
from storage.work import Work

STALE = timedelta(minutes=3)
DAILY_LATE = timedelta(hours=1)


def health_routes(work: Work, clock: Callable[[], datetime]) -> list[web.RouteDef]:
    """The one route; it shows counts and names of jobs, no personal data."""

    async def healthz(_request: web.Request) -> web.Response:
        now = clock()
        states, trouble, late = await work.read(lambda session: _read(session, now))
        sick = [one.name for one in states if one.error or (one.name == "clocks" and _stale(one, now))]
        stuck = [
            name for name in ("late_alarms", "late_lanes", "set_aside_promises") if getattr(trouble, name)
        ] + late
        body = {
            "status": "red" if sick or stuck else "green",
            "sick": sick,
            "stuck": stuck,
            "trouble": asdict(trouble),
            "jobs": [
                {**asdict(one), "finished_at": one.finished_at.isoformat() if one.finished_at else None}
                for one in states
            ],
        }
        return web.json_response(body, status=503 if sick or stuck else 200)

    return [web.get("/healthz", healthz)]


def _read(session: Session, now: datetime) -> tuple[list[jobs.JobState], jobs.Trouble, list[str]]:
    """Every job's last run, what is stuck, and the daily jobs that have been under way for too long."""
    return jobs.states(session), jobs.trouble(session, now), sorted(daily.waiting(session, now - DAILY_LATE))


def _stale(state: jobs.JobState, now: datetime) -> bool:
    return state.finished_at is None or now - state.finished_at > STALE
