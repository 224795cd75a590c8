"""What an office has every week fits a page; what was closed on the form before is printed as it was."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from agreement.words import Record
from desk.case_file import CaseFile
from desk.planning import Fee
from records.cells import Rows
from records.confirmed import lines_under
from records.forms import Form
from records.grid import Grid, Ink, Printing, Sheet
from records.papers import Edition, attempts, project
from records.register_lines import Line
from records.sheets import sheet
from records.writing_docx import docx
from records.writing_pdf import pages, press
from records.writing_xlsx import register
from tests.records import cases
from tests.records.test_printing import OFFICE, printing, text_of
from tests.records.test_writing import bare

FORMS = OFFICE.forms
IN_HEADS: Mapping[Record, frozenset[str]] = {
    # tables whose label stands in a head, and no band above
    Record.WORK_ORDER: frozenset({"服务时限", "维护实施记录"}),
    Record.REVIEW: frozenset({"承诺落实"}),
}


def closed(case: CaseFile, form: Form) -> Sheet:
    """The record on that form, with all that stands on the paper of a closed one."""
    edition = Edition(number=1, reason="", by="陈静", made_at=cases.NOW)
    how = Printing(
        at=cases.NOW,
        edition=edition,
        verify_url="https://desk.example/console/verify/WHRW-2026-000001",
        under=lines_under(form.record, 1, case),
    )
    return sheet(project(form.record, 1, case, OFFICE), form, how)


def of_ordinary(form: Form, steps: int = 2) -> Sheet:
    desk = cases.office()
    made = closed(desk.file(cases.ordinary(desk, steps)), form)
    desk.leave()
    return made


@pytest.mark.parametrize("fee", [cases.FREE, cases.PAID], ids=["free", "paid"])
@pytest.mark.parametrize("steps", [1, 2])
def test_every_record_of_an_ordinary_case_is_one_page(steps: int, fee: Fee) -> None:
    """Signatures on a page of their own are signatures under nothing."""
    desk = cases.office()
    case = desk.file(cases.ordinary(desk, steps, fee))
    made = {record: closed(case, FORMS.current(record)) for record in Record if attempts(record, case)}
    assert {Record.REVIEW, Record.WORK_ORDER, Record.ACCEPTANCE} <= set(made)
    assert {record: pages(press().pdf(one)) for record, one in made.items()} == dict.fromkeys(made, 1)


def test_the_work_order_has_room_for_two_entries_of_two_lines() -> None:
    """A page that is full to the last line is two pages at the next longer word."""
    desk = cases.office()
    case = desk.file(cases.ordinary(desk))
    desk.leave()
    paper = project(Record.WORK_ORDER, 1, case, OFFICE)
    log = paper.cells["log"]
    assert isinstance(log, Rows)
    longer = Rows(tuple((row[0], row[1], row[2] * 2, row[3]) for row in log.rows))
    one = closed(case, FORMS.current(Record.WORK_ORDER))
    how = Printing(at=cases.NOW, edition=printing().edition, under=one.under[:1], verify_url=one.verify_url)
    cells = {**paper.cells, "log": longer}
    more = sheet(replace(paper, cells=cells), FORMS.current(Record.WORK_ORDER), how)
    assert pages(press().pdf(more)) == 1


BEFORE = (
    (Record.WORK_ORDER, "YN-QR-04", "实施内容"),
    (Record.REVIEW, "YN-QR-02", "审核意见"),
)


@pytest.mark.parametrize(("record", "number", "said"), BEFORE)
def test_what_was_closed_on_a_1_keeps_its_two_pages(record: Record, number: str, said: str) -> None:
    """Its margins, its bands and its words: the print that was sealed must come out of the press again."""
    form = FORMS.of(record, number, "A/1")
    one = of_ordinary(form)
    pdf = press().pdf(one)
    assert (form.version, pages(pdf), one.margins) == ("A/1", 2, (24, 22))
    bands = {box.text for block in one.blocks if isinstance(block, Grid) for row in block.rows for box in row.boxes}
    assert said in bands
    assert IN_HEADS[record] <= bands


@pytest.mark.parametrize("record", list(IN_HEADS))
def test_a_label_that_a_head_bears_is_printed_once(record: Record) -> None:
    """On paper and in Word: as the head of its column, with no band above; the other tables keep theirs."""
    one = of_ordinary(FORMS.current(record))
    rows = [row for block in one.blocks if isinstance(block, Grid) for row in block.rows]
    heads = [box.text for row in rows if row.repeats for box in row.boxes if box.ink is Ink.HEAD]
    assert IN_HEADS[record] <= set(heads)
    printed = bare(text_of(press().pdf(one)))
    with zipfile.ZipFile(io.BytesIO(docx(one))) as archive:
        word = bare(re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode()))
    for label in IN_HEADS[record]:
        assert (label, printed.count(label), word.count(label)) == (label, 1, 1)


def test_a_table_says_its_label_above_where_the_form_says_nothing() -> None:
    """验收项目 is a head of its table too, and its band stays: forms that are there print what they printed."""
    one = of_ordinary(FORMS.current(Record.ACCEPTANCE))
    assert bare(text_of(press().pdf(one))).count("验收项目") == 2


@pytest.mark.parametrize("record", list(IN_HEADS))
def test_the_register_names_its_columns_by_the_labels(record: Record) -> None:
    """A table is one column there, wherever its label stands on paper."""
    desk = cases.office()
    paper = project(record, 1, desk.file(cases.ordinary(desk)), OFFICE)
    line = Line(paper, printing().edition, cases.NOW)
    made = register([line], FORMS, period="2026年11月", made_on=date(2026, 11, 30))
    page = openpyxl.load_workbook(io.BytesIO(made))[record.value]
    assert IN_HEADS[record] <= {str(cell.value) for cell in page[1]}
