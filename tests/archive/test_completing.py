"""补填 on the page of a case: what is empty and whose it is, each completes the own, the call after a low mark."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Record
from desk import calling, calls, finishing, opinions
from records.cells import Words
from records.confirmed import lines_under
from records.editions import standing
from records.office import Office
from storage.tables import Call, RecordEdition
from tests.archive.ground import Ground, ground
from tests.records import cases


def _cases(desk: cases.Office) -> None:
    """Done, solved and marked low; open."""
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    opinions.solved(desk.sits("reporter"), ticket)
    opinions.rate(desk.sits("reporter"), ticket, mark=2)


@pytest.fixture
async def page(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Ground]:
    async with ground(sqlite_url, tmp_path, _cases) as made:
        yield made


async def fill(page: Ground, person: str, cell: str, text: str, reason: str = "") -> str:
    path = page.path("case", person, subject="1")
    given = {"cell": cell, "text": text, "reason": reason}
    async with page.client.post(f"{path}/cell", data=given) as answer:
        assert answer.status == 200
        return await answer.text()


MEASURES, CLASS = "用户意见反馈表:1:measures", "用户问题反馈及落实情况表:1:class"


async def test_each_sees_what_is_empty_and_completes_the_own(page: Ground) -> None:
    """The desk owes the measures after a low mark, the engineer the class; each has a form for the own alone."""
    desk = await page.see(page.path("case", "desk", subject="1"))
    assert [f'value="{one}"' in desk for one in (MEASURES, CLASS)] == [True, False]
    assert "问题类型" in desk, "whose it is stands there all the same"
    engineer = await page.see(page.path("case", "engineer", subject="1"))
    assert [f'value="{one}"' in engineer for one in (MEASURES, CLASS)] == [False, True]
    assert "已补填“处理措施”" in await fill(page, "desk", MEASURES, "备份改在夜里")
    assert f'value="{MEASURES}"' not in await page.see(page.path("case", "desk", subject="1"))
    assert "已补填" in await fill(page, "engineer", CLASS, "environment")


@pytest.mark.parametrize(
    ("person", "cell", "text"),
    [
        ("engineer", MEASURES, "不是我的"),
        ("desk", "用户意见反馈表:1:customer", "王老师"),  # a signature
        ("desk", "用户意见反馈表:1:mark", "5"),  # the customer's word
        ("desk", "x", "x"),
        ("desk", MEASURES, " "),
        ("engineer", CLASS, "别的"),  # no option
        ("representative", MEASURES, "代填"),
        ("manager", MEASURES, "代填"),
    ],
)
async def test_nobody_fills_what_is_not_theirs(page: Ground, person: str, cell: str, text: str) -> None:
    """Whatever the form says: a sentence, and nothing is written."""
    assert "已补填" not in await fill(page, person, cell, text)
    assert await page.looks("cell_filled") == []


async def test_the_school_sees_no_empty_cells(page: Ground) -> None:
    """They are the house's to fill."""
    assert "补填" not in await page.see(page.path("case", "representative", subject="1"))


def test_the_call_after_a_low_mark_stands_on_the_opinion() -> None:
    """Who called, when, what was said: another edition where the record was closed already."""
    desk, office = cases.office(), Office()
    cases.deep_with_a_failed_acceptance(desk, 2)
    cases.close_records(desk, office)
    call = desk.session.scalars(select(Call)).one()
    calling.other(desk.sits("desk"), call.id, words="希望以后备份安排在夜里")
    cases.close_records(desk, office)
    case = desk.file(1)
    paper = standing(Record.OPINION, 1, case, office).paper
    assert paper.cells["caller"] == Words("陈静")
    written = paper.cells["call"]
    assert isinstance(written, Words)
    assert written.text.endswith("陈静：其他，希望以后备份安排在夜里，电话确认，记录人：陈静")
    kept = [one for one in case.editions if one.record is Record.OPINION]
    assert [(one.edition, one.reason) for one in kept] == [(1, ""), (2, "电话回访")]
    assert lines_under(Record.OPINION, 1, case)


def test_a_call_about_a_case_without_a_low_mark_changes_no_record() -> None:
    """A follow-up by phone after 办结 is no reason for another edition."""
    desk, office = cases.office(), Office()
    ticket = cases.settled_at_once(desk)
    cases.close_records(desk, office)
    before = desk.session.scalars(select(RecordEdition.id)).all()
    _call(desk.session, desk, ticket)
    cases.close_records(desk, office)
    assert desk.session.scalars(select(RecordEdition.id)).all() == before


def _call(session: Session, desk: cases.Office, ticket: int) -> None:
    reporter = desk.actors["reporter"].person_id
    assert reporter is not None
    call = calls.listed(desk.sits(""), person_id=reporter, reason="every_nth", ticket_id=ticket, school_id=desk.school)
    session.flush()
    calling.well(desk.sits("desk"), call.id)
