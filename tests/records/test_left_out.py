"""缺项说明: a reader of the case file is told what is not in it, and why."""

from collections.abc import Callable

import pytest

from agreement.words import Kind, Record, Role
from desk import archiving, finishing, handling, remembering
from records.cells import Cell, Words
from records.completing import empty_cells
from records.office import Office
from records.papers import project
from tests.records import cases

OFFICE = Office()


def left_out(desk: cases.Office, ticket: int) -> list[str]:
    """The lines of the cover, but for those of open cells."""
    cases.close_records(desk, OFFICE)
    cell: Cell = project(Record.ARCHIVE, 1, desk.file(ticket), OFFICE).cells["left_out"]
    assert isinstance(cell, Words), cell
    return [line for line in cell.text.split("\n") if not line.endswith("未填")]


def deep(desk: cases.Office) -> int:
    return cases.deep_with_a_failed_acceptance(desk, 2)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (cases.settled_at_once, "《客户回执》《维护任务单》《维护验收表》：即时处理，不需要"),
        (deep, "《客户回执》：已作深度维护，不需要"),
        (cases.not_needed, "《维护任务单》《用户意见反馈表》《维护验收表》：经审核不需要维护，不需要"),
    ],
)
def test_records_that_the_outcome_does_not_need_are_named_with_the_reason(
    make: Callable[[cases.Office], int], said: str
) -> None:
    """A gap in a file that nobody explains looks like a loss."""
    desk = cases.office()
    assert left_out(desk, make(desk)) == [said]


def test_a_user_who_never_answered_is_named_with_how_often_they_were_asked() -> None:
    """Silence is recorded, not invented (records §6)."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    finishing.done(desk.sits("engineer"), ticket, words="已取出卡纸")
    for _ in range(10):
        desk.wait(days=1)
        while remembering.remember_what_is_due(desk.sits("")):
            pass
    archiving.archive(desk.sits("archivist"), ticket)
    assert left_out(desk, ticket)[1:] == ["《用户意见反馈表》：用户未答复，已提醒 2 次"]


def test_a_user_who_gave_no_mark_is_named() -> None:
    """已解决 is an answer; the mark is not filled in for anybody."""
    desk = cases.office()
    ticket = cases.closable(desk)
    archiving.close(desk.sits("desk"), ticket)
    archiving.archive(desk.sits("archivist"), ticket)
    assert "《用户意见反馈表》：用户答复已解决，未评分" in left_out(desk, ticket)


def test_a_receipt_that_nobody_answered_is_named() -> None:
    """No answer is not consent: the slip did not come back."""
    desk = cases.office()
    ticket = desk.report("看不到以前学期的成绩", kind=Kind.CONSULTATION)
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.decline(desk.sits("engineer"), ticket, words=cases.REASON)
    desk.wait(days=8)
    while remembering.remember_what_is_due(desk.sits("")):
        pass
    archiving.archive(desk.sits("archivist"), ticket)
    assert left_out(desk, ticket)[1:] == ["《客户回执》：客户未答复，截至 2026-11-30 24:00 未收到异议"]


def test_the_archives_own_empty_cells_are_named_once_it_is_sealed() -> None:
    """Where no maintenance was needed nobody closes the case, so nobody handed it over: the desk owes that word."""
    desk = cases.office()
    ticket = cases.not_needed(desk)
    case = desk.file(ticket)
    assert Record.ARCHIVE not in {one.record for one in empty_cells(case, OFFICE)}  # it fills itself until then
    cases.close_records(desk, OFFICE)
    of_archive = [one for one in empty_cells(desk.file(ticket), OFFICE) if one.record is Record.ARCHIVE]
    assert [(one.key, one.by, one.by_hand) for one in of_archive] == [("hands_over", Role.DESK, False)]
