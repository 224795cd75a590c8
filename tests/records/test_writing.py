"""The other two formats: a Word file to edit and the register of a period; read back by other libraries."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx as python_docx
import openpyxl
import pytest
from docx.shared import Mm

from agreement.words import Record
from records.grid import Copy
from records.papers import attempts, project
from records.reading_forms import Forms
from records.register_lines import Line
from records.writing_docx import docx
from records.writing_xlsx import register
from tests.records import cases
from tests.records.test_printing import CASES, HOSTILE, OFFICE, printing, sheet_of, written

DAY = date(2026, 11, 30)


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", CASES)
def test_a_word_file_says_what_the_record_says(name: str) -> None:
    """The same grid: every text of the sheet stands in the document, in header and footer too."""
    desk = cases.office()
    case = desk.file(getattr(cases, name)(desk))
    for record in Record:
        for attempt in attempts(record, case):
            one = sheet_of(project(record, attempt, case, OFFICE), printing())
            made = docx(one)
            with zipfile.ZipFile(io.BytesIO(made)) as archive:
                parts = [archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")]
            found = bare(re.sub(r"<[^>]+>", "", "".join(parts)).replace("&amp;", "&"))
            for text in written(one):
                assert bare(text).replace("<", "&lt;").replace(">", "&gt;") in found, text
            assert docx(one) == made


def test_a_word_file_opens_with_its_tables_heads_and_page_fields() -> None:
    """Read back by the library: heads that repeat, rows that hold together, A4."""
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk))
    one = sheet_of(project(Record.WORK_ORDER, 1, case, OFFICE), printing())
    document = python_docx.Document(io.BytesIO(docx(one)))
    section = document.sections[0]
    sizes = (section.page_width or 0, section.page_height or 0)
    assert [round(one / Mm(1)) for one in sizes] == [210, 297]
    assert "PAGE" in section.footer._element.xml
    assert "NUMPAGES" in section.footer._element.xml
    assert len(document.tables) == len(one.blocks)
    xml = document.element.body.xml
    assert xml.count("<w:tblHeader/>") == 2  # two tables, whose heads bear their labels
    assert "<w:cantSplit/>" in xml
    assert {len(row.cells) for table in document.tables for row in table.rows} == {24}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_customer_writes_opens_in_both_formats(name: str) -> None:
    """Control characters, formulas and markup are text or nothing; the files open."""
    desk = cases.office()
    case = replace(desk.file(desk.report("x")), text=HOSTILE[name])
    paper = project(Record.REGISTER, 1, case, OFFICE)
    python_docx.Document(io.BytesIO(docx(sheet_of(paper, printing()))))
    made = register([Line(paper, printing().edition, cases.NOW)], OFFICE.forms, period="11月", made_on=DAY)
    page = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    heads = [str(cell.value) for cell in page[1]]
    cell = page.cell(2, heads.index("内容描述") + 1)
    assert cell.data_type == "s"
    if name == "a formula":
        assert cell.value == "=1+1"


@pytest.mark.parametrize("title", ["维护任务单", "'意见'", "[]", "一" * 40, "😀" * 20, "History", "Form"])
def test_a_customers_title_names_a_sheet_whatever_it_is(title: str) -> None:
    """Two forms of one title, or one in quotes, would be no workbook at all."""
    current = [OFFICE.forms.current(record) for record in Record]
    theirs = {Record.OPINION: title, Record.RECEIPT: title.lower()}
    own = [replace(one, title=theirs[one.record], version="B/0") for one in current if one.record in theirs]
    made = register([], Forms(current, own), period="11月", made_on=DAY)
    assert len(openpyxl.load_workbook(io.BytesIO(made)).sheetnames) == len(Record)


def test_the_register_of_a_period_has_a_sheet_for_each_kind_and_a_line_for_each_record() -> None:
    """Numbers, editions, chosen words; phones masked on a copy that leaves the house; the same bytes again."""
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk, 3))
    lines = [
        Line(project(record, attempt, case, OFFICE), printing().edition, cases.NOW)
        for record in Record
        for attempt in attempts(record, case)
    ]
    made = register(lines, OFFICE.forms, period="2026年11月", made_on=DAY, copy=Copy.OUTSIDE)
    assert register(lines, OFFICE.forms, period="2026年11月", made_on=DAY, copy=Copy.OUTSIDE) == made
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [page.max_row - 1 for page in book.worksheets] == [1, 1, 0, 1, 1, 2, 1]
    register_page = book["客户咨询、反馈登记表"]
    row = dict(
        zip([one.value for one in register_page[1]], [one.value for one in register_page[2]], strict=True)
    )
    assert row["编号"] == row["登记编号"] == "ZXFK-2026-000001"
    assert row["版次"] == "第1版"
    assert row["联系电话"] == "138****8000"
    assert row["紧急程度"].startswith("紧急")
    assert row["期望解决时间"] == "／"
