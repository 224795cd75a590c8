"""An archive leaves the house whole, is checked by a file that knows nothing of the house, and may be taken in."""

import argparse
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.chain import NAMED_BY
from agreement.words import Record
from bot.archive_command import archive
from bot.archive_place import ArchivePlace
from bot.house import open_work
from bot.waking import Waking
from desk import heads
from desk.alerting import sitting
from desk.rulebook import Rulebook
from records import verify_archive, writing_catalogue_pdf
from records.catalogue import Catalogue
from records.office import Office
from storage.tables import Account, Attachment, ChainLink, Inbox, Outbox, Person, RecordEdition, TakenIn, Talk
from storage.work import Work
from tests.records import cases
from tests.records.fonts import RARE, rare_font

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)
FIRST, SECOND = "ZXFK-2026-000001", "ZXFK-2026-000002"


class Archive:
    """A house with two archived cases, and its command line."""

    def __init__(self, work: Work, folder: Path) -> None:
        self.work = work
        self.folder = folder
        self.place = ArchivePlace(folder / "media", "应诺软件技术（江州）有限公司")
        self.told: list[str] = []

    async def prepare(self) -> None:
        office = Office(shelf=self.place.shelf)

        def bring_about(session: Session) -> None:
            desk = cases.office_at(session)
            cases.settled_at_once(desk)
            cases.not_needed(desk)
            cases.close_records(desk, office)
            heads.keep(sitting(desk.session, Rulebook(), NOW))
            desk.session.flush()

        await self.work.run(bring_about)

    async def run(self, what: str, file: str = "out.zip", **wanted: object) -> int:
        asked = {"case": [], "school": "", "since": None, "until": None, "head": [await self.head()]} | wanted
        self.told.clear()
        line = argparse.Namespace(what=what, file=self.folder / file, **asked)
        return await archive(self.work, self.place, NOW, line, self.told.append)

    async def head(self) -> str:
        found = await self.work.read(heads.newest)
        assert found is not None
        return found.text

    def checked(self, file: str = "out.zip", *more: str) -> subprocess.CompletedProcess[str]:
        """As a school does it: the file alone, in a folder of its own, by a Python without any package."""
        alone = self.folder / "alone"
        alone.mkdir(exist_ok=True)
        program = shutil.copy(Path(verify_archive.__file__), alone / "verify_archive.py")
        line = [sys.executable, "-I", "-S", str(program), str(self.folder / file), *more]
        return subprocess.run(line, capture_output=True, text=True, cwd=alone, check=False)


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[Archive]:
    work = open_work(database_url, Waking())
    made = Archive(work, tmp_path)
    await made.prepare()
    yield made
    await work.close()


async def test_an_export_is_proven_by_a_head_of_the_report(house: Archive) -> None:
    """The file stands alone: no package, no project, only Python."""
    assert await house.run("export") == 0
    done = house.checked("out.zip", "--head", await house.head())
    assert done.returncode == 0, done.stdout + done.stderr
    assert "相符" in done.stdout
    assert "0个不在本次导出范围" in done.stdout
    with zipfile.ZipFile(house.folder / "out.zip") as file:
        names = file.namelist()
        assert f"cases/{FIRST}/records/{FIRST}-1.pdf" in names
        assert f"cases/{SECOND}/records/KHHZ-2026-000001-1.json" in names
        assert {"README.txt", "verify_archive.py", "heads.jsonl"} <= set(names)
        assert file.read(f"cases/{FIRST}/records/GDJL-2026-000001-1.pdf").startswith(b"%PDF")
        happened = json.loads(file.read(f"cases/{FIRST}/timeline-1.json"))["events"]
        assert [one["what"] for one in happened][0::len(happened) - 1] == ["report", "archive"]
        assert '"digest":' in file.read(f"cases/{SECOND}/evidence-1.json").decode()


