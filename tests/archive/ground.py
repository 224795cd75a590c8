"""Pages of the archive over real cases: a server with every page of the console, and links for anybody of the cast."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.assembling import assemble, pages
from bot.clock import SetClock
from bot.house import House
from bot.server import application
from bot.settings import read
from desk.page_links import Pass
from storage.tables import Event
from tests.records import cases

URL, KEY = "https://desk.example", "k" * 32
NOW = cases.NOW + timedelta(days=3)


class Ground:
    """A house whose clock stands still after its cases, and a browser without pictures."""

    def __init__(self, house: House, client: TestClient[web.Request, web.Application], clock: SetClock) -> None:
        self.house, self.client, self.clock = house, client, clock
        self.people: dict[str, int] = {}

    def path(self, kind: str, person: str, *, subject: str = "0", language: str = "zh") -> str:
        one = Pass(kind, subject, self.people[person], language)
        return self.house.rulebook.links.path(one, self.clock.now())

    async def get(self, path: str) -> tuple[int, bytes]:
        async with self.client.get(path) as answer:
            return answer.status, await answer.read()

    async def see(self, path: str) -> str:
        """The page's text; whoever sees nothing sees the 404 page."""
        return (await self.get(path))[1].decode()

    async def looks(self, name: str) -> list[tuple[int | None, int]]:
        """(who, at which ticket) by that event, oldest first."""
        query = select(Event.actor_id, Event.ticket_id).where(Event.name == name).order_by(Event.id)
        found = await self.house.work.read(lambda session: list(session.execute(query)))
        return [(who, ticket) for who, ticket in found]


@asynccontextmanager
async def ground(url: str, folder: Path, make: Callable[[cases.Office], object]) -> AsyncIterator[Ground]:
    """`make` brings the cases about; then every record that is closed has been kept."""
    clock = SetClock(NOW)
    variables = {"DATABASE_URL": url, "SECRET_KEY": KEY, "MEDIA_DIR": str(folder), "PUBLIC_URL": URL}
    settings = read({f"YINGNUO_{name}": value for name, value in variables.items()})
    house = assemble(settings, clock)
    async with TestClient(TestServer(application(pages(house, settings, clock)))) as client:
        made = Ground(house, client, clock)

        def bring_about(session: Session) -> dict[str, int]:
            desk = cases.office_at(session)
            make(desk)
            cases.close_records(desk, house.office)
            return {name: actor.person_id or 0 for name, actor in desk.actors.items()}

        made.people = await house.work.run(bring_about)
        yield made
    await house.work.close()
