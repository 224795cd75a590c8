"""What an office expects of every record (records §1): empty cells, the foot, signatures that have company."""

from dataclasses import replace
from itertools import pairwise

import pytest

from agreement.words import Record
from records.cells import Blank, Words
from records.completing import complete
from records.grid import Grid, Ink, Printing, Sheet
from records.papers import Paper, project
from records.sheets import sheet
from tests.records import cases
from tests.records.test_printing import OFFICE, printing
from texts.refused import Refused

FORM = OFFICE.forms.current(Record.WORK_ORDER)


def order() -> Paper:
    desk = cases.office()
    paper = project(Record.WORK_ORDER, 1, desk.file(cases.ordinary(desk)), OFFICE)
    desk.leave()
    return paper


def beside(one: Sheet, label: str) -> str:
    """What stands in the cell behind that label."""
    rows = (row.boxes for block in one.blocks if isinstance(block, Grid) for row in block.rows)
    return next(value.line() for boxes in rows for box, value in pairwise(boxes) if box.text == label)


def test_an_empty_cell_is_a_stroke_once_nothing_can_fill_it_any_more() -> None:
    """／ where it does not apply, 无 where there was nothing; blank while open, and where it had to be filled."""
    paper = order()
    cells = {**paper.cells, "changes": Blank.OPEN, "costs": Blank.NOTHING, "tests": Blank.OPEN}
    filled = replace(paper, cells=cells)
    still, closed = sheet(filled, FORM, Printing(at=cases.NOW)), sheet(filled, FORM, printing())
    labels = ("修改清单", "更换备件/费用", "测试情况")
    assert [beside(still, label) for label in labels] == ["", "无", ""]
    assert [beside(closed, label) for label in labels] == ["／", "无", ""]


def test_the_foot_says_how_long_a_case_is_kept_once_it_is_filed() -> None:
    """《归档记录》 knows it; every other record points there."""
    desk = cases.office()
    case = desk.file(cases.not_needed(desk))
    desk.leave()
    feet = {
        record: sheet(project(record, 1, case, OFFICE), OFFICE.forms.current(record), printing()).kept
        for record in (Record.REGISTER, Record.ARCHIVE)
    }
    assert feet == {
        Record.REGISTER: "保存期限：见《归档记录》",
        Record.ARCHIVE: "保存期限：D10（至2036年12月31日）",
    }


@pytest.mark.parametrize(("remaining", "company"), [("无", ["测试情况", "维护结果"]), ("遗留" * 70, [])])
def test_signatures_take_the_short_rows_above_them_along(remaining: str, company: list[str]) -> None:
    """A page of nothing but names could be put under anything; a long row may be broken, so it stays behind."""
    paper = order()
    one = sheet(replace(paper, cells={**paper.cells, "remaining": Words(remaining)}), FORM, printing())
    last = one.blocks[-1]
    assert isinstance(last, Grid)
    assert last.is_whole
    firsts = [row.boxes[0] for row in last.rows]
    assert [box.text for box in firsts if box.ink is Ink.LABEL] == company
    assert firsts[-1].ink is Ink.SIGNATURE


@pytest.mark.parametrize(("record", "key"), [(Record.OPINION, "mark"), (Record.REGISTER, "contact")])
def test_a_cell_of_the_customers_is_filled_by_nobody_else(record: Record, key: str) -> None:
    """Whoever asks, also where it stands empty: the customer's word, never on their behalf (records §1)."""
    desk = cases.office()
    ticket = cases.silent(desk)
    with pytest.raises(Refused) as no:
        complete(desk.sits("desk"), ticket, OFFICE.forms.current(record), attempt=1, key=key, text="5", reason="代填")
    assert no.value.said.key == "refused.customers_cell"