async def test_an_export_of_one_case_tells_nothing_of_others(house: Archive) -> None:
    """The chain adds up all the same, and nothing of the one case can be kept back."""
    assert await house.run("export", case=[SECOND]) == 0
    done = house.checked("out.zip", "--head", await house.head(), "--lang", "en")
    assert done.returncode == 0, done.stdout
    with zipfile.ZipFile(house.folder / "out.zip") as file:
        assert not [name for name in file.namelist() if FIRST in name]
        assert FIRST not in "".join(file.read(one).decode() for one in ("chain.jsonl", "items.jsonl"))
    kept_back = _without(house.folder / "out.zip", lambda name, _: "KHHZ-2026-000001-1" not in name)
    again = house.checked(kept_back.name, "--head", await house.head(), "--lang", "en")
    assert again.returncode == 1
    assert "the file of link" in again.stdout


async def test_a_later_edition_cannot_be_kept_back_with_its_list(house: Archive) -> None:
    """Nothing of the case that came after its first list of contents is there: that list tells where to look."""
    assert await house.run("erase", person=cases.PEOPLE["reporter"][0], reason="本人要求") == 0
    assert await house.run("export", case=[SECOND]) == 0
    with zipfile.ZipFile(house.folder / "out.zip") as file:
        listed = [json.loads(line) for line in file.read("items.jsonl").splitlines()]
    last = next(one["n"] for one in listed if one.get("path") == f"cases/{SECOND}/contents-1.json")
    later = {one["path"]: one["n"] for one in listed if one["n"] > last and one["kind"] != "erasure"}

    def before(name: str, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        if name != "items.jsonl":
            return content
        return b"".join(one for one in lines if json.loads(one)["n"] not in later.values())

    kept_back = _without(house.folder / "out.zip", lambda name, _: name not in later, before)
    done = house.checked(kept_back.name, "--head", await house.head(), "--lang", "en")
    assert done.returncode == 1
    place = later[f"cases/{SECOND}/next-2.txt"]
    assert f"the content of link {place} is not here: cases/{SECOND}/contents-2.json" in done.stdout


async def test_what_was_asked_and_is_not_there_is_said(house: Archive) -> None:
    """No empty file is left behind."""
    assert await house.run("export", until=date(2020, 1, 1)) == 1
    assert house.told == ["nothing is archived that was asked for"]
    assert not (house.folder / "out.zip").exists()
    assert await house.run("export", school=cases.SCHOOL, since=date(2026, 11, 1)) == 0


async def test_a_file_that_is_lost_or_was_changed_is_named(house: Archive) -> None:
    """An export never hides what the house has lost."""
    printed = await house.work.read(lambda session: session.scalars(select(RecordEdition.print_digest)).first())
    place = house.place.shelf / str(printed)
    place.write_bytes(place.read_bytes() + b" ")
    assert await house.run("export") == 1
    assert house.told[0].startswith("yingnuo: the file is not here any more, or not as it was sealed: cases/")
    place.unlink()
    assert await house.run("export") == 1
    assert house.told[0].startswith("yingnuo: the file is not here any more, or not as it was sealed: cases/")
    assert house.checked("out.zip", "--head", await house.head()).returncode == 1


async def test_erasing_a_person_leaves_the_chain_verifying(house: Archive) -> None:
    """Name, phone and account are gone from everything that leaves the house; heads deposited before still prove it."""
    before = await house.head()
    reporter = cases.PEOPLE["reporter"]
    assert await house.run("export", "before.zip") == 0
    assert reporter[0] in _all(house.folder / "before.zip")
    assert await house.run("erase", person=reporter[0], reason="本人要求") == 0
    assert "links lost their salt" in house.told[0]
    assert await house.run("export") == 0
    done = house.checked("out.zip", "--head", before, "--lang", "en")
    assert done.returncode == 0, done.stdout
    assert " 0 erased" not in done.stdout
    whole = _all(house.folder / "out.zip")
    for trace in (reporter[0], reporter[2], "138****8000"):
        assert trace not in whole, trace
    assert "（已删除）" in whole
    assert "李建国" in whole
    rows = await house.work.read(lambda session: session.scalars(select(ChainLink).where(ChainLink.salt == "")).all())
    assert rows
    assert {(row.sha256, row.content) for row in rows} == {("", "")}
    phones = select(Person.phone).where(Person.name == "（已删除）")
    assert await house.work.read(lambda session: session.scalars(phones).all()) == [""]


async def test_the_cover_names_the_editions_by_their_new_digests(house: Archive) -> None:
    """A record without the name has another digest: 《归档记录》 would name what is not there any more."""

    def unnamed(session: Session) -> list[str]:
        editions = session.scalars(select(RecordEdition)).all()
        covers = {one.ticket_id: one.content for one in editions if one.record == Record.ARCHIVE.value}
        others = [one for one in editions if one.record != Record.ARCHIVE.value and one.ticket_id in covers]
        return [one.number for one in others if one.digest[:NAMED_BY] not in covers[one.ticket_id]]

    assert await house.work.read(unnamed) == []
    before = await house.work.read(lambda session: set(session.scalars(select(RecordEdition.digest))))
    assert await house.run("erase", person=cases.PEOPLE["reporter"][0], reason="本人要求") == 0
    after = await house.work.read(lambda session: set(session.scalars(select(RecordEdition.digest))))
    assert before != after
    assert await house.work.read(unnamed) == []


async def test_a_cover_of_twelve_digits_names_them_anew_by_twelve(house: Archive) -> None:
    """What was closed on the form before keeps its shape: an erasure finds its names and gives it no longer ones."""
    digits = 12

    def made_before(session: Session) -> None:
        editions = session.scalars(select(RecordEdition)).all()
        for cover in [one for one in editions if one.record == Record.ARCHIVE.value]:
            for digest in [one.digest for one in editions if one is not cover]:
                cover.content = cover.content.replace(f'"{digest[:NAMED_BY]}"', f'"{digest[:digits]}"')

    def named(session: Session) -> list[bool]:
        editions = session.scalars(select(RecordEdition)).all()
        covers = "".join(one.content for one in editions if one.record == Record.ARCHIVE.value)
        others = [one for one in editions if one.record != Record.ARCHIVE.value]
        return [f'"{one.digest[:digits]}"' in covers for one in others]

    await house.work.run(made_before)
    assert await house.run("erase", person=cases.PEOPLE["reporter"][0], reason="本人要求") == 0
    assert all(await house.work.read(named))


async def test_an_erased_person_is_gone_from_messages_and_talks(house: Archive) -> None:
    """Texts blanked, files deleted, rows kept; what others read of the case loses the name; the chain adds up."""
    kept = house.place.media / "uploads" / "f"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"photo")
    name = cases.PEOPLE["reporter"][0]

    def said(session: Session) -> None:
        person = session.scalars(select(Person).where(Person.name == name)).one()
        mine = session.scalars(select(Account).where(Account.person_id == person.id)).one()
        session.add(Talk(account_id=mine.id, person_id=person.id, opened_at=NOW, ended_at=NOW, words=[[name, "电话"]]))
        session.add(
            Inbox(
                channel=mine.channel, external_id="m1", account=mine.external, received_at=NOW,
                message={"text": "我是欧阳慕雪"}, raw="我是欧阳慕雪", state="failed",
            )
        )  # fmt: skip
        session.add(
            Attachment(
                person_id=person.id, channel="web", kind="photo", name="我.jpg", reference="f",
                digest="f", path=str(kept), state="stored", created_at=NOW,
            )
        )  # fmt: skip
        for row in session.scalars(select(Outbox)):
            row.rendered = {"text": f"报修人：{name}", "buttons": []}

    await house.work.run(said)
    before = await house.work.read(_rows)
    assert await house.run("erase", person=name, reason="本人要求") == 0
    after = await house.work.read(_rows)
    assert [len(one) for one in after] == [len(one) for one in before]
    assert name in str(before)
    assert name not in str(after)
    assert [row[-1] for row in after[0]] == ["set_aside"]
    assert not kept.exists()
    assert await house.run("export", "clean.zip") == 0
    assert house.checked("clean.zip", "--head", await house.head()).returncode == 0


