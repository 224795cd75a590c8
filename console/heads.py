"""The page of heads: how far the archive's chain had come on each day. For everybody; it holds no personal data.

Whoever kept a head of some day compares it with this page, or gives all of them to `verify_archive.py --heads`.
"""

from collections.abc import Sequence

from aiohttp import web

from console.pages import HEADERS, language_of, rendered
from desk import heads
from desk.heads import Head
from storage.work import Work


def head_routes(work: Work) -> list[web.RouteDef]:
    """The page, and the same as plain text."""

    async def page(request: web.Request) -> web.Response:
        found = await work.read(heads.every)
        return rendered("heads.html", language_of(request), {"heads": found})

    async def text(_request: web.Request) -> web.Response:
        found = await work.read(heads.every)
        return web.Response(text=_lines(found), content_type="text/plain", headers=HEADERS)

    return [web.get("/console/heads", page), web.get("/console/heads.txt", text)]


def _lines(found: Sequence[Head]) -> str:
    return "".join(f"{one.day} {one.text}\n" for one in found)


