"""The evidence sheet: everything about one breach on one page, for those who may, and every look is on record."""

import base64
import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agreement.words import Role
from bot.house import open_work
from bot.server import application
from bot.waking import Waking
from console.evidence import evidence_routes
from console.pages import STATIC, static_routes
from console.visits import Visits
from desk import handling, ledger, phoning
from desk.alerting import sitting
from desk.beating import beat
from desk.page_links import LASTS, PageLinks, Pass
from desk.rulebook import Rulebook
from desk.rungs import Ring
from desk.sitting import Actor, Sitting
from storage import due
from storage.tables import Event, Membership, Outbox, Penalty, Person, Ticket, Visit, VoiceCall
from storage.work import Work, do_last
from tests.browser.test_demo import FLAGS
from tests.ledger.ground import Ground, at
from tests.tools import CHROMEDRIVER, CHROMIUM, program

URL = "https://desk.example"
Client = TestClient[web.Request, web.Application]


class Sheet:
    """A breach in the tables, the pages served, and links for anybody of the cast."""

    def __init__(self, work: Work, client: Client, rulebook: Rulebook) -> None:
        self.work, self.client, self.rulebook = work, client, rulebook
        self.now = at(200)

    async def prepare(self) -> None:
        """An urgent fault of 14:00: alarms, a late dispatch, a dispute; the desk was down in between."""
        self.people, self.breach = await self.work.run(_breach)

    def link(self, person: str, language: str = "zh", lasts: timedelta = LASTS) -> str:
        one = Pass("evidence", str(self.breach), self.people[person], language)
        return self.rulebook.links.make(one, self.now, lasts).removeprefix(URL)

    async def get(self, path: str) -> tuple[int, str]:
        async with self.client.get(path) as answer:
            return answer.status, await answer.text()

    async def looks(self) -> list[int | None]:
        """Who looked, by the history of the ticket."""
        query = select(Event.actor_id).where(Event.name == "evidence_seen").order_by(Event.id)
        return await self.work.run(lambda session: list(session.scalars(query)))


def _breach(session: Session) -> tuple[dict[str, int], int]:
    ground = Ground(session)
    beat(session, at(-60))
    session.flush()
    beat(session, at(20))  # the first beat after an hour: the desk had been down until then
    ticket = ground.report(urgent=True)
    for minutes in (5, 8, 10.1, 30, 48, 60, 61):
        ground.tick(minutes)
    handling.depart(ground.sitting("assignee", 75), ticket.id)
    entry = session.scalars(select(Penalty)).one()
    ledger.claim(ground.sitting("representative", 100), entry.id)
    ledger.dispute(ground.sitting("manager", 110), entry.id, words="路上堵车")
    do_last(session)
    session.execute(
        update(Outbox).values(
            state="sent", sent_at=at(60), rendered={"text": "⏰ #1 紧急派出", "buttons": []}
        )
    )
    assert entry.promise_id is not None
    return {name: ground.cast.id_of(name) for name in ground.cast.actors}, entry.promise_id


@pytest.fixture
async def sheet(sqlite_url: str) -> AsyncIterator[Sheet]:
    work = open_work(sqlite_url, Waking())
    rulebook = Rulebook(URL, "a key that nobody outside this test knows")
    made: list[Sheet] = []
    visits = Visits(work, rulebook, lambda: made[0].now)
    server = TestServer(application([*evidence_routes(visits), *static_routes()]))
    async with TestClient(server) as client:
        made.append(Sheet(work, client, rulebook))
        await made[0].prepare()
        yield made[0]
    await work.close()


async def test_the_sheet_tells_everything_in_both_languages(sheet: Sheet) -> None:
    """Report, term, due time with policy and calendar, alarms, dispatch, outage, dispute: nothing is left out."""
    status, page = await sheet.get(sheet.link("representative"))
    assert status == 200
    for words in (
        "违约证据单", "连不上", "1 小时", "2026-11-23 15:00:00", "2026-1", "过八成", "已派出", "路上堵车", "有争议",
        "台账第 1 号", "￥500.00", "2026-11-23 13:00:00 — 2026-11-23 14:20:00", "⏰ #1 紧急派出",
    ):  # fmt: skip
        assert words in page, words
    _, english = await sheet.get(sheet.link("manager", "en"))
    assert "Evidence of a breach" in english
    assert "The desk&#39;s own outages" in english
    _, switched = await sheet.get(sheet.link("manager", "en") + "?lang=zh")
    assert "违约证据单" in switched


