"""The chat in a frame: only our own pages and the sites that the installation names may hold it."""

from datetime import UTC, datetime
from typing import cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.variables import origins
from bot.web.links import Links
from bot.web.pages import page_routes
from bot.web.ports import Files

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SITES = {"YINGNUO_EMBED_ORIGINS": " https://www.school.example http://oa.school.example:8080 "}


async def ancestors(path: str, sites: dict[str, str]) -> str:
    """Who may hold this page in a frame."""
    app = web.Application()
    named = origins(sites, "YINGNUO_EMBED_ORIGINS")
    app.add_routes(page_routes(Links("k" * 32), lambda: NOW, cast("Files", None), named))
    async with TestClient(TestServer(app)) as client, client.get(path) as answer:
        assert answer.status == 200
        return answer.headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


async def test_the_sites_that_are_named_may_hold_the_chat() -> None:
    """And every other page stays out of frames."""
    assert await ancestors("/web/embed", {}) == "'self'"
    assert await ancestors("/web/embed", SITES) == "'self' https://www.school.example http://oa.school.example:8080"
    assert await ancestors("/web/chat", SITES) == "'none'"
    assert await ancestors("/web/room/x", SITES) == "'none'"
