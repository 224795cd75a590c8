"""The page of the archive: the catalogue of a period (归档文件目录) with its files, and to the archivist what waits.

By a signed link from chat (档案).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from agreement.policy_file import DEFAULT
from bot.page_files import attachment
from bot.periods import page_number, period, words
from bot.register_pages import XLSX
from console.pages import rendered
from console.visits import Visit, Visits, nothing_here
from desk import catalogue_seen
from desk.catalogue import Days
from desk.catalogue_seen import ArchiveSeen, Taken
from desk.page_links import Pass
from desk.rulebook import Rulebook
from records import writing_catalogue_pdf
from records.catalogue import Catalogue, catalogue, line
from records.office import Office
from texts.say import Say, render

KIND: Final = "archive"
PDF: Final = "application/pdf"


class ArchivePages:
    """The page, and its catalogue as PDF and as XLSX."""

    def __init__(self, visits: Visits, rulebook: Rulebook, office: Office, clock: Callable[[], datetime]) -> None:
        self._visits = visits
        self._rulebook = rulebook
        self._office = office
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(r"/console/archive/{token:[\w\-.]+}", self.page),
            web.get(r"/console/archive/{token:[\w\-.]+}/catalogue.pdf", self.pdf),
            web.get(r"/console/archive/{token:[\w\-.]+}/catalogue.xlsx", self.xlsx),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """Fifty cases by 档号, each with the way to its own page."""
        days, number = self._asked(request.query), page_number(request.query)
        visit = await self._visits.open(
            request, KIND, lambda sitting, _: catalogue_seen.look(sitting, days, number)
        )
        if visit is None:
            return nothing_here(request)
        return rendered("archive.html", visit.who.language, self._values(request.path, days, number, visit))

    def _values(self, path: str, days: Days, number: int, visit: Visit[ArchiveSeen]) -> Mapping[str, object]:
        language, found = visit.who.language, visit.found
        asked = {"since": days.since, "until": days.until} | ({"words": days.words} if days.words else {})
        narrowed = urlencode(asked | {"lang": language})
        first = (number - 1) * catalogue_seen.PAGE + 1
        return {
            "days": days,
            "page": number,
            "found": found,
            "most": catalogue_seen.MOST_TAKEN,
            "lines": [
                (line(place, one), self._case(one.ticket.id, visit.who))
                for place, one in enumerate(found.found, start=first)
            ],
            "path": path,
            "file": lambda ending: f"{path}/catalogue.{ending}?{narrowed}",
            "page_link": lambda other: f"{path}?{narrowed}&page={other}",
            "in_language": lambda one: f"{path}?{urlencode(asked | {'lang': one, 'page': number})}",
            "said": lambda one: render(one, language, self._clock()) if isinstance(one, Say) else one,
        }

    def _case(self, ticket_id: int, who: Pass) -> str:
        return self._rulebook.links.path(Pass("case", str(ticket_id), who.person_id, who.language), self._clock())

    async def pdf(self, request: web.Request) -> web.Response:
        one = await self._taken(request)
        if one is None:
            return nothing_here(request)
        made = await asyncio.to_thread(writing_catalogue_pdf.pdf, one, self._office.fonts)
        return attachment(made, PDF, f"{one.title}-{one.period}.pdf")

    async def xlsx(self, request: web.Request) -> web.Response:
        one = await self._taken(request)
        if one is None:
            return nothing_here(request)
        from records.writing_catalogue_xlsx import (
            xlsx,  # its library takes a part of every start, and few ask for it
        )

        made = await asyncio.to_thread(xlsx, one)
        return attachment(made, XLSX, f"{one.title}-{one.period}.xlsx")

    async def _taken(self, request: web.Request) -> Catalogue | None:
        """Exactly what the page lists, every page of it."""
        days = self._asked(request.query)
        visit = await self._visits.open(request, KIND, lambda sitting, _: catalogue_seen.take(sitting, days))
        return await asyncio.to_thread(self._catalogue, visit.found, days) if visit is not None else None

    def _catalogue(self, taken: Taken, days: Days) -> Catalogue:
        return catalogue(
            taken.found,
            taken.rules,
            vendor=self._office.letterhead.vendor,
            since=days.since,
            until=days.until,
            made_on=self._today(),
        )

    def _asked(self, query: Mapping[str, str]) -> Days:
        since, until = period(query, self._today(), whole="year")
        return Days(since=since, until=until, words=words(query))

    def _today(self) -> date:
        return self._clock().astimezone(DEFAULT.zone).date()
