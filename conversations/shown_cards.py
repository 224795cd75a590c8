"""What words mean by a card that was shown: a reply to it, the number of one of its buttons, or the label."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from agreement.words import Role
from conversations import labels, lists, other_words, still_waiting, taps
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.engine.conversation import converse
from conversations.engine.heard import DialogTap
from conversations.engine.kept import Frame
from conversations.exchange import Exchange
from conversations.taking import open_flow, take
from conversations.thanks import CLAUSES
from conversations.understanding import IsReport, names_something, reads_as
from desk.access import ordinal_of
from desk.showing import TicketView, show
from storage.shown import (
    lowest_is_edited,
    newest_has_buttons,
    recently_sent,
    ticket_of_message,
)
from texts.say import say

# What a school decides on a ticket, whoever reported it.
DECIDES: Final = frozenset(
    {"agree", "discuss", "confirm_request", "discuss_request", "no_objection", "object", "consent", "dissent"}
)
RESORTS: Final = frozenset({"consent", "dissent"})  # the reporter decides these too
# Where no number stands beside a button 4 may be meant for ticket #4: what cannot be undone asks for its name.
BY_NAME: Final = frozenset({"withdraw"})
NO_ANSWER: Final = frozenset({"withdraw", "urgent"})  # 3 may be how many there are, also where it stands beside 紧急
# Clauses that decide, but not which of the buttons is meant.
YES_OR_NO: Final = frozenset(
    {"同意", "我同意", "我们同意", "可以", "行", "好的", "好", "没意见", "没有意见", "ok", "yes", "agreed", "fine"}
    | {"不同意", "我不同意", "我们不同意", "不可以", "不行", "不接受", "不要"}
    | {"太贵", "太贵了", "有点贵", "太慢", "太慢了", "太久了", "太晚了"}
    | {"no", "too expensive", "too late", "i disagree", "we disagree"}
)  # fmt: skip
NUMBERS_PRINTED: Final = frozenset({"wechat"})
NO_NUMBERS: Final = frozenset({"done", "solved", "not_solved"})  # flows whose questions for words take no number
PRINTED: Final = re.compile(r"(?P<number>\d{1,2})[.、]? ?(?P<label>\D+)")  # of a folded text


def replied(exchange: Exchange) -> bool:
    """A reply to a card decides without asking."""
    ticket_id = replied_to(exchange)
    if ticket_id is None:
        return False
    open_with_words(exchange, _act_of_reply(exchange), ticket_id)
    return True


def replied_to(exchange: Exchange) -> int | None:
    """The ticket of the message that this one is a reply to."""
    shown = exchange.incoming.shown_id
    return ticket_of_message(exchange.sitting.session, exchange.account_id, shown) if shown else None


def _act_of_reply(exchange: Exchange) -> str:
    actor = exchange.sitting.actor
    if Role.ENGINEER in actor.roles:
        return "answer"
    return "note" if lists.is_vendor(actor) else "add"


def open_with_words(exchange: Exchange, act: str, ticket_id: int, words: str | None = None) -> None:
    """The words, else all that was typed, answer the flow's first question, which need not be asked then."""
    exchange.turnout.ticket_id = ticket_id
    open_flow(exchange, act, str(ticket_id), exchange.heard.emptied)
    if exchange.dialog.top is not None and exchange.dialog.top.flow == act:
        exchange.replies.said.clear()
        heard = exchange.heard if words is None else replace(exchange.heard, text=words)
        take(exchange, converse(exchange.dialog, heard, exchange.stage))


def number_of_card(exchange: Exchange) -> bool:
    """A number means the list as it was shown: without an open question that of the newest card."""
    number = commands.number(exchange.typed)
    data = _numbered(exchange, number) if number else ""
    if not data or (number is not None and _is_asked(exchange, data)):
        return False
    tap = exchange.signer.read(data, exchange.account_id)
    why_not = _asks_for_its_name(exchange, tap) if isinstance(tap, CardTap) else ""
    if isinstance(tap, CardTap) and why_not:
        label, ticket = say(f"label.{tap.act}"), ordinal_of(exchange.sitting, tap.ticket_id)
        exchange.replies.say(why_not, number=ticket, label=label, said=exchange.typed)
    else:
        taps.tapped(exchange, data)
    return True


