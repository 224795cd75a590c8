"""What offers the button that confirms shows what it confirms: the card that is shown anew, a message that waited."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from agreement.words import Kind
from conversations import cards
from conversations.buttons import CardTap, Signer
from desk import agreeing, customers, finishing, handling
from desk.showing import TicketView, show
from storage.tables import Outbox
from storage.work import do_last
from tests.records import cases
from tests.records.test_shown_before import proposed, told
from texts.refused import Refused

SIGNER = Signer(b"key")


def seen(desk: cases.Office, ticket: int, person: str = "representative") -> TicketView:
    view = show(desk.sits(person), ticket)
    assert view is not None
    return view


def tap(card: cards.Card, act: str) -> CardTap:
    """What the button of that act carries."""
    taps = [SIGNER.read(one.data, 1) for one in card.buttons]
    return next(one for one in taps if isinstance(one, CardTap) and one.act == act)


def newest(desk: cases.Office, name: str) -> Mapping[str, object]:
    do_last(desk.session)
    bodies = desk.session.scalars(select(Outbox.body).order_by(Outbox.id.desc()))
    return next(one for one in bodies if one.get("notice") == name)


def declined(desk: cases.Office) -> int:
    ticket = desk.report("系统登录不上", kind=Kind.CONSULTATION)
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.decline(desk.sits("engineer"), ticket, words="大写锁定键开着")
    return ticket


def test_a_card_that_takes_the_place_of_the_message_keeps_the_plan_and_its_digits() -> None:
    """紧急 shows every holder's card anew, in the place of the message that asked for the plan."""
    desk = cases.office()
    ticket = proposed(desk)
    digits = told(desk, "plan_to_agree")["digest"]
    customers.declare_urgent(desk.sits("reporter"), ticket)
    view = cards.as_it_asked(seen(desk, ticket), f"内容摘要 {digits}")
    card = cards.notice({"notice": "card"}, view, "zh", desk.at, SIGNER, 1)
    assert "增加按班级导出" in card.text
    assert f"内容摘要 {digits}" in card.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_that_is_asked_for_shows_the_written_request_and_its_digits(language: str) -> None:
    desk = cases.office()
    ticket = desk.report("请增加按班级导出", kind=Kind.CUSTOMISED)
    digits = told(desk, "request_to_confirm")["digest"]
    assert str(digits) in cards.card(seen(desk, ticket), language, desk.at, SIGNER, 1).text


def test_news_of_something_else_shows_the_receipt_that_may_still_be_objected_to() -> None:
    desk = cases.office()
    ticket = declined(desk)
    digits = told(desk, "receipt")["digest"]
    news = {"notice": "engineer_answers", "values": {"engineer": "李工", "words": "请再看一下"}}
    text = cards.notice(news, seen(desk, ticket, "reporter"), "zh", desk.at, SIGNER, 1).text
    assert f"内容摘要 {digits}" in text


def test_the_message_that_asks_does_not_say_it_twice() -> None:
    desk = cases.office()
    ticket = proposed(desk)
    card = cards.notice(newest(desk, "plan_to_agree"), seen(desk, ticket), "zh", desk.at, SIGNER, 1)
    assert card.text.count("内容摘要") == 1


def test_a_message_that_waited_shows_the_version_that_its_button_confirms() -> None:
    """Its platform was away while a newer plan was made: the old words stood above the button of the new plan."""
    desk = cases.office()
    ticket = proposed(desk)
    waited = newest(desk, "plan_to_agree")
    cases.propose(desk, ticket, fen=99_900)
    card = cards.notice(waited, seen(desk, ticket), "zh", desk.at, SIGNER, 1)
    assert tap(card, "agree").extra == "2"
    assert f"内容摘要 {told(desk, 'plan_to_agree')['digest']}" in card.text


def test_a_card_that_takes_the_place_of_the_answer_keeps_the_number_of_the_confirmation() -> None:
    """Acceptance shows every holder's card anew: until 归档 the school's own chat is the second copy."""
    desk = cases.office()
    ticket = proposed(desk)
    agreeing.agree(desk.sits("representative"), ticket)
    answer, card = newest(desk, "you_agreed"), {"notice": "card"}
    kept = told(desk, "you_agreed")
    text = cards.notice(card, seen(desk, ticket), "zh", desk.at, SIGNER, 1, place_of=answer).text
    assert f"电子确认 {kept['confirmed']}，内容摘要 {kept['digest']}" in text
    other = newest(desk, "plan_to_agree")
    assert "内容摘要" not in cards.notice(card, seen(desk, ticket), "zh", desk.at, SIGNER, 1, place_of=other).text


def test_a_plan_does_not_hide_the_written_request_that_still_waits() -> None:
    """同意方案 and 确认提交 stand below one card: each binds to words of its own."""
    desk = cases.office()
    ticket = desk.report("请增加按班级导出", kind=Kind.CUSTOMISED)
    request = told(desk, "request_to_confirm")["digest"]
    cases.propose(desk, ticket, fen=12_050)
    plan = told(desk, "plan_to_agree")["digest"]
    card = cards.notice(newest(desk, "plan_to_agree"), seen(desk, ticket), "zh", desk.at, SIGNER, 1)
    assert {tap(card, "agree").extra, tap(card, "confirm_request").extra} == {"1"}
    for digits in (request, plan):
        assert card.text.count(f"内容摘要 {digits}") == 1
        assert str(digits) in cards.card(seen(desk, ticket), "zh", desk.at, SIGNER, 1).text
    left = cards.as_it_asked(seen(desk, ticket), f"内容摘要 {request}").asked_for
    assert [one.values["digest"] for one in left] == [request]


def test_who_may_not_confirm_is_not_asked_to() -> None:
    desk = cases.office()
    ticket = proposed(desk)
    assert "内容摘要" not in cards.card(seen(desk, ticket, "reporter"), "zh", desk.at, SIGNER, 1).text


def test_the_button_of_an_earlier_receipt_says_nothing_to_a_later_one() -> None:
    """Another reason is another receipt: the button below the first was never shown the second."""
    desk = cases.office()
    ticket = declined(desk)
    card = cards.card(seen(desk, ticket, "reporter"), "zh", desk.at, SIGNER, 1)
    first = {int(tap(card, act).extra) for act in ("no_objection", "object")}
    customers.object_to(desk.sits("reporter"), ticket, words="没有开着")
    finishing.decline(desk.sits("engineer"), ticket, words="键盘没有插好")
    with pytest.raises(Refused, match="other_receipt"):
        customers.do_not_object(desk.sits("reporter"), ticket, finding=first.pop())
    assert not first