def _rows(session: Session) -> list[list[tuple[object, ...]]]:
    columns = (
        (Inbox.message, Inbox.raw, Inbox.state),
        (Outbox.body, Outbox.rendered),
        (Talk.words,),
        (Attachment.name, Attachment.path, Attachment.reference),
    )
    return [[tuple(row) for row in session.execute(select(*one))] for one in columns]


async def test_nothing_else_may_pass_as_erased(house: Archive) -> None:
    """Whoever takes the salt out of an export without an erasure in the chain is found."""
    assert await house.run("export") == 0

    def without_salt(name: str, content: bytes) -> bytes:
        if name != "items.jsonl":
            return content
        lines = content.decode().splitlines()
        lines[2] = json.dumps({"n": json.loads(lines[2])["n"], "kind": "record"})
        return "\n".join(lines).encode()

    place = json.loads(zipfile.ZipFile(house.folder / "out.zip").read("items.jsonl").decode().splitlines()[2])
    changed = _without(house.folder / "out.zip", lambda name, _: name != place["path"], without_salt)
    done = house.checked(changed.name, "--head", await house.head(), "--lang", "en")
    assert done.returncode == 1
    assert "link 3 is said to be erased" in done.stdout


async def test_another_installations_archive_is_taken_in_once(house: Archive) -> None:
    """Only what verifies; it is kept whole and sealed as one link of our own."""
    assert await house.run("export") == 0
    broken = _without(house.folder / "out.zip", lambda name, _: not name.endswith("evidence-1.json"))
    assert await house.run("import", broken.name) == 1
    assert house.told[-1] == "nothing was taken in"
    assert await house.run("import") == 0
    assert house.told[-1] == "taken in"
    assert await house.run("import") == 0
    assert house.told[-1] == "this archive is here already"
    rows = await house.work.read(lambda session: session.scalars(select(TakenIn)).all())
    assert [(one.vendor, one.cases) for one in rows] == [(house.place.vendor, [FIRST, SECOND])]
    assert await house.run("export", "again.zip") == 0
    assert house.checked("again.zip", "--head", await house.head()).returncode == 0


