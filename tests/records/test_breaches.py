"""违约记录: every broken promise with its entry of the ledger, and no sum twice."""

from dataclasses import replace
from datetime import timedelta

from agreement.words import Promise, Record
from desk import agreeing, handling, planning
from desk.alarming import ring_what_is_due
from desk.case_file import CaseFile
from desk.rulebook import shipped, store_policy
from records.cells import Words
from records.office import Office
from records.papers import project
from storage.tables import Contract
from tests.records import cases

OFFICE = Office()


def breaches(case: CaseFile) -> list[str]:
    cell = project(Record.REVIEW, 1, case, OFFICE).cells["breaches"]
    assert isinstance(cell, Words), cell
    return cell.text.split("\n")


def two_steps_missed(desk: cases.Office, *, penalised: bool) -> CaseFile:
    """A plan of two dated steps that was agreed to, and nobody came."""
    if penalised:
        text = shipped().replace('promises = ["urgent-dispatch"]', 'promises = ["plan-step"]')
        policy = store_policy(desk.session, now=cases.NOW, text=text)
        for contract in desk.session.query(Contract):
            contract.policy_id = policy
        desk.session.flush()
    ticket = desk.report("成绩汇总不对")
    handling.acknowledge(desk.sits("engineer"), ticket)
    steps = [planning.Step(what=what, due_at=desk.at + timedelta(days=1)) for what in ("改存储过程", "逐班核对")]
    free = planning.Fee(mode="free", clause="coverage.in_warranty")
    planning.propose(desk.sits("engineer"), ticket, steps=steps, fee=free)
    agreeing.agree(desk.sits("representative"), ticket)
    desk.wait(days=3)
    while ring_what_is_due(desk.sits("")):
        pass
    return desk.file(ticket)


def test_two_missed_steps_are_one_sum_under_one_number_of_the_ledger() -> None:
    """One entry for each promise and round (agreement §3): beside the second step the sum would read as two."""
    case = two_steps_missed(cases.office(), penalised=True)
    assert len(case.penalties) == 1
    number = case.penalties[0].number
    assert breaches(case) == [
        f"方案步骤 1：逾期；台账第 {number} 号，￥500.00（人民币伍佰元整），可扣",
        f"方案步骤 2：逾期；已计入台账第 {number} 号，不另计金额",
    ]


def test_the_sum_stands_beside_the_clock_that_it_was_booked_for() -> None:
    """Where the first step turned out to be kept, the entry is that of the second."""
    desk = cases.office()
    case = two_steps_missed(desk, penalised=True)
    first, second = (one for one in case.promises if one.promise is Promise.PLAN_STEP)
    assert case.penalties[0].promise_id == first.id
    moved = replace(case, penalties=(replace(case.penalties[0], promise_id=second.id),))
    assert ["￥500.00" in line for line in breaches(moved)] == [False, True]
    unnamed = replace(case, penalties=(replace(case.penalties[0], promise_id=None),))
    assert ["￥500.00" in line for line in breaches(unnamed)] == [True, False]


def test_a_breach_without_a_sum_is_the_vendors_liability() -> None:
    """No number of the ledger is invented for it."""
    case = two_steps_missed(cases.office(), penalised=False)
    assert breaches(case) == [f"方案步骤 {step}：逾期；记为我方责任" for step in (1, 2)]
