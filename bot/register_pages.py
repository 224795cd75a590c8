"""The register of a period: what was filed, narrowed by what one looks for, and exactly that as XLSX. By a signed link
from chat (登记簿)."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from aiohttp import web

from agreement.policy_file import DEFAULT
from agreement.words import Kind, State
from bot.page_files import attachment
from bot.periods import number, page_number, period, words
from console.pages import rendered
from console.visits import Visit, Visits, nothing_here
from desk import register_seen
from desk.case_file import CaseFile
from desk.page_links import Pass
from desk.register_seen import MOST_FILED, Asked, LineSeen, RegisterSeen
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from records.editions import standing
from records.grid import Copy
from records.office import Office
from records.papers import attempts
from records.register_lines import Line
from storage.work import Work

KIND: Final = "register"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FLAGS: Final = ("urgent", "calm", "complaint")
READ_AT_ONCE: Final = 10  # cases in one transaction: on SQLite nobody writes meanwhile


class RegisterPages:
    """The page, and the file of what it lists."""

    def __init__(
        self, work: Work, visits: Visits, rulebook: Rulebook, office: Office, clock: Callable[[], datetime]
    ) -> None:
        self._work = work
        self._visits = visits
        self._rulebook = rulebook
        self._office = office
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(r"/console/register/{token:[\w\-.]+}", self.page),
            web.get(r"/console/register/{token:[\w\-.]+}/file.xlsx", self.file),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """Fifty cases, a form to narrow them, links to each case."""
        asked = read(request.query, self._today())
        visit = await self._visits.open(request, KIND, lambda sitting, _: register_seen.look(sitting, asked))
        if visit is None:
            return nothing_here(request)
        return rendered("register.html", visit.who.language, self._values(request, asked, visit))

    def _values(self, request: web.Request, asked: Asked, visit: Visit[RegisterSeen]) -> Mapping[str, object]:
        path = request.path
        narrowed = urlencode(_query(asked) | {"lang": visit.who.language})
        return {
            "asked": asked,
            "found": visit.found,
            "kinds": [one.value for one in Kind],
            "states": [one.value for one in State],
            "flags": FLAGS,
            "most": MOST_FILED,
            "path": path,
            "narrowed": narrowed,
            "file": f"{path}/file.xlsx?{narrowed}",
            "page_link": lambda other: f"{path}?{narrowed}&page={other}",
            "in_language": lambda one: f"{path}?{urlencode(_query(asked) | {'lang': one, 'page': asked.page})}",
            "case_link": lambda line: self._case(line, visit.who),
        }

    def _case(self, line: LineSeen, who: Pass) -> str:
        """The case's own page, for the same person: whoever follows it is looked up anew."""
        one = Pass("case", str(line.ticket_id), who.person_id, who.language)
        return self._rulebook.links.path(one, self._clock())

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Every record of exactly the cases that are listed, one sheet for each kind."""
        asked = read(request.query, self._today())
        visit = await self._visits.open(request, KIND, lambda sitting, _: register_seen.take(sitting, asked))
        if visit is None:
            return nothing_here(request)
        found = await self._lines(request, visit.found)
        if found is None:
            return nothing_here(request)
        lines, copy = found
        from records.writing_xlsx import (
            register,  # its library takes a part of every start, and few ask for it
        )

        made = await asyncio.to_thread(
            register,
            lines,
            self._office.forms,
            period=f"{asked.since} — {asked.until}",
            made_on=self._today(),
            copy=copy,
        )
        return attachment(made, XLSX, f"登记簿-{asked.since}-{asked.until}.xlsx")

    async def _lines(self, request: web.Request, ticket_ids: Sequence[int]) -> tuple[list[Line], Copy] | None:
        """A few cases are read, then written down outside the transaction, then the next. None: the role ended."""
        lines: list[Line] = []
        copy = Copy.OUTSIDE
        for first in range(0, len(ticket_ids), READ_AT_ONCE):
            some = ticket_ids[first : first + READ_AT_ONCE]
            seen = await self._visits.open(request, KIND, lambda sitting, _: _cases(sitting, some))  # noqa: B023
            if seen is None:
                return None
            found, copy = seen.found
            lines += await asyncio.to_thread(self._projected, found)
        return lines, copy

    def _projected(self, found: Sequence[CaseFile]) -> list[Line]:
        """The records of these cases as they stand, in the agreement's order."""
        at = self._clock()
        made = (
            standing(record, attempt, case, self._office)
            for case in found
            for record in dict.fromkeys(one for one, _ in case.numbers)
            for attempt in attempts(record, case)
        )
        return [Line(one.paper, one.edition, at, one.is_void) for one in made]

    def _today(self) -> date:
        return self._clock().astimezone(DEFAULT.zone).date()


def _cases(sitting: Sitting, ticket_ids: Sequence[int]) -> tuple[Sequence[CaseFile], Copy]:
    copy = Copy.HOUSE if register_seen.is_of_the_vendor(sitting.actor) else Copy.OUTSIDE
    return register_seen.cases(sitting, ticket_ids), copy


def read(query: Mapping[str, str], today: date) -> Asked:
    """What the address asks for. Whatever cannot be read narrows nothing; without days it is this month."""
    since, until = period(query, today)
    kind, state, flag = query.get("kind", ""), query.get("state", ""), query.get("flag", "")
    return Asked(
        since=since,
        until=until,
        school=number(query.get("school", "")),
        kind=kind if kind in list(Kind) else "",
        state=state if state in list(State) else "",
        flag=flag if flag in FLAGS else "",
        words=words(query),
        page=page_number(query),
    )


def _query(asked: Asked) -> dict[str, object]:
    """The address of the same listing; the page apart."""
    every = {
        "since": asked.since,
        "until": asked.until,
        "school": asked.school or "",
        "kind": asked.kind,
        "state": asked.state,
        "flag": asked.flag,
        "words": asked.words,
    }
    return {name: value for name, value in every.items() if value}
