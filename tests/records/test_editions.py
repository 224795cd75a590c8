"""A closed record is never changed: a correction is another edition with reason, author and time; both stay."""

from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from agreement.words import Kind, Record
from desk import (
    archiving,
    complaining,
    customers,
    finishing,
    handling,
    opinions,
    registering,
    reporting,
    resorting,
)
from desk.paper_facts import EditionFact
from records.cells import Blank, Chosen, Rows, Words
from records.completing import complete
from records.editions import standing
from records.letterhead import Letterhead
from records.office import Office
from records.papers import canonical, digest, paper_of
from records.sheets import sheet
from records.writing_pdf import press
from storage.tables import RecordEdition
from tests.records import cases
from tests.records.test_printing import printing, sheet_of, text_of
from texts.refused import Refused

OFFICE = Office(letterhead=Letterhead(vendor="应诺软件技术（江州）有限公司"))


def kept(desk: cases.Office, ticket: int) -> list[EditionFact]:
    cases.close_records(desk, OFFICE)
    return list(desk.file(ticket).editions)


def listed(desk: cases.Office, ticket: int) -> list[tuple[str, int, int, str]]:
    return [(one.record.value, one.attempt, one.edition, one.reason) for one in kept(desk, ticket)]


def test_a_record_is_closed_by_what_happens_to_the_case() -> None:
    """The register with the first human answer, the rest when the case ends, the archive's own last of all."""
    desk = cases.office()
    ticket = desk.report(cases.REPORT)
    assert listed(desk, ticket) == []
    handling.acknowledge(desk.sits("engineer"), ticket)
    assert listed(desk, ticket) == [("客户咨询/反馈登记表", 1, 1, "")]
    finishing.done(desk.sits("engineer"), ticket, words=cases.CAUSE)
    opinions.solved(desk.sits("reporter"), ticket)
    assert len(listed(desk, ticket)) == 1
    archiving.close(desk.sits("desk"), ticket)
    assert [one[0] for one in listed(desk, ticket)][1:] == ["用户问题反馈及落实情况表", "用户意见反馈表"]
    archiving.archive(desk.sits("archivist"), ticket)
    assert [one[0] for one in listed(desk, ticket)][3:] == ["归档记录"]
    assert {one[2] for one in listed(desk, ticket)} == {1}


def test_what_the_desk_answered_at_once_waits_for_whom_it_is_passed_on_to() -> None:
    """转交部门 is known with 接单: the register is closed whole, and taking the matter up is no correction of it."""
    desk = cases.office()
    matter = reporting.Matter(school_id=desk.school, text=cases.REPORT, reported_at=desk.at)
    reporter = desk.actors["reporter"].person_id
    assert reporter is not None
    ticket = registering.register(desk.sits("desk"), matter, reporter_id=reporter, way="phone", answered="yes").id
    assert listed(desk, ticket) == []
    desk.wait(minutes=5)
    handling.acknowledge(desk.sits("engineer"), ticket)
    assert listed(desk, ticket) == [("客户咨询/反馈登记表", 1, 1, "")]


def test_each_try_at_acceptance_is_closed_with_its_verdict() -> None:
    """The failed one stands beside the one that passed, and what comes later changes neither."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 3)
    found = kept(desk, ticket)
    tries = [one for one in found if one.record is Record.ACCEPTANCE]
    assert [(one.attempt, one.edition, one.number) for one in tries] == [
        (1, 1, "WHYS-2026-000001"),
        (2, 1, "WHYS-2026-000002"),
    ]
    assert {one.edition for one in found} == {1}


def test_a_correction_makes_the_second_edition_and_the_first_stays() -> None:
    """王老师 edits her message after the answer: 第2版 says why, who and when; 第1版 says what it said."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸，在302")
    handling.acknowledge(desk.sits("engineer"), ticket)
    first = kept(desk, ticket)[0]
    customers.correct(desk.sits("reporter"), ticket, words="打印机卡纸，在303")
    second = kept(desk, ticket)[1]
    assert (second.edition, second.reason, second.by and second.by.name) == (2, "更正", "欧阳慕雪")
    assert second.number == first.number == "ZXFK-2026-000001"
    assert second.made_at == desk.at - timedelta(minutes=1)
    texts = [paper_of(one.content).cells["text"] for one in (first, second)]
    assert texts == [Words("打印机卡纸，在302"), Words("打印机卡纸，在303")]
    assert kept(desk, ticket)[0] == first


