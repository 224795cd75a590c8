"""The page of a case file: records with previews, checks, where it is filed. By a signed link from chat (案卷)."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.paper_links import PaperLink, PaperLinks
from console.papers import paper
from console.visits import Visits, nothing_here
from desk.case_seen import CaseSeen, look
from texts.say import Say, render

KIND = "case"


def case_routes(visits: Visits, links: PaperLinks, clock: Callable[[], datetime]) -> list[web.RouteDef]:
    """One page for each case that somebody may see."""

    async def page(request: web.Request) -> web.Response:
        visit = await visits.open(request, KIND, look)
        if visit is None:
            return nothing_here(request)
        language = visit.who.language
        values = {
            "one": visit.found,
            "previews": _previews(visit.found, links, clock()),
            "remark": lambda said: render(said, language) if isinstance(said, Say) else said,
            "path": request.path,
        }
        return paper("case.html", language, values)

    return [web.get(r"/console/case/{token:[\w\-.]+}", page)]


def _previews(case: CaseSeen, links: PaperLinks, now: datetime) -> dict[str, str]:
    """Number of a record → the path of its page; nothing for somebody without a line of their own."""
    if not case.account_id:
        return {}
    return {
        one.number: f"/records/{links.token(PaperLink(case.ticket_id, one.record, one.attempt, case.account_id), now)}"
        for one in case.records
    }
