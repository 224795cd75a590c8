"""The page of a case file: records with previews, checks, where it is filed; signed papers come back by it.

By a signed link from chat (案卷): whoever has it is its person, for reading as for handing in.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs

from aiohttp import BodyPartReader, web

from agreement.words import Record
from bot.case_filling import MOST, CaseFilling, fill, filling
from bot.cleaning import clean
from bot.guards import read_body
from bot.paper_links import PaperLink, PaperLinks
from bot.periods import number
from bot.web.ports import UploadRefusedError, Uploads
from console.pages import rendered
from console.visits import Visit, Visits, nothing_here
from desk import paper_returns
from desk.archiving import explain
from desk.case_seen import CaseSeen, look
from desk.reporting import Sent
from desk.sitting import Sitting
from records.office import Office
from texts.refused import Refused
from texts.say import Say, render, say

KIND: Final = "case"
FORM: Final = "application/x-www-form-urlencoded"
FORM_BYTES: Final = 128 * 1024  # a full cell and a full reason, nine bytes a character in a form
MOST_PAGES: Final = 20  # of one signed paper


@dataclass(frozen=True)
class HandedIn:
    """What a form brought: which record, its pages, and how many of them are no picture and no PDF."""

    record: Record
    attempt: int
    sent: tuple[Sent, ...]
    strange: int


class CasePages:
    """One page for each case that somebody may see."""

    def __init__(
        self, visits: Visits, links: PaperLinks, uploads: Uploads, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._office = office
        self._visits = visits
        self._links = links
        self._uploads = uploads
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(r"/console/case/{token:[\w\-.]+}", self.page),
            web.post(r"/console/case/{token:[\w\-.]+}", self.hand_in),
            web.post(r"/console/case/{token:[\w\-.]+}/cell", self.fill),
            web.post(r"/console/case/{token:[\w\-.]+}/explained", self.explain),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The case; after a paper came back, with a word of thanks."""
        count = number(request.query.get("returned", ""))
        told = say("case.returned", count=count) if count else None
        return await self._shown(request, told)

    async def _shown(self, request: web.Request, told: Say | None, status: int = 200) -> web.Response:
        visit = await self._visits.open(request, KIND, self._seen)
        if visit is None:
            return nothing_here(request)
        language = visit.who.language
        one, empty = visit.found
        values = {
            "one": one,
            "empty": empty,
            "previews": self._previews(one),
            "remark": lambda said: render(said, language) if isinstance(said, Say) else said,
            "told": render(told, language) if told is not None else "",
            "home": f"/console/{KIND}/{request.match_info['token']}",
        }
        return rendered("case.html", language, values, status=status)

    def _seen(self, sitting: Sitting, subject: str) -> tuple[CaseSeen, CaseFilling] | None:
        one = look(sitting, subject)
        return (one, filling(sitting, one.ticket_id, self._office)) if one is not None else None

    async def fill(self, request: web.Request) -> web.Response:
        """One empty cell, by whoever owes it; its form names record, attempt and key."""
        form = parse_qs((await read_body(request, limit=FORM_BYTES, content_types=(FORM,))).decode("utf-8", "replace"))
        given = {name: clean(values[0]).strip() for name, values in form.items()}
        kept: Visit[Say] | None = await self._visits.open(
            request, KIND, lambda sitting, subject: fill(sitting, int(subject), self._office, given)
        )
        return await self._shown(request, kept.found) if kept is not None else nothing_here(request)

    async def explain(self, request: web.Request) -> web.Response:
        """缺项说明 of the document manager."""
        form = parse_qs((await read_body(request, limit=FORM_BYTES, content_types=(FORM,))).decode("utf-8", "replace"))
        words = clean(form.get("words", [""])[0]).strip()[:MOST]
        kept: Visit[Say] | None = await self._visits.open(
            request, KIND, lambda sitting, subject: _explain(sitting, subject, words)
        )
        return await self._shown(request, kept.found) if kept is not None else nothing_here(request)

    async def hand_in(self, request: web.Request) -> web.Response:
        """A signed and stamped paper as pictures or PDF (multipart: which, then pages): kept with its record."""
        if not request.content_type.startswith("multipart/"):
            raise web.HTTPUnsupportedMediaType(text="multipart/form-data")
        if await self._visits.open(request, KIND, _returnable) is None:
            return nothing_here(request)  # before a byte is kept
        try:
            found = await self._read(request)
        except UploadRefusedError as refused:
            return await self._shown(request, say("case.refused_file"), refused.status)
        if found is None or found.strange:
            return await self._shown(request, say("case.refused_file"), 415)
        kept: Visit[Say | int] | None = await self._visits.open(
            request, KIND, lambda sitting, subject: _take_back(sitting, subject, found)
        )
        return await self._answered(request, kept)

    async def _answered(self, request: web.Request, kept: Visit[Say | int] | None) -> web.Response:
        if kept is None:
            return nothing_here(request)
        if isinstance(kept.found, Say):
            return await self._shown(request, kept.found, 400)
        language = kept.who.language
        raise web.HTTPSeeOther(f"{request.path}?returned={kept.found}&lang={language}")  # so that a reload asks nothing

    async def _read(self, request: web.Request) -> HandedIn | None:
        """None for a form that is not ours. The files are kept by their digest while they stream."""
        which, strange = "", 0
        sent: list[Sent] = []
        try:
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader):
                    return None
                if part.name == "which":
                    # As bytes: its headers may name a charset or an encoding that nobody knows.
                    which = (await part.read()).decode("utf-8", "replace")[:80]
                elif part.name == "pages" and part.filename and len(sent) < MOST_PAGES:
                    one = await self._kept(part)
                    strange += one.media_type not in paper_returns.PAGES
                    sent.append(one)
        except (ValueError, AssertionError):
            return None
        record, _, attempt = which.rpartition(":")
        if record not in list(Record) or not number(attempt):
            return None
        return HandedIn(Record(record), number(attempt), tuple(sent), strange)

    async def _kept(self, part: BodyPartReader) -> Sent:
        name = clean(part.filename or "")[-80:]
        reference, media_type, _ = await self._uploads.keep(name, _chunks(part))
        kind = "photo" if media_type.startswith("image/") else "file"
        return Sent(channel="web", kind=kind, reference=reference, name=name, media_type=media_type)

    def _previews(self, case: CaseSeen) -> Mapping[str, str]:
        """Number of a record → the path of its page; nothing for somebody without a line of their own."""
        if not case.account_id:
            return {}
        at = self._clock()
        opened = (
            (one.number, PaperLink(case.ticket_id, one.record, one.attempt, case.account_id)) for one in case.records
        )
        return {number: f"/records/{self._links.token(link, at)}" for number, link in opened}


async def _chunks(part: BodyPartReader) -> AsyncIterator[bytes]:
    while chunk := await part.read_chunk():
        yield bytes(chunk)


def _returnable(sitting: Sitting, subject: str) -> bool | None:
    """Whether any of its records is theirs to hand in."""
    try:
        return bool(paper_returns.returnable(sitting, int(subject)))
    except Refused:
        return None


def _explain(sitting: Sitting, subject: str, words: str) -> Say:
    """What became of it, as a sentence."""
    try:
        explain(sitting, int(subject), words=words)
    except Refused as no:
        return no.said
    return say("case.explained")


def _take_back(sitting: Sitting, subject: str, found: HandedIn) -> Say | int:
    """How many pages were kept, or the sentence that says why not."""
    try:
        paper_returns.take_back(
            sitting, int(subject), record=found.record, attempt=found.attempt, sent=found.sent
        )
    except Refused as no:
        return no.said
    return len(found.sent)
