"""How a page is made: a template, the reader's language, the headers that keep it harmless.

No script runs in a page and nothing is fetched from elsewhere. Sentences come from `texts`, as everywhere.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from texts.formats import SHANGHAI, money
from texts.say import LANGUAGES, Say, render, sentences

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def stamp(at: datetime | None) -> str:
    """A moment as evidence writes it: "2026-11-23 14:02:05", in the contract's zone."""
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" if at is not None else ""


TEMPLATES: Final = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters |= {"stamp": stamp, "money": money}


def language_of(request: web.Request, otherwise: str = LANGUAGES[0]) -> str:
    """The language that the address asks for by ?lang=, where it is one of ours."""
    wanted = request.query.get("lang", "")
    return wanted if wanted in LANGUAGES else otherwise


def rendered(template: str, language: str, values: Mapping[str, object], *, status: int = 200) -> web.Response:
    """The page in that language. In a template `t("key", name=value)` is a sentence of the texts, and
    `named("table", code)` the word for a code, or the code where a contract brought a word of its own."""

    def t(key: str, /, **fields: object) -> str:
        return render(Say(key, fields), language)

    def named(table: str, code: str) -> str:
        return sentences(language).get(f"{table}.{code}", code)

    text = TEMPLATES.get_template(template).render(
        t=t, named=named, language=language, languages=LANGUAGES, **values
    )
    return web.Response(text=text, status=status, content_type="text/html", headers=HEADERS)


def static_routes() -> list[web.RouteDef]:
    """The style sheets."""

    async def style(request: web.Request) -> web.StreamResponse:
        path = STATIC / f"{request.match_info['name']}.css"
        if not path.is_file():
            raise web.HTTPNotFound(text="no such style")
        headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        return web.FileResponse(path, headers=headers)

    return [web.get(r"/console/static/{name:[a-z]+}.css", style)]
