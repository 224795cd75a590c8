"""A number is given once: withdrawn or merged, it stays in the register as 作废, and the row has no holes."""

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from agreement.words import Record, State
from desk import customers, handling, merging, opinions
from desk.case_file import CaseFile
from records.editions import standing
from records.grid import Printing
from records.office import Office
from records.papers import attempts
from records.register_lines import Line
from records.sheets import sheet
from records.writing_xlsx import register
from tests.records import cases

OFFICE = Office()


def first_rows(found: list[CaseFile]) -> list[tuple[object, object]]:
    """(number, edition) of the register's first sheet."""
    lines = []
    for case in found:
        for attempt in attempts(Record.REGISTER, case):
            one = standing(Record.REGISTER, attempt, case, OFFICE)
            lines.append(Line(one.paper, one.edition, cases.NOW, one.is_void))
    made = register(lines, OFFICE.forms, period="11月", made_on=date(2026, 11, 30))
    rows = load_workbook(BytesIO(made)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [(row[0], row[2]) for row in rows]


def test_withdrawn_and_merged_numbers_are_listed_as_void_without_a_hole() -> None:
    """Whoever checks the row of numbers finds each of them, and what became of it."""
    desk = cases.office()
    tickets = [desk.report(text) for text in ("打不开", "按错了", "也打不开", "慢")]
    customers.withdraw(desk.sits("reporter"), tickets[1])
    merging.merge(desk.sits("desk"), tickets[2], into_ordinal=1)
    handling.acknowledge(desk.sits("engineer"), tickets[0])
    found = [desk.file(one) for one in tickets]
    assert [one.state for one in found[1:3]] == [State.CANCELLED.value, State.MERGED.value]
    assert first_rows(found) == [
        ("ZXFK-2026-000001", "第1版"),
        ("ZXFK-2026-000002", "作废"),
        ("ZXFK-2026-000003", "作废"),
        ("ZXFK-2026-000004", "办理中"),
    ]


def test_what_was_closed_before_the_withdrawal_stays_an_edition() -> None:
    """An answer was given and written down: that is not void; what was only begun is."""
    desk = cases.office()
    ticket = desk.report("想加一个按班级导出的按钮")
    handling.acknowledge(desk.sits("engineer"), ticket)
    cases.propose(desk, ticket, fen=140_950)
    customers.withdraw(desk.sits("reporter"), ticket)
    case = desk.file(ticket)
    register_, review = (standing(record, 1, case, OFFICE) for record in (Record.REGISTER, Record.REVIEW))
    assert register_.edition is not None
    assert not register_.is_void
    assert review.is_void


def test_a_void_record_says_so_above_its_table() -> None:
    """Nobody takes it for one that is still worked on."""
    desk = cases.office()
    ticket = desk.report("按错了")
    customers.withdraw(desk.sits("reporter"), ticket)
    one = standing(Record.REGISTER, 1, desk.file(ticket), OFFICE)
    how = Printing(at=cases.NOW, edition=one.edition, is_void=one.is_void)
    assert sheet(one.paper, OFFICE.forms.current(Record.REGISTER), how).number_line == "编号：ZXFK-2026-000001（作废）"


def test_every_number_of_a_kind_is_one_after_the_other() -> None:
    """No act uses a number up without a record that bears it."""
    desk = cases.office()
    for text in ("一", "二", "三"):
        ticket = desk.report(text)
        handling.acknowledge(desk.sits("engineer"), ticket)
        cases.propose(desk, ticket, fen=100)
        if text == "二":
            customers.withdraw(desk.sits("reporter"), ticket)
    done = cases.closable(desk)
    opinions.rate(desk.sits("reporter"), done, mark=5)
    found = [desk.file(number) for number in range(1, done + 1)]
    for record in (Record.REGISTER, Record.REVIEW):
        given = sorted(one.numbers[(record, 1)] for one in found)
        assert [int(one[-6:]) for one in given] == list(range(1, len(found) + 1))
