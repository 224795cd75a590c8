"""归档 asks every check first, says what is missing and by whom, and files the case with its number and its term."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from agreement.archive import Check, Result
from agreement.file_types import PROGRAM
from agreement.printed import Fault
from agreement.records import Missing
from agreement.words import Record, Role
from desk import archiving, archiving_many, entitled, finishing, ledger, opinions
from desk.archive_checks import checked
from desk.case_file import CaseFile
from desk.verify_links import VerifyLinks
from records.cells import Rows, Words
from records.examining import faults, qr_faults
from records.office import Office
from records.papers import paper_of
from storage.tables import Archived, Attachment, Membership, RecordEdition
from tests.records import cases
from texts.refused import Refused
from texts.say import render


def closed(desk: cases.Office, *, photos: int = 0) -> int:
    """A case that is settled at once and confirmed."""
    ticket = desk.report("打印机卡纸", photos=photos)
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    opinions.solved(desk.sits("reporter"), ticket)
    archiving.close(desk.sits("desk"), ticket)
    return ticket


def results(case: CaseFile) -> dict[Check, Result]:
    return {one.check: one.result for one in checked(case)}


def test_a_case_in_order_passes_every_check() -> None:
    """But for what is printed a moment later, and cells that nobody filled: remarks."""
    desk = cases.office()
    found = results(desk.file(closed(desk)))
    assert {one for one, result in found.items() if result is not Result.PASSED} == set()
    cases.close_records(desk, Office())
    found = results(desk.file(1))
    assert {one for one, result in found.items() if result is not Result.PASSED} == {
        Check.CELLS, Check.PRINTS, Check.QR
    }  # fmt: skip


def faulty(case: CaseFile, fault: Fault) -> CaseFile:
    return replace(case, editions=tuple(replace(one, print_faults=(Fault.NO_QR, fault)) for one in case.editions))


WRONG: tuple[tuple[Check, Result, Callable[[CaseFile], CaseFile]], ...] = (
    (
        Check.RECORDS,
        Result.FAILED,
        lambda one: replace(one, missing=(Missing(Record.OPINION, "missing.opinion_recorded", Role.TEACHER),)),
    ),
    (Check.NUMBERS, Result.FAILED, lambda one: replace(one, numbers={})),
    (Check.NUMBERS, Result.FAILED, lambda one: replace(one, numbers=dict.fromkeys(one.numbers, "WHRW-2026-000001"))),
    (
        Check.DIGESTS,
        Result.FAILED,
        lambda one: replace(one, editions=tuple(replace(each, content="{}") for each in one.editions)),
    ),
    (
        Check.DIGESTS,
        Result.FAILED,
        lambda one: replace(one, confirmations=tuple(replace(each, is_intact=False) for each in one.confirmations)),
    ),
    (
        Check.CONFIRMATIONS,
        Result.NOTED,
        lambda one: replace(one, confirmations=tuple(replace(each, by=None) for each in one.confirmations)),
    ),
    (
        Check.TWO_PEOPLE,
        Result.FAILED,
        lambda one: replace(one, acceptances=tuple(replace(each, lead=each.implementer) for each in one.acceptances)),
    ),
    (Check.ORDER, Result.FAILED, lambda one: replace(one, closed_at=one.reported_at)),
    (
        Check.ENTITLED,
        Result.FAILED,
        lambda one: replace(
            one, confirmations=tuple(replace(each, is_entitled=False) for each in one.confirmations)
        ),
    ),
    (
        Check.METADATA,
        Result.FAILED,
        lambda one: replace(one, editions=tuple(replace(each, event_id=0) for each in one.editions)),
    ),
    (
        Check.NUMBERS,
        Result.FAILED,
        lambda one: replace(one, editions=tuple(replace(each, edition=2) for each in one.editions)),
    ),
    (Check.PRINTS, Result.FAILED, lambda one: faulty(one, Fault.PAGES)),
    (Check.FORMAT, Result.FAILED, lambda one: faulty(one, Fault.FONTS)),
    (Check.QR, Result.FAILED, lambda one: faulty(one, Fault.OTHER_QR)),
    (
        Check.PROGRAMS,
        Result.FAILED,
        lambda one: replace(one, attached=tuple(replace(each, media_type=PROGRAM, name="a") for each in one.attached)),
    ),
    (
        Check.TYPES,
        Result.FAILED,
        lambda one: replace(one, attached=tuple(replace(each, media_type="image/png") for each in one.attached)),
    ),
    (Check.ACCESS, Result.FAILED, lambda one: replace(one, may_see=False)),
    (
        Check.PROGRAMS,
        Result.FAILED,
        lambda one: replace(one, attached=tuple(replace(each, name="补丁.EXE") for each in one.attached)),
    ),
    (
        Check.ATTACHMENTS,
        Result.WAITING,
        lambda one: replace(one, attached=tuple(replace(each, state="wanted") for each in one.attached)),
    ),
    (Check.SECRECY, Result.FAILED, lambda one: replace(one, secrecy="")),
)


@pytest.fixture(scope="module")
def deep() -> CaseFile:
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    cases.close_records(desk, Office())
    return desk.file(ticket)


@pytest.mark.parametrize(("check", "result", "spoil"), WRONG)
def test_each_check_finds_what_it_is_for(
    deep: CaseFile, check: Check, result: Result, spoil: Callable[[CaseFile], CaseFile]
) -> None:
    """And no other check answers for it."""
    found = results(spoil(deep))
    assert found[check] is result
    before = results(deep)
    assert {one for one in Check if found[one] is not before[one]} == {check}


def test_photos_on_their_way_stop_the_archive_and_are_named() -> None:
    """Refused now, archived when they are here or given up."""
    desk = cases.office()
    ticket = closed(desk, photos=2)
    desk.session.execute(update(Attachment).values(state="wanted"))
    with pytest.raises(Refused) as no:
        archiving.archive(desk.sits("archivist"), ticket)
    assert "附件齐全（还有 2 个附件没取到" in render(no.value.said, "zh")
    desk.session.execute(update(Attachment).values(state="failed"))
    archiving.archive(desk.sits("archivist"), ticket)
    cases.close_records(desk, Office())
    cover = paper_of(next(one.content for one in desk.file(ticket).editions if one.record is Record.ARCHIVE))
    rows = cover.cells["checks"]
    assert isinstance(rows, Rows)
    assert rows.rows[3] == ("4", "完整性：附件齐全", "合格，有说明", "2 个附件平台已不能提供")
    assert cover.cells["file_number"] == Words("YN01-ZY·SH·2026·D10-0001")
    assert cover.cells["kept_for"] == Words("D10（至2036年12月31日）")
    assert cover.cells["secrecy"] == Words("内部")


def test_a_record_that_was_changed_in_the_tables_is_not_archived() -> None:
    """Its digest tells."""
    desk = cases.office()
    ticket = closed(desk)
    cases.close_records(desk, Office())
    desk.session.execute(update(RecordEdition).where(RecordEdition.id == 1).values(content="{}"))
    desk.session.expire_all()
    with pytest.raises(Refused) as no:
        archiving.archive(desk.sits("archivist"), ticket)
    assert "内容摘要复算一致（与封存前的内容不符：ZXFK-2026-000001）" in render(no.value.said, "zh")


def test_numbers_count_by_class_year_and_term() -> None:
    """A case with acceptance is kept longer and counts apart."""
    desk = cases.office()
    cases.settled_at_once(desk)
    cases.deep_with_a_failed_acceptance(desk, 2)
    cases.not_needed(desk)
    rows = desk.session.execute(select(Archived.file_number, Archived.kept_until).order_by(Archived.id)).all()
    assert [tuple(row) for row in rows] == [
        ("YN01-ZY·SH·2026·D10-0001", date(2036, 12, 31)),
        ("YN01-ZY·SH·2026·D30-0001", date(2056, 12, 31)),
        ("YN01-ZY·SH·2026·D10-0002", date(2036, 12, 31)),
    ]


def test_many_at_once_takes_nobody_with_it() -> None:
    """What may be archived is; a case that may not stays as it was and is named; another's role is refused."""
    desk = cases.office()
    first, second = closed(desk), closed(desk, photos=1)
    desk.session.execute(update(Attachment).values(state="wanted"))
    assert archiving_many.to_archive(desk.sits("archivist")).archived == (1,)
    done = archiving_many.archive_all(desk.sits("archivist"))
    assert (done.archived, len(done.refused), done.left) == ((1,), 1, 0)
    assert [desk.file(one).state for one in (first, second)] == ["archived", "closed"]
    with pytest.raises(Refused):
        archiving_many.archive_all(desk.sits("desk"))


