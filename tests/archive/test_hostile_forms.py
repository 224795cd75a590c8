"""What no browser of ours sends: forms, addresses and file names of somebody who tries. A sentence, never a failure."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from storage.tables import Attachment, Event
from tests.archive.ground import Ground, ground
from tests.records import cases

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
WHICH = ('name="which"', "用户意见反馈表:1".encode())
MULTIPART = {"Content-Type": "multipart/form-data; boundary=B"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CELL = "用户问题反馈及落实情况表:1:scope"


def _cases(desk: cases.Office) -> None:
    cases.settled_at_once(desk)


@pytest.fixture
async def page(database_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    async with ground(database_url, tmp_path, _cases) as made:
        yield made


async def hand_in(page: Ground, *parts: tuple[str, bytes]) -> int:
    """The status; parts as (what stands behind `form-data;`, further headers included; the bytes)."""
    made = (b"--B\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), body) for head, body in parts)
    path = page.path("case", "desk", subject="1")
    async with page.client.post(path, data=b"".join(made) + b"--B--\r\n", headers=MULTIPART) as answer:
        return answer.status


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("filename*=UTF-8''a%00b%E2%80%AEexe.png", "abexe.png"),  # NUL, and an override of direction
        ('filename="../../etc/passwd"', "../../etc/passwd"),  # only a name: files lie under their digest
    ],
)
async def test_a_file_name_keeps_only_what_can_be_stored(page: Ground, sent: str, kept: str) -> None:
    """As of everything that comes by chat: what PostgreSQL cannot store or what disguises a name is gone."""
    assert await hand_in(page, WHICH, (f'name="pages"; {sent}', PNG)) == 200
    names = await page.house.work.read(lambda session: session.scalars(select(Attachment.name)).all())
    assert kept in names


@pytest.mark.parametrize("name", ["a.exe", "a%E2%80%AEgnp.exe", "a.e%00xe"])
async def test_a_picture_named_like_a_program_is_refused(page: Ground, name: str) -> None:
    """Also where what disguises the name hides its ending."""
    assert await hand_in(page, WHICH, (f"name=\"pages\"; filename*=UTF-8''{name}", PNG)) == 415


@pytest.mark.parametrize(
    ("head", "which"),
    [
        ('name="which"', "用户意见反馈表:²"),  # a digit to `isdigit`, no number to `int`
        ('name="which"\r\nContent-Type: text/plain; charset=none', "没有:1"),
        ('name="which"\r\nContent-Transfer-Encoding: none', "没有:1"),
    ],
)
async def test_a_form_that_lies_is_refused_with_a_sentence(page: Ground, head: str, which: str) -> None:
    """Which record it is of cannot be read."""
    assert await hand_in(page, (head, which.encode()), ('name="pages"; filename="a.png"', PNG)) == 415


@pytest.mark.parametrize("query", ["returned=" + "9" * 5000, "returned=²", "lang=\0"])
async def test_an_address_of_a_case_that_makes_no_sense_shows_the_case(page: Ground, query: str) -> None:
    """What cannot be read says nothing."""
    status, text = await page.get(f"{page.path('case', 'desk', subject='1')}?{query}")
    assert (status, "已收到".encode() in text) == (200, False)


@pytest.mark.parametrize(("kind", "person"), [("register", "desk"), ("archive", "archivist")])
async def test_words_that_no_table_holds_find_what_is_left_of_them(page: Ground, kind: str, person: str) -> None:
    """NUL is no character to PostgreSQL."""
    path = page.path(kind, person)
    for words in ("\0", "成绩\0"):
        status, text = await page.get(f"{path}?{urlencode({'words': words, 'since': '2026-01-01'})}")
        assert (status, b"ZXFK-2026-000001" in text) == (200, True), words


async def test_a_cell_takes_what_a_chat_takes(page: Ground) -> None:
    """As long as the page lets anybody write, without control characters."""
    given = {"cell": CELL, "text": "\0\x1b[2J" + "很" * 3990, "reason": "由" * 4000}
    path = page.path("case", "engineer", subject="1")
    async with page.client.post(f"{path}/cell", data=urlencode(given), headers=FORM) as answer:
        assert (answer.status, "已补填" in await answer.text()) == (200, True)
    query = select(Event.data).where(Event.name == "cell_filled")
    filled = await page.house.work.read(lambda session: session.scalars(query).one())
    assert (filled["text"], filled["reason"]) == ("[2J" + "很" * 3990, "由" * 4000)
