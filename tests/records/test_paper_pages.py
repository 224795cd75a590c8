"""The page behind a link: the record as pictures and files, without login; and nothing for anybody else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Record
from bot import sample
from bot.clock import SetClock
from bot.house import House
from bot.paper_links import LASTS, PaperLink, PaperLinks
from bot.paper_pages import PaperPages
from conversations.engine.messages import Incoming
from storage.tables import Account, Event, Ticket

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
KEY = "k" * 32


@dataclass
class Desk:
    """A house with the pages of records, one declined ticket, and a client."""

    http: ClientSession
    url: str
    links: PaperLinks
    ticket: int
    accounts: dict[str, int]
    clock: SetClock
    house: House

    def link(self, who: str, record: Record = Record.RECEIPT, at: datetime = NOW) -> str:
        made = PaperLink(self.ticket, record, 1, self.accounts[who])
        return f"{self.url}/records/{self.links.token(made, at)}"


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = SetClock(NOW)
    house = House(database_url=sqlite_url, secret_key=KEY, media_dir=tmp_path, clock=clock, release="test")
    links = PaperLinks(KEY, "")
    await house.work.run(lambda session: sample.load(session, NOW))
    said = (
        ("demo-wang", "成绩系统登录不上"),
        ("demo-wang", "确认提交"),
        ("demo-li", "无需维护 1"),
        ("demo-li", "大写锁定键开着"),
    )
    for number, (account, text) in enumerate(said):
        await house.receiving.receive(
            Incoming(
                channel="web",
                account=account,
                chat=account,
                external_id=str(number),
                received_at=NOW,
                text=text,
            )
        )
    await house.start("127.0.0.1", 0, PaperPages(house.work, house.papers, links, clock.now).routes())
    ticket, accounts = await house.work.read(_ids)
    async with ClientSession() as http:
        yield Desk(http, f"http://127.0.0.1:{house.port}", links, ticket, accounts, clock, house)
    await house.stop()


def _ids(session: Session) -> tuple[int, dict[str, int]]:
    accounts = [(name, number) for name, number in session.execute(select(Account.external, Account.id))]
    return session.scalar(select(Ticket.id)) or 0, dict(accounts)


async def test_the_reporter_opens_the_receipt_as_pictures_pdf_and_word(desk: Desk) -> None:
    """Without login, kept by no cache, the address told to nobody."""
    page = await desk.http.get(desk.link("demo-wang"))
    text = await page.text()
    assert page.status == 200
    assert "客户回执" in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page.headers["Cache-Control"]
    for part, start in (("1.png", b"\x89PNG"), ("file.pdf", b"%PDF-1.7"), ("file.docx", b"PK")):
        answer = await desk.http.get(f"{desk.link('demo-wang')}/{part}")
        assert (answer.status, (await answer.read())[: len(start)]) == (200, start)
    beyond = await desk.http.get(f"{desk.link('demo-wang')}/9.png")
    assert beyond.status == 404


async def test_a_link_gives_nobody_more_than_is_theirs(desk: Desk) -> None:
    """Signed rightly, asked again: a teacher's link to the register, another school's, one that has ended."""
    for link in (
        desk.link("demo-wang", Record.REGISTER),
        desk.link("demo-sun"),
        desk.link("demo-li"),
        desk.link("demo-wang", at=NOW - LASTS - timedelta(seconds=1)),
        f"{desk.url}/records/1.2.1.1.99999999999.AAAA",
    ):
        answer = await desk.http.get(link)
        assert (answer.status, "这里没有可看的内容" in await answer.text()) == (404, True)
    whole = await desk.http.get(desk.link("demo-liu", Record.REGISTER))
    assert whole.status == 200


async def looks(desk: Desk) -> list[tuple[str, object]]:
    def read(session: Session) -> list[tuple[str, object]]:
        query = select(Account.external, Event.data).join(Account, Account.person_id == Event.actor_id)
        found = session.execute(query.where(Event.name == "record_seen").order_by(Event.id))
        return [(name, data["record"]) for name, data in found]

    return await desk.house.work.read(read)


async def test_a_look_at_anothers_record_is_an_event_once_a_day(desk: Desk) -> None:
    """Not at one's own; not by the HEAD of a preview; not again for a reload, the files or the pictures."""
    await desk.http.get(desk.link("demo-wang"))
    await desk.http.head(desk.link("demo-liu"))
    assert await looks(desk) == []
    for part in ("", "", "?lang=en", "/1.png", "/file.pdf", "/file.docx"):
        assert (await desk.http.get(desk.link("demo-liu") + part)).status == 200
    assert await looks(desk) == [("demo-liu", "客户回执")]
    await desk.http.get(desk.link("demo-liu", Record.REGISTER))
    desk.clock.set(NOW + timedelta(days=1))
    await desk.http.get(desk.link("demo-liu"))
    seen = ("客户回执", "客户咨询/反馈登记表", "客户回执")
    assert await looks(desk) == [("demo-liu", one) for one in seen]


async def test_the_page_speaks_the_readers_language(desk: Desk) -> None:
    """Chinese as its person does, English where asked for; the record itself stays what it is."""
    for language, words in (("zh", "下载 PDF"), ("en", "Download PDF")):
        text = await (await desk.http.get(f"{desk.link('demo-wang')}?lang={language}")).text()
        assert words in text
        assert f'<html lang="{language}">' in text