def test_a_program_stops_until_the_document_manager_explains_it_in_writing() -> None:
    """The refusal names what is wrong and who owes it; nobody else's word lifts it; the cover has the words."""
    desk = cases.office()
    ticket = closed(desk, photos=1)
    desk.session.execute(update(Attachment).values(name="补丁.EXE"))
    with pytest.raises(Refused) as no:
        archiving.archive(desk.sits("archivist"), ticket)
    assert render(no.value.said, "zh") == "#1 还缺：附件不含可执行文件（补丁.EXE），由工程师处理"
    for who, words in (("desk", "已查毒"), ("archivist", "  ")):
        with pytest.raises(Refused):
            archiving.explain(desk.sits(who), ticket, words=words)
    archiving.explain(desk.sits("archivist"), ticket, words="厂商补丁，已查毒")
    archiving.archive(desk.sits("archivist"), ticket)
    assert desk.session.scalars(select(Archived.remark)).all() == ["厂商补丁，已查毒"]
    cases.close_records(desk, Office())
    cover = paper_of(next(one.content for one in desk.file(ticket).editions if one.record is Record.ARCHIVE))
    rows = cover.cells["checks"]
    assert isinstance(rows, Rows)
    assert ("合格，有说明", "补丁.EXE；缺项说明：厂商补丁，已查毒") in [row[2:] for row in rows.rows]