async def test_the_same_as_json(sheet: Sheet) -> None:
    """For a machine: times in ISO 8601, sums in fen, each alarm with what was really shown."""
    status, text = await sheet.get(sheet.link("manager") + "/json")
    found = json.loads(text)
    assert status == 200
    assert found["course"]["due_at"] == at(60).isoformat()
    assert found["entry"]["amount_fen"] == 50_000
    rungs = [stage for line in found["alarms"] for stage in line["stages"]]
    assert list(dict.fromkeys(rungs)) == ["half", "eighty", "due"]
    assert {line["what"] for line in found["alarms"]} >= {"report", "alarm"}
    assert all(sent["text"] for line in found["alarms"] for sent in line["sent"])


async def test_a_phone_call_names_who_was_called(sheet: Sheet) -> None:
    """The clock dialled; whose phone rang and stayed unanswered is what the reader asks."""
    await sheet.work.run(_manager_is_called)
    _, page = await sheet.get(sheet.link("representative"))
    _, text = await sheet.get(sheet.link("manager") + "/json")
    assert "电话呼叫 manager" in page
    deeds = [(one["what"], one["who"]) for one in json.loads(text)["deeds"]]
    assert ("phone_rang", "manager") in deeds
    assert ("phone_unanswered", "manager") in deeds


async def test_where_somebody_arrived_stands_on_the_sheet(sheet: Sheet) -> None:
    """A location sent after 到场 is kept with the visit and read beside the deed, by both sides."""
    place = await sheet.work.run(_arrives)
    assert place == {"latitude": 31.2, "longitude": 121.5}
    _, page = await sheet.get(sheet.link("representative"))
    assert "到场 assignee 位置 31.2000, 121.5000" in page
    _, text = await sheet.get(sheet.link("manager") + "/json")
    deeds = {one["what"]: one["place"] for one in json.loads(text)["deeds"]}
    assert (deeds["arrive"], deeds["depart"]) == ("31.2000, 121.5000", "")


def _arrives(session: Session) -> dict[str, float] | None:
    [ticket] = session.scalars(select(Ticket.id))
    row = session.scalars(select(Person).where(Person.name == "assignee")).one()
    actor = Actor(person_id=row.id, name=row.name, memberships=((None, Role.ENGINEER),))
    there = Sitting(session=session, rulebook=Rulebook(), actor=actor, at=at(90), now=at(90))
    handling.arrive(there, ticket)
    handling.place_arrival(there, ticket, 31.2, 121.5)
    return session.scalars(select(Visit)).one().place


def _manager_is_called(session: Session) -> None:
    """By the last rung of a promise that still runs; once, and nobody answers."""
    clock = sitting(session, Rulebook(), at(130))
    manager = session.scalars(select(Person).where(Person.name == "manager")).one()
    manager.phone = "13900000009"
    [ticket] = session.scalars(select(Ticket.id))
    running = next(one for one in due.clocks(session, [ticket], at(9000)) if one.promise != "urgent-dispatch")
    phoning.want(clock, [(manager.id, Ring(running, "twice", at(130), (), running.due_at, is_provisional=False))])
    calls, _ = phoning.claim(clock)
    phoning.placed(clock, calls[0].call_id)
    session.execute(update(VoiceCall).values(tries=9, next_at=at(130)))
    session.expire_all()
    phoning.claim(clock)


async def test_every_look_is_on_record(sheet: Sheet) -> None:
    """Who looked, in the history of the ticket; also as JSON."""
    await sheet.get(sheet.link("representative"))
    await sheet.get(sheet.link("manager") + "/json")
    assert await sheet.looks() == [sheet.people["representative"], sheet.people["manager"]]


