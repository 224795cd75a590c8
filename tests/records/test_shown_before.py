"""The message that asks for a word shows the digest's first digits; the record prints the same ones after it (§9.2)."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from agreement.words import Kind, Record
from desk import agreeing, customers, finishing, handling, planning, requests, resorting
from records.confirmed import lines_under
from storage.tables import Outbox, PlanStep, Ticket
from storage.work import do_last
from tests.records import cases

Values = Mapping[str, object]


def told(desk: cases.Office, notice: str) -> Values:
    """What the newest message of that name is made of."""
    do_last(desk.session)
    bodies = desk.session.scalars(select(Outbox.body).order_by(Outbox.id.desc()))
    return next(dict(one["values"]) for one in bodies if one.get("notice") == notice)


def printed(desk: cases.Office, ticket: int, record: Record) -> str:
    return "\n".join(lines_under(record, 1, desk.file(ticket)))


def proposed(desk: cases.Office) -> int:
    ticket = desk.report("打印机卡纸")
    handling.acknowledge(desk.sits("engineer"), ticket)
    cases.propose(desk, ticket, fen=12_050)
    return ticket


def test_a_plan_is_agreed_to_under_the_digits_that_stood_in_the_message() -> None:
    desk = cases.office()
    ticket = proposed(desk)
    shown = told(desk, "plan_to_agree")
    agreeing.agree(desk.sits("representative"), ticket)
    assert shown["case"] == desk.session.get_one(Ticket, ticket).number
    assert len(str(shown["digest"])) == 8
    assert f"SHA-256：{shown['digest']}" in printed(desk, ticket, Record.WORK_ORDER)
    answer = told(desk, "you_agreed")
    assert answer["digest"] == shown["digest"]
    assert answer["confirmed"] == "DZQR-2026-000001"
    assert "确认编号：DZQR-2026-000001" in printed(desk, ticket, Record.WORK_ORDER)


def test_a_step_that_was_changed_under_the_message_is_told_by_the_digits() -> None:
    """No act changes a version; whoever does it in the tables is found by the message in the school's chat."""
    desk = cases.office()
    ticket = proposed(desk)
    shown = told(desk, "plan_to_agree")
    desk.session.scalars(select(PlanStep)).one().what = "什么也不做"
    agreeing.agree(desk.sits("representative"), ticket)
    assert str(shown["digest"]) not in printed(desk, ticket, Record.WORK_ORDER)


def test_a_receipt_is_not_objected_to_under_the_digits_that_it_bore() -> None:
    desk = cases.office()
    ticket = desk.report("系统登录不上", kind=Kind.CONSULTATION)
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.decline(desk.sits("engineer"), ticket, words="大写锁定键开着")
    shown = told(desk, "receipt")
    customers.do_not_object(desk.sits("reporter"), ticket)
    assert f"SHA-256：{shown['digest']}" in printed(desk, ticket, Record.RECEIPT)


def test_a_written_request_is_confirmed_under_the_digits_that_stood_in_the_message() -> None:
    desk = cases.office()
    ticket = desk.report("请增加按班级导出", kind=Kind.CUSTOMISED)
    shown = told(desk, "request_to_confirm")
    assert shown["case"] == desk.session.get_one(Ticket, ticket).number
    requests.confirm_request(desk.sits("representative"), ticket)
    assert told(desk, "you_confirmed_request")["digest"] == shown["digest"]


def test_a_representative_named_later_is_shown_the_same_digits() -> None:
    desk = cases.office()
    proposed(desk)
    shown = told(desk, "plan_to_agree")
    person = desk.actors["representative"].person_id
    assert person is not None
    planning.offer_open_plans(desk.sits("desk"), school_id=desk.school, person_id=person)
    again = told(desk, "plan_to_agree")
    assert (again["case"], again["digest"]) == (shown["case"], shown["digest"])


@pytest.mark.parametrize("fen", [0, 12_050])
def test_a_plan_of_before_the_school_was_known_is_put_before_the_school(fen: int) -> None:
    """Whoever speaks for it had heard of nothing: the plan waited for a word that nobody was asked for."""
    desk = cases.office()
    ticket = desk.report("打印机卡纸")
    desk.session.get_one(Ticket, ticket).school_id = None
    desk.session.flush()
    handling.acknowledge(desk.sits("engineer"), ticket)
    cases.propose(desk, ticket, fen=fen)
    resorting.settle_school(desk.sits("desk"), ticket, school_id=desk.school)
    shown = told(desk, "plan_to_agree")
    agreeing.agree(desk.sits("representative"), ticket)
    assert told(desk, "you_agreed")["digest"] == shown["digest"]


def test_the_same_plan_for_another_case_has_other_digits() -> None:
    """What was agreed to for one case is not to be shown for another."""
    desk = cases.office()
    at = desk.at
    digits = set()
    for _ in range(2):
        desk.at = at
        proposed(desk)
        digits.add(told(desk, "plan_to_agree")["digest"])
    assert len(digits) == 2