def test_no_words_lift_a_digest_that_differs() -> None:
    """Nor a missing record, nor one's own hand on one's own work."""
    desk = cases.office()
    ticket = closed(desk)
    cases.close_records(desk, Office())
    desk.session.execute(update(RecordEdition).where(RecordEdition.id == 1).values(content="{}"))
    desk.session.expire_all()
    with pytest.raises(Refused):
        archiving.explain(desk.sits("archivist"), ticket, words="没关系")


def test_who_confirms_must_have_been_entitled_to_it_then() -> None:
    """A representative who was none yet, or no more, when the plan was agreed to; one who left later was."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 1)
    agreed = next(one.at for one in desk.file(ticket).confirmations if one.event == "agree")
    spans = ((agreed + timedelta(days=1), None), (cases.NOW, agreed - timedelta(minutes=9)))
    for since_at, until_at in spans:
        desk.session.execute(
            update(Membership)
            .where(Membership.role == Role.REPRESENTATIVE.value)
            .values(since_at=since_at, until_at=until_at)
        )
        desk.session.expire_all()
        assert results(desk.file(ticket))[Check.ENTITLED] is Result.FAILED
    desk.session.execute(update(Membership).values(since_at=cases.NOW, until_at=agreed + timedelta(days=9)))
    desk.session.expire_all()
    assert results(desk.file(ticket))[Check.ENTITLED] is Result.PASSED


def test_every_word_on_the_ledger_is_somebodys_to_give() -> None:
    """Each is kept as a confirmation: one that nobody may give would keep its case out of the archive for good."""
    assert set(ledger.EVENTS.values()) <= entitled.ASKED.keys()


def test_a_print_is_examined_by_its_bytes(tmp_path: Path) -> None:
    """As it is set nothing is against it; with a page, a font, its end or its standard taken away that is named."""
    desk = cases.office()
    cases.not_needed(desk)
    cases.close_records(desk, replace(Office(), shelf=tmp_path))
    whole = next(one.read_bytes() for one in tmp_path.iterdir())
    assert faults(whole) == ()
    assert faults(whole[:-900]) == (Fault.UNREADABLE,)
    assert faults(whole.replace(b"/Type/Page/", b"/Type/Pane/")) == (Fault.PAGES,)
    assert faults(whole.replace(b"<pdfaid:part>", b"<pdfaid:none>")) == (Fault.NOT_PDF_A,)
    assert faults(whole.replace(b"/FontFile3", b"/FontNone3", 1)) == (Fault.FONTS,)


def test_the_qr_opens_the_records_own_page() -> None:
    """Read as the page reads it."""
    links = VerifyLinks("k" * 32, "https://desk.example")
    assert qr_faults("LSQK-2026-000001", links.url("LSQK-2026-000001"), links.read) == ()
    assert qr_faults("LSQK-2026-000001", links.url("LSQK-2026-000002"), links.read) == (Fault.OTHER_QR,)
    assert qr_faults("LSQK-2026-000001", "", links.read) == (Fault.NO_QR,)
