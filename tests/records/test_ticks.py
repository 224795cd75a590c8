"""Whether a promise was kept: both options on paper, the chosen one ticked, and how long the clock stood still."""

import pytest

from agreement.words import Record
from desk import customers, handling
from desk.alarming import ring_what_is_due
from desk.case_file import CaseFile
from desk.rulebook import shipped, store_policy
from records.cells import Rows
from records.forms import Form
from records.grid import Grid, Printing
from records.office import Office
from records.papers import project
from records.sheets import sheet
from storage.tables import Contract
from tests.records import cases

OFFICE = Office()
PROMISES = {"故障响应", "故障解决或出方案"}


def results(case: CaseFile, form: Form) -> dict[str, str]:
    """Promise → what that form prints in the last column of its table."""
    paper = project(form.record, 1, case, OFFICE)
    blocks = sheet(paper, form, Printing(at=cases.NOW)).blocks
    rows = [row.boxes for block in blocks if isinstance(block, Grid) for row in block.rows]
    return {boxes[0].text: boxes[-1].text for boxes in rows if boxes[0].text in PROMISES}


def asked_and_answered(desk: cases.Office) -> int:
    """Acknowledged in time; the customer was asked and took 35 minutes, under a contract that pauses for it."""
    text = shipped().replace("pauses = []", 'pauses = ["fault-resolution"]')
    policy = store_policy(desk.session, now=cases.NOW, text=text)
    desk.session.get_one(Contract, 1).policy_id = policy
    desk.session.flush()
    ticket = desk.report("打不开")
    handling.acknowledge(desk.sits("engineer"), ticket)
    handling.ask(desk.sits("engineer"), ticket, words="报什么错？")
    desk.wait(minutes=34)
    customers.add(desk.sits("reporter"), ticket, words="超时")
    return ticket


@pytest.mark.parametrize("record", [Record.REVIEW, Record.WORK_ORDER])
def test_both_options_are_printed_and_the_pause(record: Record) -> None:
    """Never only the chosen word: a reader must see what was not chosen (records §1)."""
    desk = cases.office()
    ticket = asked_and_answered(desk)
    form = OFFICE.forms.current(record)
    assert results(desk.file(ticket), form) == {
        "故障响应": "☑按时　□逾期",
        "故障解决或出方案": "□按时　□逾期\n进行中\n暂停 35 分钟",
    }
    desk.wait(days=1)
    while ring_what_is_due(desk.sits("")):
        pass
    assert results(desk.file(ticket), form)["故障解决或出方案"] == "□按时　☑逾期\n暂停 35 分钟"


@pytest.mark.parametrize(("record", "number"), [(Record.REVIEW, "YN-QR-02"), (Record.WORK_ORDER, "YN-QR-04")])
def test_what_was_closed_on_the_form_before_is_printed_as_it_was(record: Record, number: str) -> None:
    """The options are the form's: the content is the same, and an edition of A/0 keeps its one word."""
    desk = cases.office()
    case = desk.file(asked_and_answered(desk))
    old, new = OFFICE.forms.of(record, number, "A/0"), OFFICE.forms.current(record)
    assert (old.version, new.version) == ("A/0", "A/2")
    assert results(case, old)["故障响应"] == "按时"
    cell = project(record, 1, case, OFFICE).cells["promises"]
    assert isinstance(cell, Rows)
    assert cell.rows[0][-1] == "按时"
