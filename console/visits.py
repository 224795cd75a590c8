"""Who opens a page: the signed link says for whom it is, the tables say what that person may see now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from console.pages import language_of, rendered
from desk.page_links import Pass
from desk.rulebook import Rulebook
from desk.sitting import Sitting
from desk.visiting import visitor
from storage.work import Work

T = TypeVar("T")


@dataclass(frozen=True)
class Visit(Generic[T]):
    """What the link stands for, and what was found for it."""

    who: Pass
    found: T


class Visits:
    """Opens links for pages of one process."""

    def __init__(self, work: Work, rulebook: Rulebook, clock: Callable[[], datetime]) -> None:
        self._work = work
        self._rulebook = rulebook
        self._clock = clock

    async def open(
        self, request: web.Request, kind: str, look: Callable[[Sitting, str], T | None]
    ) -> Visit[T] | None:
        """Run `look(sitting, subject)` as the link's person, in one transaction. None: the link shows nothing."""
        now = self._clock()
        who = self._rulebook.links.read(request.match_info["token"], kind, now)
        if who is None:
            return None
        who = replace(who, language=language_of(request, otherwise=who.language))

        def body(session: Session) -> T | None:
            sitting = visitor(session, self._rulebook, who, now)
            return look(sitting, who.subject) if sitting is not None else None

        found = await self._work.run(body)
        return Visit(who, found) if found is not None else None


def nothing_here(request: web.Request) -> web.Response:
    """The same page for a forged link, one that is over, and one whose reader lost the role: it tells nothing."""
    return rendered("nothing.html", language_of(request), {}, status=404)
