"""The pages of the web chat: the chat itself, the way in by QR and invite, files, the notice about personal data.

A GET never acts: a link preview must not report, join or confirm anything. No script or style stands in a page.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
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


def page_routes(
    links: Links, clock: Callable[[], datetime], files: Files, embed_origins: Sequence[str] = ()
) -> list[web.RouteDef]:
    """Routes of the pages. `embed_origins` are the sites whose pages may hold the chat in a frame, besides our own."""
    pages = _Pages(links, clock, files, " ".join(("'self'", *embed_origins)))
    return [
        web.get("/web/chat", pages.chat),
        web.get("/web/embed", pages.embed),
        web.get("/web/room/{code}", _enter),
        web.get("/web/invite/{code}", _enter),
        web.get("/privacy", _privacy),
        web.get("/web/files/{key}", pages.file),
        *[
            web.get(f"/web/static/{one.name}", _static(one))
            for one in sorted(STATIC.iterdir())
            if one.suffix in {".css", ".js"}
        ],
    ]


@dataclass(frozen=True)
class _Pages:
    """Pages that look different to somebody who has come by a signed link before."""

    links: Links
    clock: Callable[[], datetime]
    files: Files
    ancestors: str

    def account(self, request: web.Request) -> str | None:
        """Whose link it was: by its token, or by the cookie that the link left."""
        header = request.headers.get("Authorization", "")
        is_bearer = header.startswith("Bearer ")
        token = header.removeprefix("Bearer ") if is_bearer else request.cookies.get(COOKIE, "")
        return self.links.account_of(token, self.clock()) if token else None

    async def chat(self, request: web.Request) -> web.StreamResponse:
        """A signed link becomes a cookie and leaves the address bar."""
        token = request.query.get("k", "")
        if not token:
            return page("chat.html" if self.account(request) else "welcome.html")
        if self.links.account_of(token, self.clock()) is None:
            return page("welcome.html")
        response = web.HTTPFound("/web/chat")
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="Lax", secure=request.secure
        )
        return response

    async def embed(self, _request: web.Request) -> web.Response:
        """The chat inside another page. The token comes behind the # of its address: there no server and no cookie
        of another site is needed, and the page itself says where the link has ended.
        """
        return page("chat.html", ancestors=self.ancestors)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """What this account was shown; nothing else is there for it."""
        who = self.account(request)
        found = await self.files.shown(who, request.match_info["key"]) if who else None
        if found is None:
            raise web.HTTPNotFound(text="no such file")
        path, media_type = found
        headers = {
            "Content-Type": media_type,
            "Content-Disposition": "inline" if media_type in INLINE else "attachment",
            "X-Content-Type-Options": "nosniff",
        }
        return web.FileResponse(path, headers=headers)


async def _enter(_request: web.Request) -> web.Response:
    return page("chat.html")


async def _privacy(_request: web.Request) -> web.Response:
    return page("privacy.html")


def _static(path: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(
            path, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        )

    return serve
