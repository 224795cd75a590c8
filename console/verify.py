"""The page behind a record's QR: for whoever holds the paper, without login, without a word about a person."""

from aiohttp import web

from console.pages import language_of, rendered
from desk.rulebook import Rulebook
from desk.verifying import verified
from storage.work import Work


def verify_routes(work: Work, rulebook: Rulebook) -> list[web.RouteDef]:
    """Every code that was ever printed opens it; any other address says that there is no such record."""

    async def page(request: web.Request) -> web.Response:
        number = rulebook.verify_links.read(request.match_info["token"])
        found = await work.read(lambda session: verified(session, number)) if number is not None else None
        status = 200 if found is not None else 404
        return rendered("verify.html", language_of(request), {"one": found, "path": request.path}, status=status)

    return [web.get(r"/console/verify/{token:[\w\-.]{8,80}}", page)]
