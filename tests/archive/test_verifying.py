"""The QR of a record opens a page for whoever holds the paper: numbers and digests, nobody's name."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from agreement.chain import sha256
from agreement.records import CONFIRMS
from agreement.words import Record
from bot.house import open_work
from bot.server import application
from bot.waking import Waking
from console.verify import verify_routes
from desk import finishing, opinions
from desk.rulebook import Rulebook
from desk.verify_links import VerifyLinks
from records.confirmed import CONFIRMED_BY, lines_under
from records.office import Office
from storage.tables import ChainLink, Confirmation, Counter, Event, Inbox, Outbox, Person, RecordEdition
from storage.work import Work
from tests.records import cases

URL = "https://desk.example"
Client = TestClient[web.Request, web.Application]
LINKS = VerifyLinks("k" * 32, URL)


def test_an_address_is_only_what_was_printed_here() -> None:
    """Neither another number nor another installation's key opens anything."""
    token = LINKS.url("LSQK-2026-000001").rpartition("/")[2]
    assert LINKS.read(token) == "LSQK-2026-000001"
    assert LINKS.read(token.replace("000001", "000002")) is None
    assert LINKS.read("LSQK-2026-000001") is None
    assert VerifyLinks("x" * 32, URL).read(token) is None
    assert len(LINKS.url("LSQK-2026-000001")) < 70
    assert [VerifyLinks("", URL).url("A-1"), VerifyLinks("k", "").url("A-1"), LINKS.url("")] == ["", "", ""]


class Served:
    """A case in the tables, its page, and the folder of prints."""

    def __init__(self, work: Work, client: Client, folder: Path) -> None:
        self.work, self.client, self.folder = work, client, folder

    async def get(self, number: str, query: str = "") -> tuple[int, str]:
        async with self.client.get(LINKS.url(number).removeprefix(URL) + query) as answer:
            return answer.status, await answer.text()


def _case(session: Session, folder: Path) -> None:
    desk = cases.office_at(session)
    desk.rulebook = Rulebook(URL, "k" * 32)
    cases.deep_with_a_failed_acceptance(desk, 2)
    cases.close_records(desk, Office(shelf=folder))


@pytest.fixture
async def served(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Served]:
    work = open_work(sqlite_url, Waking())
    await work.run(lambda session: _case(session, tmp_path))
    server = TestServer(application(verify_routes(work, Rulebook(URL, "k" * 32))))
    async with TestClient(server) as client:
        yield Served(work, client, tmp_path)
    await work.close()


async def test_the_page_names_editions_digests_and_confirmations(served: Served) -> None:
    """In both languages, with where it stands in the chain."""
    status, page = await served.get("WHYS-2026-000002")
    assert status == 200
    edition = await served.work.read(
        lambda session: session.scalars(select(RecordEdition).where(RecordEdition.number == "WHYS-2026-000002")).one()
    )
    number = await served.work.read(lambda session: session.scalars(_numbers("accept")).one())
    for words in ("《维护验收表》", "ZXFK-2026-000001", "第1版", edition.digest, number, "维护组长"):
        assert words in page, words
    assert "尚未归档" not in page
    _, english = await served.get("WHYS-2026-000002", "?lang=en")
    assert "Verification of a record" in english
    _, first = await served.get("WHYS-2026-000001")
    assert number not in first  # the failed try was confirmed by nobody


async def test_the_page_tells_the_digest_on_the_paper_from_that_of_the_edition(served: Served) -> None:
    """Below its table the paper has the digest of what was confirmed: beside the other one it would look forged."""
    _, page = await served.get("WHYS-2026-000002")
    edition, confirmed = page.index("本版内容摘要"), page.index("所确认的内容摘要")
    kept = await served.work.read(lambda session: session.scalars(_digests("accept")).one())
    assert edition < confirmed < page.index(kept)
    assert page.count(kept) == 1


async def test_the_page_holds_the_digest_of_what_was_shown(served: Served) -> None:
    """The print gives it beside that of the content, so whoever holds the paper can compare both."""
    shown = sha256("验收通过？".encode())
    await served.work.run(lambda session: session.execute(update(Confirmation).values(shown_digest=shown)))
    _, page = await served.get("WHYS-2026-000002")
    assert "所见消息摘要" in page
    assert shown in page
    await served.work.run(lambda session: session.execute(update(Confirmation).values(shown_digest="")))
    assert "所见消息摘要" not in (await served.get("WHYS-2026-000002"))[1]


def _numbers(event: str) -> Select[str]:
    return select(Confirmation.number).join(Event, Event.id == Confirmation.event_id).where(Event.name == event)


