"""The page on which a newcomer plays teacher and engineer side by side, with the ticket and its clocks between."""

from aiohttp import web

from bot.guards import read_body, read_json
from bot.web.pages import page
from bot.web.ports import Demo

MOST_BYTES = 1024
MOST_SECONDS = 40 * 24 * 3600


def demo_routes(demo: Demo) -> list[web.RouteDef]:
    """Only a demo has these: they hand out everybody's identity and move the clock."""

    async def show(_request: web.Request) -> web.Response:
        return page("demo.html")

    async def people(_request: web.Request) -> web.Response:
        return web.json_response({"people": await demo.people()})

    async def board(_request: web.Request) -> web.Response:
        return web.json_response(await demo.board())

    async def advance(request: web.Request) -> web.Response:
        body = read_json(await read_body(request, limit=MOST_BYTES, content_types=("application/json",)))
        seconds = body.get("seconds")
        if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds <= MOST_SECONDS:
            raise web.HTTPBadRequest(text="seconds: a whole number, at most 40 days")
        await demo.advance(seconds)
        return web.json_response(await demo.board())

    return [
        web.get("/", show),
        web.get("/demo/people", people),
        web.get("/demo/board", board),
        web.post("/demo/advance", advance),
    ]