def test_what_happens_later_and_changes_no_cell_makes_no_edition() -> None:
    """The job may look as often as it likes."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    handling.acknowledge(desk.sits("engineer"), ticket)
    kept(desk, ticket)
    customers.add(desk.sits("reporter"), ticket, words="很急")
    finishing.done(desk.sits("engineer"), ticket, words="好了")
    opinions.not_solved(desk.sits("reporter"), ticket)
    assert [(one.record, one.edition) for one in kept(desk, ticket)] == [(Record.REGISTER, 1)]


def test_what_the_customer_changes_by_consent_is_an_edition_with_that_reason() -> None:
    """Another kind stands on the register from now on, and it says since when."""
    desk = cases.office()
    ticket = desk.report("想加一个导出按钮")
    handling.acknowledge(desk.sits("engineer"), ticket)
    kept(desk, ticket)
    resorting.ask(desk.sits("engineer"), ticket, kind=Kind.CUSTOMISED)
    resorting.consent(desk.sits("reporter"), ticket)
    assert listed(desk, ticket)[1:] == [("客户咨询/反馈登记表", 1, 2, "改类别")]


def test_a_complaint_is_ticked_beside_its_kind() -> None:
    """投诉 is a tick of its own on the register; of one that comes after the answer the second edition has it."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸，我要投诉")
    handling.acknowledge(desk.sits("engineer"), ticket)
    kept(desk, ticket)
    complaining.complain(desk.sits("reporter"), ticket, words="我要投诉，没有人管")
    found = kept(desk, ticket)
    assert [(one.edition, one.reason) for one in found] == [(1, ""), (2, "投诉")]
    kinds = [paper_of(one.content).cells["kind"] for one in found]
    assert kinds == [Chosen(("fault",)), Chosen(("fault", "complaint"))]


def test_a_receipt_answered_is_its_second_edition() -> None:
    """The letter that went out stays as it went out; the slip that came back is the next."""
    desk = cases.office()
    ticket = desk.report("看不到以前的成绩")
    finishing.decline(desk.sits("engineer"), ticket, words=cases.REASON)
    letter = next(one for one in kept(desk, ticket) if one.record is Record.RECEIPT)
    assert paper_of(letter.content).cells["objection"] is Blank.OPEN
    customers.do_not_object(desk.sits("reporter"), ticket)
    found = [one for one in kept(desk, ticket) if one.record is Record.RECEIPT]
    assert [(one.edition, one.reason) for one in found] == [(1, ""), (2, "无异议")]


def test_what_is_printed_before_the_job_ran_is_what_the_job_keeps() -> None:
    """A receipt leaves with its notice, perhaps a moment before it is kept: it must be the same record."""
    desk = cases.office()
    ticket = desk.report("看不到以前的成绩")
    finishing.decline(desk.sits("engineer"), ticket, words=cases.REASON)
    printed = standing(Record.RECEIPT, 1, desk.file(ticket), OFFICE)
    assert not printed.is_kept
    kept_one = next(one for one in kept(desk, ticket) if one.record is Record.RECEIPT)
    again = standing(Record.RECEIPT, 1, desk.file(ticket), OFFICE)
    assert again.is_kept
    assert (again.paper, again.edition) == (printed.paper, printed.edition)
    assert digest(canonical(printed.paper)) == kept_one.digest


