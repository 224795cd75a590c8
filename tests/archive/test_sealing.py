"""An archived case becomes links of one chain: its records as written and as printed, its files, its history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.chain import FIRST, Sealed, Thing, leaf, link, moment, sha256
from agreement.words import Record
from bot.house import open_work
from bot.server import application
from bot.waking import Waking
from console.heads import head_routes
from desk import chaining, heads, monthly, sealing
from desk.alerting import sitting
from desk.chaining import ToSeal
from desk.measuring import Span
from desk.rulebook import Rulebook
from records.cells import Words
from records.cells_archive import spans
from records.completing import complete
from records.office import Office
from records.papers import paper_of
from records.verify_archive import heads_in
from storage.tables import ChainLink
from tests.records import cases

OFFICE = Office()
NOON = datetime(2026, 11, 30, 4, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return replace(OFFICE, shelf=tmp_path)


def sealed(desk: cases.Office) -> Sequence[ChainLink]:
    return desk.session.scalars(select(ChainLink).order_by(ChainLink.n)).all()


def test_every_link_adds_up(office: Office) -> None:
    """Leaf by leaf and link by link, from the rows as they were stored."""
    desk = cases.office()
    cases.settled_at_once(desk)
    cases.not_needed(desk)
    cases.close_records(desk, office)
    previous = FIRST
    for n, row in enumerate(sealed(desk), start=1):
        thing = Thing(kind=Sealed(row.kind), path=row.path, sha256=row.sha256, salt=row.salt)
        made = link(n, moment(row.sealed_at), leaf(thing), previous)
        assert (row.n, row.leaf, row.previous, row.digest) == (n, made.leaf, made.previous, made.digest)
        previous = row.digest
    assert len({row.salt for row in sealed(desk)}) == len(sealed(desk)) > 10


def test_a_case_is_sealed_with_all_that_it_holds(office: Office, tmp_path: Path) -> None:
    """Each edition as content and as print, then history and a list of contents that leaves nothing out."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    cases.close_records(desk, office)
    rows = sealed(desk)
    kinds = [row.kind for row in rows]
    assert kinds == ["record", "print"] * 4 + ["timeline", "evidence", "case"]
    assert rows[6].path == "cases/ZXFK-2026-000001/records/GDJL-2026-000001-1.json"
    for row in rows:
        if row.kind == Sealed.PRINT:
            assert sha256((tmp_path / row.sha256).read_bytes()) == row.sha256
        elif row.kind != Sealed.RECORD:
            assert sha256(row.content.encode()) == row.sha256
    assert '"links":[[1,"record",' in rows[-1].content
    assert rows[-1].content.count("cases/") == len(rows) - 1
    assert desk.file(ticket).seals[0].n == 1


def test_the_archives_own_record_says_where_the_others_stand(office: Office) -> None:
    """Numbers, the digest before the first and of the last."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    cases.close_records(desk, office)
    rows = sealed(desk)
    cover = next(one for one in desk.file(ticket).editions if one.record is Record.ARCHIVE)
    said = f"第1–6号；前一摘要 {'0' * 16}；末摘要 {rows[5].digest[:16]}"
    assert paper_of(cover.content).cells["chain"] == Words(said)


def test_what_is_not_archived_is_not_sealed(office: Office) -> None:
    """A closed record of an open case is kept, and its case is sealed when it ends."""
    desk = cases.office()
    cases.silent(desk)
    cases.close_records(desk, office)
    assert sealed(desk) == []


def test_a_correction_after_the_archive_is_sealed_behind(office: Office) -> None:
    """What was sealed stays; the second edition, the new cover and the longer history come after it."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    cases.close_records(desk, office)
    before = [(row.n, row.digest) for row in sealed(desk)]
    form = office.forms.current(Record.REVIEW)
    complete(desk.sits("desk"), ticket, form, attempt=1, key="scope", text="约六百名学生", reason="漏填")
    cases.close_records(desk, office)
    rows = sealed(desk)
    assert [(row.n, row.digest) for row in rows][: len(before)] == before
    assert [row.path.rpartition("/")[2] for row in rows[len(before) :]] == [
        "LSQK-2026-000001-2.json",
        "LSQK-2026-000001-2.pdf",
        "GDJL-2026-000001-2.json",
        "GDJL-2026-000001-2.pdf",
        "timeline-2.json",
        "evidence-2.json",
        "next-2.txt",
        "contents-2.json",
    ]
    assert sealing.seal(desk.sits(""), ticket) == 0


