"""The register of a period: who may read it, what narrows it, exactly that as XLSX, and every look on record."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Kind, Role
from bot.periods import period
from desk import seeding
from desk.register_seen import MOST_FILED
from storage.tables import Event, Ticket
from tests.archive.ground import Ground, ground
from tests.records import cases

MATTERS = ("=1+1 打印机卡纸", "成绩查询页面只能看到本学期")
OTHER = "江州市第二小学"


def _cases(desk: cases.Office) -> None:
    """1 settled and archived, 2 not needed, 3 open and urgent, 4 of another school."""
    cases.settled_at_once(desk)
    cases.not_needed(desk)
    desk.report(MATTERS[0])
    ticket = desk.session.get_one(Ticket, 3)
    ticket.is_urgent = True
    other = seeding.school(desk.session, cases.NOW, OTHER)
    desk.session.get_one(Ticket, desk.report("投影仪不亮", kind=Kind.USABILITY)).school_id = other
    person = seeding.person(desk.session, cases.NOW, "马校长", phone="13900020001")
    seeding.member(desk.session, cases.NOW, person, Role.REPRESENTATIVE, other)


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    async with ground(sqlite_url, tmp_path, _cases) as made:
        yield made


def numbers(text: str) -> list[int]:
    return [number for number in range(1, 5) if f"ZXFK-2026-{number:06d}" in text]


async def book(page: Ground, path: str) -> Workbook:
    status, made = await page.get(path)
    assert status == 200
    return load_workbook(BytesIO(made))


async def test_the_vendor_sees_every_school_and_the_representative_the_own(page: Ground) -> None:
    """An engineer and a teacher have no register: their link shows nothing."""
    assert numbers(await page.see(page.path("register", "desk"))) == [1, 2, 3, 4]
    assert numbers(await page.see(page.path("register", "archivist"))) == [1, 2, 3, 4]
    theirs = await page.see(page.path("register", "representative"))
    assert numbers(theirs) == [1, 2, 3]
    assert OTHER not in theirs, "nor the name of another school to choose from"
    for person in ("engineer", "reporter"):
        status, text = await page.get(page.path("register", person))
        assert (status, numbers(text.decode())) == (404, [])


async def test_asking_for_another_school_by_hand_shows_nothing_of_it(page: Ground) -> None:
    """The address narrows, it never widens."""
    path = page.path("register", "representative")
    assert numbers(await page.see(f"{path}?school=2")) == []
    status, _ = await page.get(f"{path}/file.xlsx?school=2")
    assert status == 200
    made = await book(page, f"{path}/file.xlsx?school=2")
    assert [sheet.max_row for sheet in made] == [1] * 7


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [1, 2, 3, 4]),
        ("kind=consultation", [2]),
        ("state=archived", [1, 2]),
        ("flag=urgent", [3]),
        ("flag=calm", [1, 2, 4]),
        ("flag=complaint", []),
        ("school=2", [4]),
        ("words=" + quote("打印机"), [3]),
        ("words=ZXFK-2026-000002", [2]),
        ("words=%233", [3]),
        ("words=" + quote("没有这样的字"), []),
        ("since=2026-11-24&until=2026-11-30", []),
        ("since=2026-11-23&until=2026-11-23", [1, 2, 3, 4]),
        ("since=x&until=9999-99-99&school=x&kind=x&state=x&flag=x&page=x", [1, 2, 3, 4]),
        ("page=2", []),
    ],
)
async def test_what_narrows_the_page_narrows_the_file(page: Ground, asked: str, found: list[int]) -> None:
    """Row for row the same, whatever page one is on; what cannot be read narrows nothing."""
    path = page.path("register", "lead")
    assert numbers(await page.see(f"{path}?{asked}")) == found
    made = await book(page, f"{path}/file.xlsx?{asked}")
    rows = [row[0].value for row in made.worksheets[0].iter_rows(min_row=2)]
    every = [1, 2, 3, 4] if asked == "page=2" else found
    assert rows == [f"ZXFK-2026-{number:06d}" for number in every]


async def test_the_file_has_a_sheet_for_each_kind_and_no_formula(page: Ground) -> None:
    """Of the archived case all that it has; a customer's =1+1 is words; a copy for the school masks phones."""
    made = await book(page, f"{page.path('register', 'manager')}/file.xlsx")
    counts = {sheet.title: sheet.max_row - 1 for sheet in made}
    assert counts == {
        "客户咨询、反馈登记表": 4, "用户问题反馈及落实情况表": 2, "客户回执": 1, "维护任务单": 0,
        "用户意见反馈表": 1, "维护验收表": 0, "归档记录": 2,
    }  # fmt: skip
    values = [cell for row in made.worksheets[0].iter_rows() for cell in row]
    assert any(cell.value == MATTERS[0] and cell.data_type == "s" for cell in values)
    assert any("13812348000" in str(cell.value) for cell in values)
    masked = await book(page, f"{page.path('register', 'representative')}/file.xlsx")
    texts = [str(cell.value) for row in masked.worksheets[0].iter_rows() for cell in row]
    assert any("138****8000" in one for one in texts)
    assert not any("13812348000" in one for one in texts)


