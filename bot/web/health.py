"""`/healthz`: green while every job runs and nothing is stuck; red with the reason, for a monitor to see."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy.orm import Session

from storage import daily, jobs
from storage.work import Work

AUDIT = "audit"
DAILY_LATE = timedelta(hours=1)


def health_routes(
    work: Work, clock: Callable[[], datetime], silences: Mapping[str, timedelta]
) -> list[web.RouteDef]:
    """The one route; it shows counts and names of jobs, no personal data. `silences`: which job is late when."""
    began_at = clock()

    async def healthz(_request: web.Request) -> web.Response:
        now = clock()
        states, trouble, late = await work.read(lambda session: _read(session, now))
        audit = await work.read(lambda session: daily.found(session, AUDIT))
        ran = {one.name: one.finished_at or began_at for one in states}
        stale = [name for name, most in silences.items() if now - ran.get(name, began_at) > most]
        sick = sorted({one.name for one in states if one.error} | set(stale))
        stuck = [name for name in ("late_alarms", "late_lanes") if getattr(trouble, name)]
        stuck += [f"set_aside_{kind}" for kind in trouble.set_aside] + late
        stuck += ["audit_differences"] if audit.differences else []
        body = {
            "status": "red" if sick or stuck else "green",
            "sick": sick,
            "stale": stale,
            "stuck": stuck,
            "trouble": asdict(trouble),
            "audit": {"night": audit.night.isoformat() if audit.night else "", "differences": audit.differences},
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