@pytest.mark.parametrize("vendor", [b'["x"]', b'"x\\u0000\\ud800"'])
async def test_a_manifest_of_another_hand_is_no_traceback(house: Archive, vendor: bytes) -> None:
    """No digest covers it, so anything may stand there; what the chain proves is taken in all the same."""
    assert await house.run("export") == 0
    false = b'{"format":"yingnuo-archive 1","scope":"all","cases":5,"vendor":%s}' % vendor
    made = _without(
        house.folder / "out.zip",
        lambda name, _: True,
        lambda name, content: false if name == "manifest.json" else content,
    )
    assert await house.run("import", made.name) == 0
    rows = await house.work.read(lambda session: session.scalars(select(TakenIn)).all())
    assert [one.cases for one in rows] == [[]]


async def test_the_catalogue_lists_what_was_archived(house: Archive) -> None:
    """One line for each case, in the order of 档号; a title that looks like a formula stays a text."""
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    assert await house.run("catalogue", "list.xlsx", **days) == 0
    assert house.told == ["2 cases"]
    book = openpyxl.load_workbook(house.folder / "list.xlsx")
    page = book["归档文件目录"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == ["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    assert [row[1:3] for row in rows[1:]] == [
        ["YN01-ZY·SH·2026·D10-0001", FIRST], ["YN01-ZY·SH·2026·D10-0002", SECOND]
    ]  # fmt: skip
    assert str(rows[1][4]).startswith(f"[{cases.SCHOOL}关于“今天上午第二节课")
    assert rows[1][5:7] == ["20261123", "内部"]
    assert int(str(rows[1][7])) >= 3
    assert page.page_setup.orientation == "landscape"


async def test_the_catalogue_as_a_print(house: Archive) -> None:
    """PDF by its name: a cover, the list across, the same bytes again; any other kind of file is refused."""
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    assert await house.run("catalogue", "list.pdf", **days) == 0
    made = (house.folder / "list.pdf").read_bytes()
    found = pypdfium2.PdfDocument(made)
    texts = [page.get_textpage().get_text_bounded() for page in found]
    assert ["全宗号" in texts[0], "YN01-ZY·SH·2026·D10-0002" in texts[1], len(texts)] == [True, True, 2]
    assert found[0].get_width() > found[0].get_height()
    assert "第 2 页　共 2 页" in texts[1]
    assert await house.run("catalogue", "again.pdf", **days) == 0
    assert (house.folder / "again.pdf").read_bytes() == made
    assert await house.run("catalogue", "list.doc", **days) == 1
    assert house.told == ["yingnuo: the catalogue is written as .pdf or .xlsx"]


async def test_the_catalogue_is_printed_in_the_customers_fonts_too(house: Archive, tmp_path: Path) -> None:
    """The command prints what the page prints: a vendor whose name is rare is named on both."""
    rare_font(tmp_path)
    house.place = replace(house.place, vendor=f"{RARE}诺", fonts=tmp_path)
    assert await house.run("catalogue", "list.pdf", since=date(2026, 11, 1), until=date(2026, 11, 30)) == 0
    found = pypdfium2.PdfDocument((house.folder / "list.pdf").read_bytes())
    assert f"{RARE}诺" in found[0].get_textpage().get_text_bounded()


def test_a_long_catalogue_repeats_its_heads(tmp_path: Path) -> None:
    """Over many pages, with the longest titles, a name in rare characters and none that a font lacks unseen."""
    title = f"[{cases.SCHOOL}关于“{cases.REPORT[:60]}”的维护] 𠮷 😀 ORA-01013/{'W' * 80}"
    kept = "D10（至2036年12月31日）"
    lines = [
        (str(n), f"YN01-ZY·SH·2026·D10-{n:04d}", FIRST, "应诺", title, "20261123", "内部", "12", kept)
        for n in range(1, 201)
    ]
    made_on = date(2026, 12, 1)
    one = Catalogue(
        title="归档文件目录", vendor="应诺", period="2026", made_on=made_on, cover=[("件数：", "200")], lines=lines
    )
    found = pypdfium2.PdfDocument(writing_catalogue_pdf.pdf(one))
    texts = [page.get_textpage().get_text_bounded() for page in found]
    assert len(texts) > 10
    assert [text.count("责任者") for text in texts] == [0] + [1] * (len(texts) - 1)
    assert "〓 [表情]" in texts[1]
    assert "D10-0200" in texts[-1]


def test_a_question_that_cannot_be_understood_is_refused(tmp_path: Path) -> None:
    """Exit 2, neither right nor wrong."""
    (tmp_path / "no.zip").write_text("no zip")
    with pytest.raises(SystemExit) as stopped:
        verify_archive.main([str(tmp_path / "no.zip")])
    assert stopped.value.code == 2
    assert verify_archive.main([str(tmp_path / "no.zip"), "--inside-only"]) == 2


def _all(file: Path) -> str:
    with zipfile.ZipFile(file) as found:
        return "".join(found.read(name).decode("utf-8", "replace") for name in found.namelist() if name[-3:] != "pdf")


def _without(
    file: Path,
    stays: Callable[[str, bytes], bool],
    change: Callable[[str, bytes], bytes] = lambda _, content: content,
) -> Path:
    made = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if stays(name, content):
                new.writestr(name, content)
    return made