def test_a_new_round_opens_the_review_again() -> None:
    """没解决 after 已办结: what was closed stays kept, what is shown is open."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="好了")
    opinions.solved(desk.sits("reporter"), ticket)
    archiving.close(desk.sits("desk"), ticket)
    kept(desk, ticket)
    opinions.not_solved(desk.sits("reporter"), ticket)
    kept(desk, ticket)
    assert standing(Record.REVIEW, 1, desk.file(ticket), OFFICE).edition is None
    finishing.done(desk.sits("engineer"), ticket, words="换了滚轮")
    opinions.solved(desk.sits("reporter"), ticket)
    archiving.close(desk.sits("desk"), ticket)
    found = [
        (one.attempt, one.edition, one.reason) for one in kept(desk, ticket) if one.record is Record.REVIEW
    ]
    assert found == [(1, 1, ""), (1, 2, "办结")]
    opinion = [one for one in kept(desk, ticket) if one.record is Record.OPINION]
    shown = [(one.attempt, one.edition, one.reason) for one in opinion]
    assert shown == [(1, 1, ""), (1, 2, "没解决"), (2, 1, "")]


def test_corrections_at_one_moment_are_an_edition_each() -> None:
    """Two people correct one record and a third another, before any is printed: each stands by its name and reason."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    first = len(kept(desk, ticket))
    together = desk.at
    for person, record, key, text in (
        ("engineer", Record.REVIEW, "scope", "初二年级"),
        ("desk", Record.REVIEW, "scope", "初二年级十二个班"),
        ("lead", Record.OPINION, "measures", "备份改在夜里"),
    ):
        desk.at = together
        form = OFFICE.forms.current(record)
        complete(desk.sits(person), ticket, form, attempt=1, key=key, text=text, reason=f"{key} {person}")
    found = [one for one in kept(desk, ticket)[first:] if one.record is not Record.ARCHIVE]
    assert [(one.record, one.edition, one.reason, one.by and one.by.name) for one in found] == [
        (Record.REVIEW, 2, "scope engineer", "李建国"),
        (Record.REVIEW, 3, "scope desk", "陈静"),
        (Record.OPINION, 2, "measures lead", "陈主管"),
    ]
    scopes = [paper_of(one.content).cells["scope"] for one in found[:2]]
    assert scopes == [Words("初二年级"), Words("初二年级十二个班")]


def test_a_correction_before_the_first_print_leaves_the_first_edition_as_it_was_closed() -> None:
    """The job comes a moment after the case is closed; who corrects in between is in 第2版, not hidden in 第1版."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    form = OFFICE.forms.current(Record.REVIEW)
    sits = desk.sits("engineer")
    complete(sits, ticket, form, attempt=1, key="scope", text="初二年级", reason="漏填")
    found = [one for one in kept(desk, ticket) if one.record is Record.REVIEW]
    assert [(one.edition, one.reason) for one in found] == [(1, ""), (2, "漏填")]
    assert [paper_of(one.content).cells.get("scope") for one in found][1] == Words("初二年级")
    assert paper_of(found[0].content).cells.get("scope") != Words("初二年级")


def test_the_archives_own_record_lists_every_other_with_its_pages_and_digest() -> None:
    """And names the cells that nobody filled (缺项说明), of several tries at acceptance each by its number."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 3)
    found = kept(desk, ticket)
    cover = paper_of(next(one.content for one in found if one.record is Record.ARCHIVE))
    listing = cover.cells["list"]
    assert isinstance(listing, Rows)
    others = [one for one in found if one.record is not Record.ARCHIVE]
    assert {row[2] for row in listing.rows} == {one.number for one in others}
    assert {row[7] for row in listing.rows} == {one.digest[:16] for one in others}
    assert all(int(row[5]) >= 1 for row in listing.rows)
    assert cover.cells["left_out"] == Words(
        "《客户回执》：已作深度维护，不需要\n"
        "《用户问题反馈及落实情况表》：问题类型、原因分析未填\n"
        "《维护任务单》：软件版本、实施前备份、测试情况未填\n"
        "《用户意见反馈表》：处理措施、责任人、完成日期未填\n"
        "《维护验收表》WHYS-2026-000001：软件版本、回归测试、文档更新、整改期限未填\n"
        "《维护验收表》WHYS-2026-000002：软件版本、回归测试、文档更新未填"
    )


