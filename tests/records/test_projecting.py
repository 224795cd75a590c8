"""From real cases to the cells of their records: everything said stands there, nothing else does."""

from collections.abc import Iterator

import pytest

from agreement.words import Kind, Record
from desk import findings
from desk.case_file import CaseFile
from records.cells import Blank, Cells, Chosen, Rows, Signed, Words
from records.cells import Kind as KindOfCell
from records.fields import FIELDS
from records.forms import Entry
from records.letterhead import Letterhead
from records.office import Office
from records.papers import attempts, canonical, digest, open_cells, paper_of, project
from tests.records import cases

OFFICE = Office(letterhead=Letterhead(vendor="应诺软件技术（江州）有限公司", hotline="400-800-1234"))
FITTING = {
    KindOfCell.TEXT: (Words, Blank),
    KindOfCell.PHONE: (Words, Blank),
    KindOfCell.CHOICE: (Chosen, Blank),
    KindOfCell.TABLE: (Rows, Blank),
    KindOfCell.SIGNATURE: (Signed, Blank),
}


@pytest.fixture(scope="module", params=["settled_at_once", "deep_with_a_failed_acceptance", "not_needed"])
def case(request: pytest.FixtureRequest) -> Iterator[CaseFile]:
    desk = cases.office()
    yield desk.file(getattr(cases, request.param)(desk))
    desk.session.close()


def cells_of(case: CaseFile, record: Record, attempt: int = 1) -> Cells:
    return project(record, attempt, case, OFFICE).cells


def said(cells: Cells, key: str) -> str:
    cell = cells[key]
    assert isinstance(cell, Words), f"{key} is {cell}"
    return cell.text


@pytest.mark.parametrize("record", list(Record))
def test_every_projection_fills_exactly_the_fields_of_its_record(case: CaseFile, record: Record) -> None:
    """Of the right kind each, with options and columns that a form can print, in every case."""
    for attempt in attempts(record, case) or (1,):
        cells = cells_of(case, record, attempt)
        assert set(cells) == set(FIELDS[record])
        for key, cell in cells.items():
            field = FIELDS[record][key]
            assert isinstance(cell, FITTING[field.kind]), key
            if isinstance(cell, Chosen):
                assert set(cell.keys) <= set(field.options), key
            if isinstance(cell, Rows):
                assert {len(row) for row in cell.rows} == {field.columns}, key


def test_a_paper_comes_back_from_what_an_edition_keeps(case: CaseFile) -> None:
    """The canonical content is all there is to a paper, and its digest changes with one letter."""
    for record in Record:
        paper = project(record, 1, case, OFFICE)
        kept = canonical(paper)
        assert paper_of(kept) == paper
        assert canonical(paper_of(kept)) == kept
        assert digest(kept) != digest(kept.replace("江州", "江洲"))


def test_settled_at_once() -> None:
    """(a): the register, the review by the words of 完成, the opinion in the customer's own words."""
    desk = cases.office()
    case = desk.file(cases.settled_at_once(desk))
    register = cells_of(case, Record.REGISTER)
    assert said(register, "text") == cases.REPORT
    assert said(register, "reported_at") == "2026-11-23 14:02"
    assert said(register, "attached").startswith("照片 9 张：成绩录入超时截图-1.jpg、")
    assert register["way"] == Chosen(("wechat",))
    assert said(register, "answered_by") == "李建国"
    assert register["wish"] is Blank.NOT_APPLICABLE
    review = cells_of(case, Record.REVIEW)
    assert review["outcome"] == Chosen(("at_once",))
    assert said(review, "cause") == cases.CAUSE
    assert said(review, "problem").endswith("刚才又试了一次，还是超时，第三次了。")
    assert review["plan"] is Blank.NOT_APPLICABLE
    assert review["breaches"] is Blank.NOTHING
    opinion = cells_of(case, Record.OPINION)
    assert opinion["mark"] == Chosen(("5",))
    assert said(opinion, "words") == cases.OPINION
    assert opinion["customer"] == Signed("欧阳慕雪", "2026年11月23日", "（微信确认 14:17）")


