"""The page behind a record's QR: for whoever holds the paper, without login, without a word about a person."""

from aiohttp import web

from console.papers import paper
from desk.rulebook import Rulebook
from desk.verifying import verified
from storage.work import Work
from texts.say import LANGUAGES


def verify_routes(work: Work, rulebook: Rulebook) -> list[web.RouteDef]:
    """Every code that was ever printed opens it; any other address says that there is no such record."""

    async def page(request: web.Request) -> web.Response:
        wanted = request.query.get("lang", "")
        language = wanted if wanted in LANGUAGES else LANGUAGES[0]
        number = rulebook.verify_links.read(request.match_info["token"])
        found = await work.read(lambda session: verified(session, number)) if number is not None else None
        status = 200 if found is not None else 404
        return paper("verify.html", language, {"one": found, "path": request.path}, status=status)

    return [web.get(r"/console/verify/{token:[\w\-.]{8,80}}", page)]