@pytest.mark.parametrize(
    "person", ["other_representative", "stranger", "colleague", "reporter", "engineer", "archivist"]
)
async def test_whoever_may_not_read_the_ledger_sees_nothing(sheet: Sheet, person: str) -> None:
    """Though the link is good: the same page as for a forged one, and no look on record."""
    status, page = await sheet.get(sheet.link(person))
    assert (status, "连不上" in page, await sheet.looks()) == (404, False, [])


async def test_a_link_ends_with_its_time_and_with_the_role(sheet: Sheet) -> None:
    """Whoever lost the role sees nothing by an old link."""
    mine, manager = sheet.link("representative"), sheet.link("manager")
    person = sheet.people["representative"]
    await sheet.work.run(
        lambda session: session.execute(
            update(Membership).where(Membership.person_id == person).values(until_at=sheet.now)
        )
    )
    assert (await sheet.get(mine))[0] == 404
    assert (await sheet.get(manager))[0] == 200
    sheet.now += LASTS
    assert (await sheet.get(manager))[0] == 404


def forged(path: str) -> Iterator[str]:
    """What somebody without the key might try."""
    token = path.rpartition("/")[2]
    encoded, _, mac = token.partition(".")
    body = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    other = base64.urlsafe_b64encode(body.replace("evidence.", "evidence.9").encode()).decode().rstrip("=")
    yield from (
        encoded,
        f"{encoded}.",
        f"{other}.{mac}",
        f"{encoded}.{mac[:-1]}x",
        f"x{encoded}.{mac}",
        ".",
        "é",
    )


async def test_a_forged_link_shows_nothing(sheet: Sheet) -> None:
    """Nor does one of another installation, or of another kind of page."""
    path = sheet.link("manager")
    strange = PageLinks("another key", URL).make(
        Pass("evidence", str(sheet.breach), sheet.people["manager"], "zh"), sheet.now
    )
    other = sheet.rulebook.links.make(
        Pass("records", str(sheet.breach), sheet.people["manager"], "zh"), sheet.now
    ).replace("/records/", "/evidence/")
    tried = [f"/console/evidence/{one}" for one in forged(path)] + [
        strange.removeprefix(URL),
        other.removeprefix(URL),
    ]
    assert [one for one in tried if (await sheet.get(one))[0] != 404] == []


def test_links_need_a_key() -> None:
    """Without one anybody could make them."""
    with pytest.raises(ValueError, match="secret key"):
        PageLinks("", URL).make(
            Pass("evidence", "1", 1, "zh"), datetime.fromisoformat("2026-11-23T06:00:00+00:00")
        )


async def test_it_prints_on_one_page(sheet: Sheet) -> None:
    """Also after months of daily calls: the ladder is printed from both ends."""
    chromium, driver = program(CHROMIUM), program(CHROMEDRIVER)
    await sheet.work.run(_months_of_calls)
    _, page = await sheet.get(sheet.link("representative"))
    assert "此处省略" in page
    assert len(pypdfium2.PdfDocument(BytesIO(printed(page, chromium, driver)))) == 1


def _months_of_calls(session: Session) -> None:
    row = session.scalars(select(Event).where(Event.name == "alarm").order_by(Event.id.desc())).first()
    assert row is not None
    for day in range(90):
        session.add(
            Event(
                ticket_id=row.ticket_id,
                at=at(200 + day),
                recorded_at=at(200 + day),
                actor_as="system",
                name="alarm",
                round=1,
                data={"stages": [f"urgent-dispatch:day-{day}"], "told": row.data["told"]},
                is_internal=True,
            )
        )


def printed(page: str, chromium: str, driver: str) -> bytes:
    """The page as a browser prints it on A4, its style put into it."""
    style = (STATIC / "paper.css").read_text(encoding="utf-8")
    page = page.replace('<link rel="stylesheet" href="/console/static/paper.css">', f"<style>{style}</style>")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sheet.html").write_text(page, encoding="utf-8")
        for flag in (*FLAGS, f"--user-data-dir={folder}/profile"):
            options.add_argument(flag)
        browser = webdriver.Chrome(options=options, service=Service(driver))
        try:
            browser.get((Path(folder) / "sheet.html").as_uri())
            pdf = browser.execute_cdp_cmd(
                "Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True}
            )
        finally:
            browser.quit()
    return base64.b64decode(pdf["data"])
