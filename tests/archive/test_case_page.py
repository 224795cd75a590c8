"""The page of a case file: records, previews and checks, to each what is theirs; a look at another's is an event."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.case_pages import case_routes
from bot.house import open_work
from bot.paper_links import PaperLinks
from bot.paper_pages import PaperPages
from bot.papers import Papers
from bot.server import application
from bot.waking import Waking
from console.visits import Visits
from desk.page_links import Pass
from desk.rulebook import Rulebook
from records.office import Office
from storage.tables import Event, Membership
from storage.work import Work
from tests.records import cases

URL, KEY = "https://desk.example", "k" * 32
NOW = cases.NOW + timedelta(days=1)


class Page:
    """A settled and archived case, its page and the pages of its records."""

    def __init__(self, work: Work, client: TestClient[web.Request, web.Application], rulebook: Rulebook) -> None:
        self.work, self.client, self.rulebook = work, client, rulebook
        self.people: dict[str, int] = {}

    async def see(self, person: str, language: str = "zh") -> tuple[int, str]:
        link = self.rulebook.links.make(Pass("case", "1", self.people[person], language), NOW)
        return await self.get(link.removeprefix(URL))

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(path) as answer:
            return answer.status, (await answer.read()).decode("utf-8", "replace")

    async def looks(self) -> list[int | None]:
        query = select(Event.actor_id).where(Event.name == "case_seen").order_by(Event.id)
        return await self.work.read(lambda session: list(session.scalars(query)))


def _case(session: Session) -> dict[str, int]:
    desk = cases.office_at(session)
    cases.settled_at_once(desk)
    cases.close_records(desk, Office())
    return {name: actor.person_id or 0 for name, actor in desk.actors.items()}


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Page]:
    work, rulebook = open_work(sqlite_url, Waking()), Rulebook(URL, KEY)
    links = PaperLinks(KEY, URL)
    papers = Papers(Office(), rulebook, links, tmp_path)
    visits = Visits(work, rulebook, lambda: NOW)
    routes = [*case_routes(visits, links, lambda: NOW), *PaperPages(work, papers, links, lambda: NOW).routes()]
    async with TestClient(TestServer(application(routes))) as client:
        made = Page(work, client, rulebook)
        made.people = await work.run(_case)
        yield made
    await work.close()


async def test_the_archivist_sees_records_previews_and_checks(page: Page) -> None:
    """Numbers, editions, where each stands in the chain; the preview is a picture that opens."""
    status, text = await page.see("archivist")
    assert status == 200
    for words in ("LSQK-2026-000001", "GDJL-2026-000001", "YN01-ZY·SH·2026·D10-0001", "真实性：内容摘要复算一致"):
        assert words in text, words
    preview = re.search(r'src="(/records/[^"]+)"', text)
    assert preview is not None
    status, picture = await page.get(preview[1])
    assert (status, picture[1:4]) == (200, "PNG")
    _, english = await page.see("archivist", "en")
    assert "authentic: digests of the contents agree" in english


async def test_to_each_what_is_theirs_and_every_look_is_on_record(page: Page) -> None:
    """The representative sees records and no checks; the reporter only the own opinion, and that is no event."""
    _, text = await page.see("representative")
    assert "GDJL-2026-000001" in text
    assert "内容摘要复算一致" not in text
    _, own = await page.see("reporter")
    assert "YJFK-2026-000001" in own
    assert "GDJL-2026-000001" not in own
    await page.see("manager")
    assert await page.looks() == [page.people["representative"], page.people["manager"]]


async def test_a_role_that_was_lost_shows_nothing(page: Page) -> None:
    """The link is old, the right is of today."""
    query = select(Membership).where(Membership.person_id == page.people["representative"])

    def end(session: Session) -> None:
        session.scalars(query).one().until_at = cases.NOW

    await page.work.run(end)
    status, text = await page.see("representative")
    assert status == 404
    assert "ZXFK" not in text
    assert await page.looks() == []