def _asks_for_its_name(exchange: Exchange, tap: CardTap) -> str:
    """The sentence that does, where the number alone may mean something else; "" where it is the button."""
    if exchange.sitting.actor.channel not in NUMBERS_PRINTED:
        return "list.by_name" if tap.act in BY_NAME else ""
    is_awaited = any(one.waiting for one in exchange.around.own)
    return "list.number_or_answer" if is_awaited and tap.act in NO_ANSWER else ""


def _is_asked(exchange: Exchange, data: str) -> bool:
    """Whether an engineer asked something: 3 answers 几台, and must not make it urgent, nor be a mark. Where the card
    prints numbers it is the list as it was shown (dialogs, rule 3).
    """
    is_card = isinstance(exchange.signer.read(data, exchange.account_id), CardTap)
    prints = is_card and exchange.sitting.actor.channel in NUMBERS_PRINTED
    return not prints and any(one.waiting for one in exchange.around.own)


def _numbered(exchange: Exchange, number: int) -> str:
    """The button of the newest message that this number was printed beside; "" where there is none.

    On a card they are counted; a question that silence put away is read as it was shown: its marks count downwards.
    """
    buttons = [str(data) for _, data, *_ in _newest_buttons(exchange)]
    for data in buttons:
        tap = exchange.signer.read(data, exchange.account_id)
        kept = exchange.dialog.put_away(tap.frame) if isinstance(tap, DialogTap) else None
        if kept is not None and not newest_has_buttons(exchange.sitting.session, exchange.account_id):
            return ""  # something else was talked about since
        if not isinstance(tap, DialogTap) or kept is None or kept.shown is None:
            return buttons[number - 1] if 1 <= number <= len(buttons) else ""
        if dict(kept.shown.numbers).get(str(number)) == tap.key:
            return data
    return ""


def is_number_of_a_newer_card(exchange: Exchange, top: Frame) -> bool:
    """Whether a bare number is of the card below the open question: nobody says 1 when asked what was done.

    Other questions may be answered by a number (并入哪张单, 测了哪些用例), and so may an engineer who waits for one.
    """
    shown, number = top.shown, commands.number(exchange.typed)
    if number is None or shown is None or top.flow not in NO_NUMBERS or str(number) in dict(shown.numbers):
        return False
    if not shown.takes_words or any(one.waiting for one in exchange.around.own):
        return False
    buttons = _newest_buttons(exchange)
    if not 1 <= number <= len(buttons) or lowest_is_edited(exchange.sitting.session, exchange.account_id):
        return False
    return isinstance(exchange.signer.read(str(buttons[number - 1][1]), exchange.account_id), CardTap)


def number_and_label(exchange: Exchange) -> bool:
    """A number and its label as the newest message prints them (`2 转交`) are that button, not ticket 2."""
    found = PRINTED.fullmatch(commands.fold(exchange.typed))
    if found is None or found["label"] not in labels.ACTS:
        return False
    buttons = _newest_buttons(exchange)[int(found["number"]) - 1 :][:1]
    if not buttons or int(found["number"]) == 0 or commands.fold(str(buttons[0][0])) != found["label"]:
        return False
    taps.tapped(exchange, str(buttons[0][1]))
    return True


def label_of_card(exchange: Exchange) -> bool:
    """A label typed as the whole message is the tap on the newest message, where that shows it; 已阅, 一切正常 and
    同意 to a swap also on one above it."""
    folded = commands.fold(exchange.typed)
    if folded not in labels.ACTS.keys() | labels.ANSWERS:
        return False
    newest = next(iter(still_waiting.labelled(exchange.shown[:1], folded)), "")
    sent = recently_sent(exchange.sitting.session, exchange.account_id)
    meant = still_waiting.meant_above(exchange, sent, folded, newest) or newest
    if meant:
        taps.tapped(exchange, meant)
    return bool(meant)


