"""The page of the archive: the catalogue of a period with its files, what waits, who may read it, looks on record."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import pytest
from openpyxl import load_workbook

from desk import archiving, seeding
from storage.tables import Ticket
from tests.archive.ground import Ground, ground
from tests.records import cases

OTHER = "江州市第二小学"
FIRST, SECOND, THIRD = (f"YN01-ZY·SH·2026·D10-{number:04d}" for number in (1, 2, 3))


def _cases(desk: cases.Office) -> None:
    """1 and 2 archived, 3 of another school archived, 4 closed and ready."""
    cases.settled_at_once(desk)
    cases.not_needed(desk)
    other = seeding.school(desk.session, cases.NOW, OTHER)
    desk.session.get_one(Ticket, cases.not_needed(desk)).school_id = other
    ready = cases.closable(desk)
    archiving.close(desk.sits("desk"), ready)


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    async with ground(sqlite_url, tmp_path, _cases) as made:
        yield made


def filed(text: str) -> list[str]:
    return [one for one in (FIRST, SECOND, THIRD) if one in text]


async def test_the_archivist_sees_what_is_filed_and_what_waits(page: Ground) -> None:
    """Others see what is filed; what waits for 归档 is the archivist's."""
    text = await page.see(page.path("archive", "archivist"))
    assert filed(text) == [FIRST, SECOND, THIRD]
    assert "可以归档 1 张：#4" in text
    assert "关于“今天上午第二节课" in text
    manager = await page.see(page.path("archive", "manager", language="en"))
    assert (filed(manager), "#4" in manager) == ([FIRST, SECOND, THIRD], False)


async def test_a_school_sees_its_own_and_others_nothing(page: Ground) -> None:
    """On the page as in the files; an engineer and a teacher have no archive."""
    path = page.path("archive", "representative")
    assert filed(await page.see(path)) == [FIRST, SECOND]
    _, made = await page.get(f"{path}/catalogue.xlsx")
    rows = [row[1].value for row in load_workbook(BytesIO(made))["归档文件目录"].iter_rows(min_row=2)]
    assert rows == [FIRST, SECOND]
    for person in ("engineer", "reporter"):
        for more in ("", "/catalogue.pdf", "/catalogue.xlsx"):
            assert (await page.get(page.path("archive", person) + more))[0] == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", [FIRST, SECOND, THIRD]),
        ("words=" + quote("转圈"), [FIRST]),
        ("words=" + quote(SECOND), [SECOND]),
        ("words=ZXFK-2026-000001", [FIRST]),
        ("since=2026-01-01&until=2026-10-31", []),
    ],
)
async def test_the_files_hold_what_the_page_lists(page: Ground, asked: str, found: list[str]) -> None:
    """As PDF and as XLSX."""
    path = page.path("archive", "desk")
    assert filed(await page.see(f"{path}?{asked}")) == found
    _, made = await page.get(f"{path}/catalogue.pdf?{asked}")
    text = "".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(made))
    assert filed(text.replace("\r\n", "")) == found
    _, book = await page.get(f"{path}/catalogue.xlsx?{asked}")
    rows = [row[1].value for row in load_workbook(BytesIO(book))["归档文件目录"].iter_rows(min_row=2)]
    assert rows == found


async def test_every_look_is_on_record(page: Ground) -> None:
    """By page and by file, of each case that was shown."""
    path = page.path("archive", "representative")
    await page.see(f"{path}?words=" + quote("转圈"))
    await page.get(f"{path}/catalogue.pdf")
    representative = page.people["representative"]
    assert await page.looks("catalogue_seen") == [(representative, 1)]
    assert await page.looks("catalogue_taken") == [(representative, 1), (representative, 2)]

