"""The page behind a record's link: its pages as pictures, the files to take away. No login; the link is the right.

A chat's own browser often cannot show a PDF, so it is shown as pictures. What the person may not have any more by the
time of opening is not shown. A look at another person's case is an event of it, once a day.
"""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from sqlalchemy.orm import Session

from bot.paper_links import PaperLink, PaperLinks
from bot.papers import DOCX, PDF, Opened, Papers, ReadyPaper
from console.pages import HEADERS, language_of, rendered
from console.visits import nothing_here
from storage.work import Work
from texts.say import LANGUAGES, render, say


class PaperPages:
    """Routes over the links."""

    def __init__(self, work: Work, papers: Papers, links: PaperLinks, clock: Callable[[], datetime]) -> None:
        self._work = work
        self._papers = papers
        self._links = links
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/records/{token}", self.page),
            web.get("/records/{token}/file.pdf", self.pdf),
            web.get("/records/{token}/file.docx", self.word_file),
            web.get("/records/{token}/{number:[0-9]{1,3}}.png", self.picture),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The record as pictures, and its files."""
        found = await self._looked(request)
        if found is None:
            return nothing_here(request)
        language = language_of(request, otherwise=found.language)
        one = found.paper
        values = {
            "one": one,
            "title": one.sheet.title,
            "said": render(one.said, language).split("\n")[0],
            "count": len(await self._papers.pictures(one.sheet)),
            "home": f"/records/{request.match_info['token']}",
        }
        return rendered("record.html", language, values)

    async def pdf(self, request: web.Request) -> web.Response:
        one = _there(await self._looked(request))
        return web.Response(body=await self._papers.pdf(one.sheet), content_type=PDF, headers=HEADERS)

    async def word_file(self, request: web.Request) -> web.Response:
        one = _there(await self._looked(request))
        return web.Response(body=await self._papers.word_file(one.sheet), content_type=DOCX, headers=HEADERS)

    async def picture(self, request: web.Request) -> web.Response:
        """One page of it; 404 beyond the last. Part of a page whose opening was an event, so none of its own."""
        one = _there(await self._opened(request, self._papers.opened))
        pictures = await self._papers.pictures(one.sheet)
        number = int(request.match_info["number"])
        if not 1 <= number <= len(pictures):
            raise web.HTTPNotFound(text="no such page")
        return web.Response(body=pictures[number - 1], content_type="image/png", headers=HEADERS)

    async def _looked(self, request: web.Request) -> Opened | None:
        """A HEAD, as the preview of a chat asks, shows nobody anything: no look."""
        is_look = request.method == "GET"
        return await self._opened(request, self._papers.look if is_look else self._papers.opened)

    async def _opened(
        self, request: web.Request, look: Callable[[Session, PaperLink, datetime], Opened | None]
    ) -> Opened | None:
        """What the link opens now; None for nothing."""
        now = self._clock()
        link = self._links.read(request.match_info["token"], now)
        return await self._work.run(lambda session: look(session, link, now)) if link is not None else None


def _there(found: Opened | None) -> ReadyPaper:
    """Raises 404 with a sentence a person can use."""
    if found is None:
        raise web.HTTPNotFound(text=render(say("record.link_ended"), LANGUAGES[0]), headers=HEADERS)
    return found.paper