def word_of_card(exchange: Exchange) -> bool:
    """收到 under a card that offers 接单 is its button."""
    acts = other_words.acts_under_a_card(exchange)
    for _, data, *_ in _newest_buttons(exchange) if acts else ():
        tap = exchange.signer.read(str(data), exchange.account_id)
        if isinstance(tap, CardTap) and tap.act in acts:
            taps.tapped(exchange, str(data))
            return True
    return False


def decision_waits(exchange: Exchange) -> bool:
    """A school's words under a plan, a request or a receipt that waits for its word: which answers there are.

    To take them for 商议 or 有异议 would decide for them. 能不能周四之前 sounds like a matter and names none; what
    names a place or a system may be one.
    """
    sounds_so = reads_as(exchange.typed) is IsReport.YES
    if not exchange.sitting.actor.schools() or (sounds_so and names_something(exchange.typed)):
        return False
    ticket = _newest_ticket(exchange)
    waits = _decisions(ticket.offered) if ticket is not None else []
    is_own = ticket is not None and any(one.id == ticket.id for one in exchange.around.own)
    if ticket is None or not waits or (is_own and not RESORTS.issuperset(waits)):
        return False
    _say_what_waits(exchange, ticket, waits)
    if sounds_so:  # whoever meant one must not think that it was filed
        exchange.replies.say("list.no_report_made")
    return True


def is_yes_or_no_to(exchange: Exchange, ticket: TicketView, number: str) -> bool:
    """同意 1, where #1 waits for 同意方案 or 商议: which answers there are."""
    said = commands.fold(exchange.typed).replace(number.lower(), "").strip(" #号单")
    waits = _decisions(ticket.offered) if said in YES_OR_NO else []
    if waits and not {one for one in waits if said in labels.labels_of(one)}:
        _say_what_waits(exchange, ticket, waits)
        return True
    return False


def _say_what_waits(exchange: Exchange, ticket: TicketView, waits: Sequence[str]) -> None:
    exchange.replies.say("list.decision", number=ticket.ordinal, possible=[say(f"label.{act}") for act in waits])


def decision_in_a_word(exchange: Exchange) -> bool:
    """同意 or 太贵了，不行 under a plan, a request or a receipt: which answers there are, whoever reported it."""
    said = {commands.fold(one) for one in CLAUSES.split(exchange.typed) if one.strip()}
    if not said or not said <= YES_OR_NO or any(one.waiting for one in exchange.around.own):
        return False
    ticket = _newest_ticket(exchange)
    waits = _decisions(ticket.offered) if ticket is not None else []
    if ticket is not None and waits:
        _say_what_waits(exchange, ticket, waits)
    return bool(waits)


def _decisions(offered: Sequence[str]) -> list[str]:
    """What waits for a word. A request that was discussed can still be confirmed, and waits for another text."""
    is_discussed = "confirm_request" in offered and "discuss_request" not in offered
    return [act for act in offered if act in DECIDES and not (act == "confirm_request" and is_discussed)]


def _newest_ticket(exchange: Exchange) -> TicketView | None:
    """Of the newest message with buttons, where it is a ticket's card."""
    tap = next((one for one in newest_taps(exchange) if one.act in DECIDES), None)
    return show(exchange.sitting, tap.ticket_id) if tap is not None else None


def newest_taps(exchange: Exchange) -> list[CardTap]:
    """What the buttons of the newest message with buttons do, where it is a card."""
    taps_of_it = (exchange.signer.read(str(data), exchange.account_id) for _, data, *_ in _newest_buttons(exchange))
    return [one for one in taps_of_it if isinstance(one, CardTap)]


def _newest_buttons(exchange: Exchange) -> Sequence[Sequence[str]]:
    """Label, data and style of each, as they were shown."""
    return exchange.shown[0]["buttons"] if exchange.shown else ()