def test_sixteen_digits_of_a_digest_stand_on_one_line() -> None:
    """Also of the widest digits, beside the widest names; and whole in the text, for whoever copies it to compare."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    kept(desk, ticket)
    paper = standing(Record.ARCHIVE, 1, desk.file(ticket), OFFICE).paper
    widest = ("100", Record.REVIEW.value, "WHRW-2026-888888", "12", "20261123", "128", "电子", "b" * 16, "更正")
    listing = paper.cells["list"]
    assert isinstance(listing, Rows)
    cells = {**paper.cells, "list": Rows((*listing.rows, widest))}
    pdf = press().pdf(sheet_of(replace(paper, cells=cells), printing()))
    document = pypdfium2.PdfDocument(pdf)
    lines = document[0].get_textpage().get_text_range().splitlines()
    document.close()
    for row in (*listing.rows, widest):
        assert any(row[7] in line and row[2] in line for line in lines), row


def test_a_cover_that_was_closed_on_the_form_before_is_printed_as_it_was() -> None:
    """Twelve digits and 第1版 in its list: what is kept is what is printed, and no edition comes of our new form."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    kept(desk, ticket)
    row = desk.session.scalars(select(RecordEdition).where(RecordEdition.record == Record.ARCHIVE.value)).one()
    today = paper_of(row.content)
    listing = today.cells["list"]
    assert isinstance(listing, Rows)
    rows = Rows(tuple((*one[:3], "第1版", *one[4:7], one[7][:12], one[8]) for one in listing.rows))
    row.content = canonical(replace(today, form=("YN-QR-07", "A/0"), cells={**today.cells, "list": rows}))
    desk.session.flush()
    again = standing(Record.ARCHIVE, 1, desk.file(ticket), OFFICE)
    form = OFFICE.forms.of(Record.ARCHIVE, *again.paper.form)
    assert (again.is_kept, form.version) == (True, "A/0")
    text = text_of(press().pdf(sheet(again.paper, form, printing())))
    for one in listing.rows:
        assert one[7][:12] in text
        assert one[7] not in text


def test_an_empty_cell_is_completed_and_stands_in_the_record() -> None:
    """What nobody said in chat the engineer fills in, as an event, before the record is closed."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="好了")
    form = OFFICE.forms.current(Record.REVIEW)
    complete(desk.sits("engineer"), ticket, form, attempt=1, key="class", text="environment")
    complete(desk.sits("desk"), ticket, form, attempt=1, key="scope", text="仅一台打印机")
    paper = standing(Record.REVIEW, 1, desk.file(ticket), OFFICE).paper
    assert paper.cells["scope"] == Words("仅一台打印机")
    assert '"class":{"chosen":["environment"]' in canonical(paper)


WRONGLY = (
    ("engineer", "engineers", "x", "refused.no_such_cell"),  # of another record
    ("engineer", "promises", "x", "refused.no_such_cell"),  # a table is no one's to write
    ("engineer", "class", "程序", "refused.no_such_option"),
    ("reporter", "scope", "x", "refused.not_yours_to_fill"),
    ("manager", "scope", "x", "refused.not_yours_to_fill"),
)


@pytest.mark.parametrize(("who", "key", "text", "why"), WRONGLY)
def test_only_the_vendors_staff_fill_cells_that_there_are(who: str, key: str, text: str, why: str) -> None:
    """Refused with a sentence, and nothing is written."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    form = OFFICE.forms.current(Record.REVIEW)
    with pytest.raises(Refused) as no:
        complete(desk.sits(who), ticket, form, attempt=1, key=key, text=text)
    assert no.value.said.key == why


def test_after_the_archive_a_correction_needs_its_reason_and_becomes_an_edition() -> None:
    """Nobody rewrites what was sealed; what was wrong is corrected in the open."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    kept(desk, ticket)
    form = OFFICE.forms.current(Record.REVIEW)
    with pytest.raises(Refused) as no:
        complete(desk.sits("desk"), ticket, form, attempt=1, key="scope", text="约六百名学生")
    assert no.value.said.key == "refused.reason_wanted"
    complete(
        desk.sits("desk"), ticket, form, attempt=1, key="scope", text="约六百名学生", reason="影响范围漏填"
    )
    found = [one for one in kept(desk, ticket) if one.record is Record.REVIEW]
    assert [(one.edition, one.reason, one.by and one.by.name) for one in found] == [
        (1, "", "陈静"),
        (2, "影响范围漏填", "陈静"),
    ]


def test_the_failed_try_is_not_changed_by_the_one_that_passed() -> None:
    """The second verdict is the second record's; the first record keeps its own."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    before = [one for one in kept(desk, ticket) if (one.record, one.attempt) == (Record.ACCEPTANCE, 1)]
    assert len(before) == 1
    assert '"chosen":["failed"]' in before[0].content