def test_deep_maintenance_with_a_failed_acceptance() -> None:
    """(b): the plan that was agreed, both tries, three signatures by three people, money in capitals."""
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk))
    order = cells_of(case, Record.WORK_ORDER)
    assert said(order, "plan").startswith("第2版\n1. 编写并在测试环境")
    assert order["fee"] == Chosen(("free",), "质保期内（验收起一年）")
    assert order["standard"] == Chosen(("software",))
    assert order["mode"] == Chosen(("on_site",))
    names = [
        cell.name
        for cell in (order["engineer"], order["lead"], order["representative"])
        if isinstance(cell, Signed)
    ]
    assert names == ["李建国", "陈主管", "王秀兰"]
    assert attempts(Record.ACCEPTANCE, case) == (1, 2)
    failed, passed = (cells_of(case, Record.ACCEPTANCE, attempt) for attempt in (1, 2))
    assert failed["verdict"] == Chosen(("failed",), "退回第3步")
    assert said(failed, "problems").startswith("初二（3）班")
    assert passed["verdict"] == Chosen(("passed",))
    assert passed["problems"] is Blank.NOTHING
    review = cells_of(case, Record.REVIEW)
    assert "商议" in said(review, "negotiation")
    assert "验收不通过" in said(review, "rework")
    assert cells_of(case, Record.OPINION)["measures"] is Blank.OPEN


def test_the_cause_is_what_a_technician_found_and_never_the_first_step_of_a_plan() -> None:
    """原因分析 that says what will be done is a cause that nobody found; open, it is named until somebody says it."""
    desk = cases.office()
    fault = desk.report("汇总的平均分算错了")
    cases.propose(desk, fault, fen=0)
    planned = project(Record.REVIEW, 1, desk.file(fault), OFFICE)
    assert planned.cells["cause"] is Blank.OPEN
    assert "原因分析" in [one.label for one in open_cells(planned, OFFICE.forms.current(Record.REVIEW))]
    slowness = desk.report("汇总要算十分钟", kind=Kind.PERFORMANCE)
    findings.find(desk.sits("engineer"), slowness, is_software=True, words="存储过程逐条提交")
    cases.propose(desk, slowness, fen=0)
    cause = said(cells_of(desk.file(slowness), Record.REVIEW), "cause")
    assert cause.endswith("李建国：是软件原因：存储过程逐条提交")
    assert "增加按班级导出" not in cause


def test_a_paid_plan_shows_its_sum_in_figures_and_capitals() -> None:
    """Money on a record is written twice, so that nobody alters it with a pen."""
    desk = cases.office()
    ticket = desk.report("想加一个按班级导出的按钮")
    cases.propose(desk, ticket, fen=140_950)
    review = cells_of(desk.file(ticket), Record.REVIEW)
    assert review["fee"] == Chosen(("paid",), "￥1,409.50（人民币壹仟肆佰零玖元伍角）")


def test_not_needed() -> None:
    """(c): a letter with its reason, until when to object, and the customer's answer on the slip."""
    desk = cases.office()
    case = desk.file(cases.not_needed(desk))
    receipt = cells_of(case, Record.RECEIPT)
    assert said(receipt, "reason") == cases.REASON
    assert said(receipt, "until_at") == "2026-11-30 24:00"
    assert receipt["objection"] == Chosen(("none",))
    review = cells_of(case, Record.REVIEW)
    assert review["type"] is Blank.NOT_APPLICABLE
    assert review["outcome"] == Chosen(("not_needed",))


def test_before_anybody_has_answered_the_cells_are_open_and_named_with_who_owes_them() -> None:
    """Nothing is invented: what is not there yet is a name on a list."""
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    owed = open_cells(paper, OFFICE.forms.current(Record.REGISTER))
    assert [one.label for one in owed] == ["初步答复", "答复人", "答复时间", "转交部门（人）"]
    assert [one.by.value for one in owed] == ["engineer", "engineer", "engineer", "desk"]


def test_silence_is_printed_as_silence() -> None:
    """A customer who never answered has neither solved nor signed anything."""
    desk = cases.office()
    ticket = cases.silent(desk)
    opinion = cells_of(desk.file(ticket), Record.OPINION)
    assert opinion["solved"] == Chosen((), "未答复，按约定视同")
    assert opinion["customer"] is Blank.OPEN
    assert opinion["mark"] is Blank.NOT_APPLICABLE


def test_what_stays_inside_the_house_is_on_no_record(case: CaseFile) -> None:
    """备注 is for colleagues; a record goes to the school."""
    desk = cases.office()
    noted = desk.file(cases.with_a_note(desk))
    for record in Record:
        assert "内部备注" not in canonical(project(record, 1, noted, OFFICE))


def test_a_required_cell_of_every_form_names_somebody_who_can_fill_it() -> None:
    """Owed by a role that exists in the form file; a list without a name helps nobody."""
    for record in Record:
        assert all(part.owed for part in OFFICE.forms.current(record).parts if isinstance(part, Entry))
