"""The evidence sheet of one breach: one page to print, and the same as JSON. Every look at it is an event."""

from datetime import timedelta

from aiohttp import web

from console.pages import HEADERS, rendered
from console.visits import Visits, nothing_here
from desk.evidence import Evidence, look
from desk.evidence_alarms import AlarmLine
from desk.sitting import Sitting
from texts.formats import span

KIND = "evidence"
MOST_ALARMS = 14  # what one page holds; of more the first and the last are printed, all are in the JSON
LAST_ALARMS = 4


def evidence_routes(visits: Visits) -> list[web.RouteDef]:
    """The two forms of the sheet."""

    async def sheet(request: web.Request) -> web.Response:
        visit = await visits.open(request, KIND, _look)
        if visit is None:
            return nothing_here(request)
        language = visit.who.language
        values = _values(visit.found, language) | {"path": request.path}
        return rendered("evidence.html", language, values)

    async def data(request: web.Request) -> web.Response:
        visit = await visits.open(request, KIND, _look)
        if visit is None:
            return web.json_response({"error": "nothing here"}, status=404, headers=HEADERS)
        return web.json_response(visit.found.as_json(), headers=HEADERS)

    return [
        web.get(r"/console/evidence/{token:[\w\-.]+}", sheet),
        web.get(r"/console/evidence/{token:[\w\-.]+}/json", data),
    ]


def _look(sitting: Sitting, subject: str) -> Evidence | None:
    return look(sitting, int(subject))


def _values(found: Evidence, language: str) -> dict[str, object]:
    first, last = _printed(found.alarms)
    late = (found.course.fulfilled_at or found.made_at) - found.course.due_at
    return {
        "one": found,
        "alarms": first,
        "last_alarms": last,
        "left_out": len(found.alarms) - len(first) - len(last),
        "late": span(max(late, timedelta(0)), language),
    }


def _printed(alarms: tuple[AlarmLine, ...]) -> tuple[tuple[AlarmLine, ...], tuple[AlarmLine, ...]]:
    """One page is one page: a ladder that called every day for months is printed from both ends."""
    if len(alarms) <= MOST_ALARMS:
        return alarms, ()
    return alarms[: MOST_ALARMS - LAST_ALARMS], alarms[-LAST_ALARMS:]
