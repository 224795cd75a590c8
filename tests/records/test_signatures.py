"""The vendor's signatures are confirmations: both of each try at acceptance, both of the hand-over (records §7, §8)."""

import pytest

from agreement.words import Record
from desk.case_file import CaseFile
from records.cells import Cell, Signed
from records.confirmed import lines_under
from records.letterhead import Letterhead
from records.office import Office
from records.papers import project
from tests.records import cases

OFFICE = Office(letterhead=Letterhead(vendor="应诺软件技术（江州）有限公司", hotline="400-800-1234"))


def signature(case: CaseFile, record: Record, attempt: int, who: str) -> Cell:
    return project(record, attempt, case, OFFICE).cells[who]


@pytest.mark.parametrize(("attempt", "verdict"), [(1, "验收不通过"), (2, "验收通过")])
def test_each_try_at_acceptance_names_the_confirmations_of_its_two_people(attempt: int, verdict: str) -> None:
    """Who did the work and who judged it, each with account, digest and number: one of this try, none of the other."""
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk, 2))
    done, judged = lines_under(Record.ACCEPTANCE, attempt, case)
    assert "维护实施人员 李建国（微信" in done
    assert "维护小组负责人 陈主管（微信" in judged
    assert "确认“完成”" in done
    assert f"确认“{verdict}”" in judged
    assert all("内容摘要 SHA-256：" in one and "确认编号：DZQR-" in one for one in (done, judged))


def test_their_cells_say_by_which_channel_as_the_schools_does() -> None:
    """在线确认 is for what has no evidence beside it."""
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk, 2))
    cells = [
        signature(case, Record.ACCEPTANCE, 1, "engineer"),
        signature(case, Record.ACCEPTANCE, 1, "lead"),
        signature(case, Record.WORK_ORDER, 1, "engineer"),
        signature(case, Record.WORK_ORDER, 1, "lead"),
        signature(case, Record.WORK_ORDER, 1, "representative"),
    ]
    assert all(isinstance(one, Signed) and one.how.startswith("（微信确认") for one in cells)


def test_the_hand_over_names_the_confirmations_of_its_two_people() -> None:
    """办结 of the desk hands over, 归档 of the document manager takes over; silence signs nothing."""
    desk = cases.office()
    case = desk.file(cases.settled_at_once(desk))
    closed, archived = lines_under(Record.ARCHIVE, 1, case)
    assert "移交人 陈静（" in closed
    assert "接收人 赵喆（" in archived
    silent = desk.file(cases.silent(desk))
    assert "close" not in {one.event for one in silent.confirmations}


def test_whoever_signed_was_entitled_to_it() -> None:
    desk = cases.office()
    case = desk.file(cases.deep_with_a_failed_acceptance(desk, 2))
    signed = [one for one in case.confirmations if one.event in {"done", "reject", "accept", "close", "archive"}]
    assert [one.event for one in signed] == ["done", "reject", "done", "accept", "close", "archive"]
    assert all(one.is_entitled and one.is_intact for one in signed)
