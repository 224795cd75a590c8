"""The pages of the web chat: the chat itself, the way in by QR and invite, files, the notice about personal data.

A GET never acts: a link preview must not report, join or confirm anything. No script or style stands in a page.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.web.links import Links
from bot.web.ports import Files
from bot.web.talking import COOKIE

STATIC = Path(__file__).parent / "static"
COOKIE_SECONDS = 180 * 24 * 3600
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors {ancestors}",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


def page(name: str, ancestors: str = "'none'") -> web.Response:
    """One of the pages, with the headers that keep it harmless."""
    text = (STATIC / name).read_text(encoding="utf-8")
    headers = {key: value.format(ancestors=ancestors) for key, value in HEADERS.items()}
    return web.Response(text=text, content_type="text/html", headers=headers)


def page_routes(links: Links, clock: Callable[[], datetime], files: Files) -> list[web.RouteDef]:
    """Routes of the pages."""

    def account(request: web.Request) -> str | None:
        header = request.headers.get("Authorization", "")
        token = (
            header.removeprefix("Bearer ")
            if header.startswith("Bearer ")
            else request.cookies.get(COOKIE, "")
        )
        return links.account_of(token, clock()) if token else None

    async def chat(request: web.Request) -> web.StreamResponse:
        token = request.query.get("k", "")
        if not token:
            return page("chat.html" if account(request) else "welcome.html")
        if links.account_of(token, clock()) is None:
            return page("welcome.html")
        response = web.HTTPFound("/web/chat")
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.secure
        )
        return response

    async def embed(request: web.Request) -> web.Response:
        return page("chat.html" if account(request) else "welcome.html", ancestors="'self'")

    async def enter(_request: web.Request) -> web.Response:
        return page("chat.html")

    async def privacy(_request: web.Request) -> web.Response:
        return page("privacy.html")

    async def file(request: web.Request) -> web.StreamResponse:
        who = account(request)
        found = await files.shown(who, request.match_info["key"]) if who else None
        if found is None:
            raise web.HTTPNotFound(text="no such file")
        path, media_type = found
        kind = "inline" if media_type in INLINE else "attachment"
        return web.FileResponse(
            path,
            headers={
                "Content-Type": media_type,
                "Content-Disposition": kind,
                "X-Content-Type-Options": "nosniff",
            },
        )

    return [
        web.get("/web/chat", chat),
        web.get("/web/embed", embed),
        web.get("/web/room/{code}", enter),
        web.get("/web/invite/{code}", enter),
        web.get("/privacy", privacy),
        web.get("/web/files/{key}", file),
        *[
            web.get(f"/web/static/{one.name}", _static(one))
            for one in sorted(STATIC.iterdir())
            if one.suffix in {".css", ".js"}
        ],
    ]


def _static(path: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(
            path, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        )

    return serve