def test_runs_of_numbers_are_written_short() -> None:
    """1, 2, 3, 7 → 1–3、7."""
    assert spans([1, 2, 3, 7, 9, 10]) == "1–3、7、9–10"


def add_one(rulebook: Rulebook, day: int, session: Session) -> None:
    one = ToSeal(kind=Sealed.TAKEN_IN, path=f"taken_in/{day}", sha256="a" * 64)
    chaining.add(sitting(session, rulebook, datetime(2026, 11, day, 4, tzinfo=UTC)), [one])


async def test_links_and_heads_on_both_databases(database_url: str) -> None:
    """Three links over three days: each day has its head, also the one on which nothing was sealed."""
    work, rulebook = open_work(database_url, Waking()), Rulebook()
    try:
        for day in (20, 20, 22):
            await work.run(partial(add_one, rulebook, day))
        for _ in range(2):
            await work.run(lambda session: heads.keep(sitting(session, rulebook, NOON)))
        found = await work.read(heads.every)
        assert [(one.day.day, one.n) for one in reversed(found)] == [
            (20, 2), (21, 2), (22, 3), (23, 3), (24, 3), (25, 3), (26, 3), (27, 3), (28, 3), (29, 3)
        ]  # fmt: skip
        server = TestServer(application(head_routes(work)))
        async with TestClient(server) as client:
            page = await (await client.get("/console/heads")).text()
            assert "归档封存每日摘要" in page
            assert found[0].digest in page
            listed = await (await client.get("/console/heads.txt")).text()
            assert heads_in(listed) == {one.n: one.digest for one in found}
    finally:
        await work.close()


def test_the_head_is_deposited_in_the_report_of_the_month(office: Office) -> None:
    """In words that the checking program reads as they stand."""
    desk = cases.office()
    cases.settled_at_once(desk)
    cases.close_records(desk, office)
    house = desk.sits("")
    heads.keep(replace(house, at=NOON))
    said = monthly.report(house, desk.school, Span(from_at=cases.NOW, to_at=NOON))
    lines = [one for one in said if one.key == "digest.head"]
    head = heads.newest(desk.session)
    assert head is not None
    assert heads_in(str(lines[0].values["head"])) == {head.n: head.digest}


def test_each_day_that_grew_is_a_line_of_the_report(office: Office) -> None:
    """A school holds every day's head, not the month's last alone, and each proves the links until that day."""
    desk = cases.office()
    days = [desk.at.date() + timedelta(days=number) for number in (0, 1, 3)]
    for number, day in enumerate(days):
        desk.at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        (cases.settled_at_once if number else cases.not_needed)(desk)
        cases.close_records(desk, office)
    house = replace(desk.sits(""), at=NOON)
    heads.keep(house)
    said = monthly.report(house, desk.school, Span(from_at=NOON - timedelta(days=29), to_at=NOON))
    lines = [str(one.values["head"]) for one in said if one.key == "digest.day_head"]
    assert [one.values["day"] for one in said if one.key == "digest.day_head"] == [f"{day:%m-%d}" for day in days]
    whole = {one.n: one.digest for one in sealed(desk)}
    for line in lines:
        ((n, short),) = heads_in(line).items()
        assert len(short) == 32
        assert whole[n].startswith(short)
    assert len(heads_in("\n".join(lines))) == 3
    none = monthly.report(house, desk.school, Span(from_at=NOON, to_at=NOON + timedelta(days=1)))
    assert [one.key for one in none if one.key.startswith("digest.day_head")] == []


async def test_the_page_lists_every_head(sqlite_url: str) -> None:
    """Also of years ago: a school that kept one of them finds it there."""
    work, rulebook = open_work(sqlite_url, Waking()), Rulebook()
    try:
        await work.run(partial(add_one, rulebook, 1))
        await work.run(lambda session: heads.keep(sitting(session, rulebook, NOON + timedelta(days=900))))
        async with TestClient(TestServer(application(head_routes(work)))) as client:
            page = await (await client.get("/console/heads")).text()
        assert page.count("<tr><td>") == 929
    finally:
        await work.close()
