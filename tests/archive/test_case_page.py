"""The page of a case file: records, previews and checks, to each what is theirs; a look at another's is an event."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import FormData
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Attachment, Membership, RecordEdition
from tests.archive.ground import Ground, ground
from tests.records import cases

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    async with ground(sqlite_url, tmp_path, cases.settled_at_once) as made:
        yield made


def case(page: Ground, person: str, language: str = "zh") -> str:
    return page.path("case", person, subject="1", language=language)


async def looks(page: Ground) -> list[int | None]:
    return [who for who, _ in await page.looks("case_seen")]


async def test_the_archivist_sees_records_previews_and_checks(page: Ground) -> None:
    """Numbers, editions, where each stands in the chain; the preview is a picture that opens."""
    text = await page.see(case(page, "archivist"))
    for words in ("LSQK-2026-000001", "GDJL-2026-000001", "YN01-ZY·SH·2026·D10-0001", "真实性：内容摘要复算一致"):
        assert words in text, words
    preview = re.search(r'src="(/records/[^"]+)"', text)
    assert preview is not None
    status, picture = await page.get(preview[1])
    assert (status, picture[1:4]) == (200, b"PNG")
    english = await page.see(case(page, "archivist", "en"))
    assert "authentic: digests of the contents agree" in english


async def test_to_each_what_is_theirs_and_every_look_is_on_record(page: Ground) -> None:
    """The representative sees records and no checks; the reporter only the own opinion, and that is no event."""
    text = await page.see(case(page, "representative"))
    assert "GDJL-2026-000001" in text
    assert "内容摘要复算一致" not in text
    own = await page.see(case(page, "reporter"))
    assert "YJFK-2026-000001" in own
    assert "GDJL-2026-000001" not in own
    await page.see(case(page, "manager"))
    assert await looks(page) == [page.people["representative"], page.people["manager"]]


async def test_a_role_that_was_lost_shows_nothing(page: Ground) -> None:
    """The link is old, the right is of today."""
    query = select(Membership).where(Membership.person_id == page.people["representative"])

    def end(session: Session) -> None:
        session.scalars(query).one().until_at = cases.NOW

    await page.house.work.run(end)
    status, text = await page.get(case(page, "representative"))
    assert status == 404
    assert b"ZXFK" not in text
    assert await looks(page) == []


async def hand_in(page: Ground, person: str, which: str, *files: tuple[str, bytes]) -> tuple[int, str]:
    form = FormData(quote_fields=False, default_to_multipart=True)
    form.add_field("which", which)
    for name, content in files:
        form.add_field("pages", content, filename=name)
    async with page.client.post(case(page, person), data=form) as answer:
        return answer.status, await answer.text()


async def attached(page: Ground) -> list[tuple[str, str, str]]:
    query = select(Attachment.kind, Attachment.name, Attachment.state).where(Attachment.digest != "")
    return [(kind, name, state) for kind, name, state in await page.house.work.read(lambda s: list(s.execute(query)))]


async def test_a_signed_paper_is_handed_in_and_named_on_the_archive_record(page: Ground) -> None:
    """Attached to the case; 《归档记录》 gets another edition that lists it, with its digest and as paper."""
    files = (("验收.png", PNG), ("验收.pdf", b"%PDF-1.7 scan"))
    status, text = await hand_in(page, "representative", "用户意见反馈表:1", *files)
    assert (status, "已收到 2 个文件" in text) == (200, True)
    await page.house.settle()
    assert await attached(page) == [("photo", "验收.png", "stored"), ("file", "验收.pdf", "stored")]
    query = select(RecordEdition.content).where(RecordEdition.record == "归档记录").order_by(RecordEdition.edition)
    editions = list(await page.house.work.read(lambda session: list(session.scalars(query))))
    assert ["签字盖章件" in one for one in editions] == [False, True]
    assert editions[1].count("纸质（扫描）") == 2


@pytest.mark.parametrize(
    ("person", "which", "files", "status"),
    [
        ("reporter", "用户意见反馈表:1", [("a.png", PNG)], 200),  # the own opinion
        ("reporter", "归档记录:1", [("a.png", PNG)], 400),  # not theirs to have
        ("engineer", "用户意见反馈表:1", [("a.png", PNG)], 404),  # has no record of this case
        ("desk", "用户意见反馈表:1", [], 400),
        ("desk", "用户意见反馈表:1", [("a.exe", b"MZ" + b"\0" * 80)], 415),
        ("desk", "用户意见反馈表:1", [("a.txt", b"words")], 415),
        ("desk", "用户意见反馈表:x", [("a.png", PNG)], 415),
        ("desk", "没有:1", [("a.png", PNG)], 415),
        ("desk", "用户意见反馈表:1", [("a.png", PNG + b"0" * (10 * 2**20))], 413),
    ],
)
async def test_what_is_handed_in_is_judged(
    page: Ground, person: str, which: str, files: list[tuple[str, bytes]], status: int
) -> None:
    """A picture or a PDF of a record that is theirs; anything else gets a sentence and changes nothing."""
    answered, text = await hand_in(page, person, which, *files)
    assert answered == status, text[:300]
    await page.house.settle()
    assert len(await attached(page)) == (1 if status == 200 else 0)


async def test_no_form_for_whoever_cannot_hand_in(page: Ground) -> None:
    """And what is no form at all is refused as such."""
    assert 'type="file"' in await page.see(case(page, "desk"))
    async with page.client.post(case(page, "desk"), data=b"{}", headers={"Content-Type": "application/json"}) as no:
        assert no.status == 415
    async with page.client.post("/console/case/abc.def", data=FormData({"which": "x"})) as no:
        assert no.status in {404, 415}