async def test_every_look_at_anothers_case_is_on_record(page: Ground) -> None:
    """By the page as by the file, for each case that was shown, and for no other; the case is not changed by it."""
    before = await page.house.work.read(lambda session: list(session.scalars(select(Ticket.updated_at))))
    await page.see(f"{page.path('register', 'manager')}?state=archived")
    await page.get(f"{page.path('register', 'representative')}/file.xlsx?flag=urgent")
    await page.see(page.path("register", "reporter"))
    assert await page.looks("register_seen") == [(page.people["manager"], 1), (page.people["manager"], 2)]
    assert await page.looks("register_taken") == [(page.people["representative"], 3)]
    after = await page.house.work.read(lambda session: list(session.scalars(select(Ticket.updated_at))))
    assert after == before


async def test_an_engineer_who_leads_too_looks_at_the_own_case_without_an_event(page: Ground) -> None:
    """What nobody has taken is nobody's own: that look is one."""

    def leads(session: Session) -> None:
        seeding.member(session, cases.NOW, page.people["engineer"], Role.LEAD, None)

    await page.house.work.run(leads)
    assert numbers(await page.see(page.path("register", "engineer"))) == [1, 2, 3, 4]
    assert [ticket for _, ticket in await page.looks("register_seen")] == [3, 4]


async def test_each_line_leads_to_its_case(page: Ground) -> None:
    """For the same person: the link of a line opens the page of that case."""
    text = await page.see(page.path("register", "archivist"))
    path = text.partition('<td class="head"><a href="')[2].partition('"')[0]
    assert "GDJL-2026-000001" in await page.see(path)


async def test_both_languages_and_the_way_back(page: Ground) -> None:
    """The language of the link, or the one that was chosen; what narrows is kept."""
    assert "Every look at another person" in await page.see(page.path("register", "lead", language="en"))
    text = await page.see(f"{page.path('register', 'lead')}?flag=urgent&lang=en")
    assert "Handled by" in text
    assert "flag=urgent&amp;lang=zh" in text


async def test_fifty_lines_a_page(page: Ground) -> None:
    """The next page goes on where this one ends."""

    def many(session: Session) -> None:
        first = session.get_one(Ticket, 3)
        columns = {one.key: getattr(first, one.key) for one in Ticket.__table__.columns if one.key != "id"}
        for number in range(5, 105):
            session.add(Ticket(**columns | {"ordinal": number, "number": f"ZXFK-2026-{number:06d}"}))

    await page.house.work.run(many)
    path = page.path("register", "desk")
    assert (await page.see(path)).count('class="head"') == 50
    last = await page.see(f"{path}?page=3")
    assert last.count('class="head"') == 4
    assert "第 3 页，共 3 页" in last


async def test_too_many_for_one_file_are_not_cut_off_unsaid(page: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says that the days must be fewer, and offers no file."""
    monkeypatch.setattr("desk.register_seen.MOST_FILED", 3)
    monkeypatch.setattr("bot.register_pages.MOST_FILED", 3)
    text = await page.see(page.path("register", "desk"))
    assert "超过 3 件" in text
    assert "file.xlsx" not in text
    status, _ = await page.get(f"{page.path('register', 'desk')}/file.xlsx")
    assert status == 404
    assert MOST_FILED == 2000
    count = await page.house.work.read(
        lambda session: len(list(session.scalars(select(Event).where(Event.name == "register_taken"))))
    )
    assert count == 0


def test_days_of_an_address() -> None:
    """This month without any; the wrong way round they are turned."""
    today = cases.NOW.date()
    assert [str(one) for one in period({}, today)] == ["2026-11-01", "2026-11-30"]
    assert [str(one) for one in period({"since": "2026-12-05"}, today)] == ["2026-12-05", "2026-12-31"]
    turned = period({"since": "2026-11-20", "until": "2026-11-10"}, today)
    assert [str(one) for one in turned] == ["2026-11-10", "2026-11-20"]
