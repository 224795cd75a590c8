"""The page behind a record's link: its pages as pictures, the files to take away. No login; the link is the right.

A chat's own browser often cannot show a PDF, so it is shown as pictures. What the person may not have any more by the
time of opening is not shown. A GET never acts.
"""

import html
from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot.paper_links import PaperLink, PaperLinks
from bot.papers import DOCX, PDF, Papers, ReadyPaper
from storage.work import Work
from texts.say import render, say

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address is the right to read it
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/records/static/paper.css"></head>
<body><header><h1>{title}</h1><p>{said}</p>
<p><a href="{token}/file.pdf" download="{name}.pdf">PDF</a>
<a href="{token}/file.docx" download="{name}.docx">Word</a></p>
</header><main>{pictures}</main></body></html>
"""
STYLE = """
:root { color-scheme: light dark; font-family: system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
a { display: inline-block; padding: .6rem 1.2rem; margin: .25rem .5rem .25rem 0; border: 1px solid;
    border-radius: .5rem; text-decoration: none; color: inherit; }
img { display: block; width: 100%; height: auto; margin: 0 0 1rem; background: #fff; border: 1px solid #ccc; }
"""


class PaperPages:
    """Routes over the links."""

    def __init__(self, work: Work, papers: Papers, links: PaperLinks, clock: Callable[[], datetime]) -> None:
        self._work = work
        self._papers = papers
        self._links = links
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/records/static/paper.css", self.style),
            web.get("/records/{token}", self.page),
            web.get("/records/{token}/file.pdf", self.pdf),
            web.get("/records/{token}/file.docx", self.word_file),
            web.get("/records/{token}/{number:[0-9]{1,3}}.png", self.picture),
        ]

    async def style(self, _request: web.Request) -> web.Response:
        return web.Response(text=STYLE, content_type="text/css", headers={"Cache-Control": "max-age=3600"})

    async def page(self, request: web.Request) -> web.Response:
        """The record as pictures, and its files."""
        one = await self._opened(request)
        token = html.escape(request.match_info["token"])
        count = len(await self._papers.pictures(one.sheet))
        pictures = "".join(
            f'<img src="{token}/{number}.png" alt="{number} / {count}" loading="lazy">'
            for number in range(1, count + 1)
        )
        text = PAGE.format(
            title=html.escape(one.sheet.title),
            said=html.escape(render(one.said, "zh").split("\n")[0]),
            token=token,
            name=html.escape(one.name),
            pictures=pictures,
        )
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    async def pdf(self, request: web.Request) -> web.Response:
        one = await self._opened(request)
        return web.Response(body=await self._papers.pdf(one.sheet), content_type=PDF, headers=HEADERS)

    async def word_file(self, request: web.Request) -> web.Response:
        one = await self._opened(request)
        return web.Response(body=await self._papers.word_file(one.sheet), content_type=DOCX, headers=HEADERS)

    async def picture(self, request: web.Request) -> web.Response:
        """One page of it; 404 beyond the last."""
        one = await self._opened(request)
        pictures = await self._papers.pictures(one.sheet)
        number = int(request.match_info["number"])
        if not 1 <= number <= len(pictures):
            raise web.HTTPNotFound(text="no such page")
        return web.Response(body=pictures[number - 1], content_type="image/png", headers=HEADERS)

    async def _opened(self, request: web.Request) -> ReadyPaper:
        """What the link opens now. Raises 404 with a sentence a person can use."""
        now = self._clock()
        link = self._links.read(request.match_info["token"], now)
        found = await self._work.read(lambda session: self._of(session, link, now)) if link else []
        if not found:
            raise web.HTTPNotFound(text=render(say("record.link_ended"), "zh"), headers=HEADERS)
        return found[0]

    def _of(self, session: Session, link: PaperLink, now: datetime) -> list[ReadyPaper]:
        return self._papers.of(session, link.account_id, link.ticket_id, ((link.record, link.attempt),), now)