def _digests(event: str) -> Select[str]:
    return select(Confirmation.digest).join(Event, Event.id == Confirmation.event_id).where(Event.name == event)


async def test_a_link_that_lost_its_salt_seals_no_edition_any_more(served: Served) -> None:
    """After an erasure the edition is sealed anew: the old link says nothing of it, and it stands there once."""
    _, before = await served.get("WHYS-2026-000002")
    await served.work.run(lambda session: session.execute(update(ChainLink).values(salt="")))
    _, page = await served.get("WHYS-2026-000002")
    assert [one.count("尚未归档封存") for one in (before, page)] == [0, 1]


async def test_no_page_holds_a_word_about_a_person(served: Served) -> None:
    """Every record of the case, whoever took part, whatever was written."""
    numbers_of = await served.work.read(lambda session: session.scalars(select(RecordEdition.number)).all())
    people = await served.work.read(lambda session: session.execute(select(Person.name, Person.phone)).all())
    assert len(set(numbers_of)) >= 6
    for number in set(numbers_of):
        status, page = await served.get(number)
        assert status == 200
        for words in [one for row in people for one in row] + [cases.SCHOOL, cases.REPORT[:20], "成绩"]:
            assert words not in page, (number, words)


async def test_what_was_not_printed_here_opens_nothing(served: Served) -> None:
    """Counting through numbers finds nobody's records."""
    for token in ("WHYS-2026-000002.AAAAAAAAAAAA", "WHYS-2026-000002", "x" * 20):
        async with served.client.get(f"/console/verify/{token}") as answer:
            assert answer.status == 404
            assert "没有这份单据" in await answer.text()
    status, _ = await served.get("WHYS-2026-999999")
    assert status == 404


async def test_the_print_bears_the_confirmation_with_its_number(served: Served) -> None:
    """Under the table: who, bound how, when, on which channel, the digest, the number."""
    digest, number = await served.work.read(
        lambda session: (
            session.scalars(select(RecordEdition.print_digest).where(RecordEdition.number == "WHYS-2026-000002")).one(),
            session.scalars(_numbers("accept")).one(),
        )
    )
    pdf = pypdfium2.PdfDocument((served.folder / digest).read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")
    for words in ("电子确认：", "陈主管（微信，账号已绑定（邀请码））", "（UTC+08）", f"确认编号：{number}"):
        assert words in text, words
    assert len([one for one in pdf[0].get_objects() if one.type]) > 10  # the QR is drawn


def test_what_stood_on_the_screen_is_kept_with_its_digest() -> None:
    """The words of the card that was tapped, else of the ticket's newest; the platform's id of the tap."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="好了")
    actor = desk.actors["reporter"]
    mine = select(Outbox).where(Outbox.account_id == actor.account_id).order_by(Outbox.id)
    rows = desk.session.scalars(mine).all()
    for place, row in enumerate(rows):
        row.rendered = {"text": f"卡片 {place}", "buttons": []}
        row.message_id = f"m{place}"
    inbox = Inbox(
        channel="wechat", external_id="msg-7788", received_at=desk.at, message={"shown_id": "m0"}, state="done"
    )
    desk.session.add(inbox)
    desk.session.flush()
    opinions.solved(replace(desk.sits("reporter"), actor=replace(actor, inbox_id=inbox.id)), ticket)
    kept = desk.session.scalars(select(Confirmation)).one()
    shown = sha256("卡片 0".encode())
    assert (kept.number, kept.shown, kept.shown_digest) == ("DZQR-2026-000001", "卡片 0", shown)
    line = lines_under(Record.OPINION, 1, desk.file(ticket))[0]
    for words in ("平台消息编号：msg-7788", f"所见消息摘要：{shown[:16]}", "确认编号：DZQR-2026-000001"):
        assert words in line


def test_whoever_confirms_is_named_on_paper_as_what_they_are() -> None:
    """Each event that is confirmed has its signer: a written request is confirmed by 客户代表, never by an engineer."""
    assert set(CONFIRMED_BY) == set(CONFIRMS)
    assert CONFIRMED_BY["confirm_request"] == "signer.representative"


def test_a_number_that_is_given_is_not_given_again() -> None:
    """没解决 and 已解决 twice: one record of the round, one number, and the next case has the next."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="好了")
    for _ in range(3):
        opinions.solved(desk.sits("reporter"), ticket)
        opinions.not_solved(desk.sits("reporter"), ticket)
        finishing.done(desk.sits("engineer"), ticket, words="又好了")
    last = desk.session.scalar(select(Counter.last).where(Counter.series == "YJFK"))
    assert last == 1
    assert desk.file(ticket).numbers[(Record.OPINION, 1)] == "YJFK-2026-000001"
