"""What each command of the house does, as a whole message or as an entry of a platform's menu."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from conversations import (
    archive_words,
    contract_words,
    duty_taps,
    duty_words,
    ledger_lists,
    lists,
    newcomers,
    page_words,
)
from conversations.care_cards import list_of_calls
from conversations.engine import commands
from conversations.engine.conversation import show_again
from conversations.exchange import Exchange
from conversations.labels import labels_of
from conversations.replies import Reply
from conversations.taking import open_flow, take
from desk import followed_up, knowing, registering, scanned_rooms, speaking, talking
from texts.refused import Refused
from texts.say import say


def report(exchange: Exchange) -> None:
    """报修 begins a report; with one open it is shown again. Whoever has no school to report for is not asked what is
    wrong first: there would be no school to choose afterwards.
    """
    if not knowing.schools(exchange.sitting):
        if lists.is_vendor(exchange.sitting.actor):
            raise Refused("refused.schools_only")
        exchange.replies.say("join.stranger")
        return
    open_flow(exchange, "report", "", exchange.heard.emptied)


def progress(exchange: Exchange) -> None:
    """进度: the person's tickets, each as its card."""
    _require_known(exchange)
    for card, ticket_id in lists.progress(exchange.sitting, exchange.signer):
        exchange.replies.add(Reply(text=card.text, buttons=card.buttons, ticket_id=ticket_id))


def on_duty(exchange: Exchange) -> None:
    """谁在值班, with 换班 and 请假 for the engineers."""
    _require_known(exchange)
    buttons = duty_taps.menu(exchange.sitting.actor, exchange.signer)
    exchange.replies.add(Reply(text=duty_words.on_duty(exchange.sitting), buttons=buttons))


def show_help(exchange: Exchange) -> None:
    """帮助; an open question is shown again below it."""
    exchange.replies.add(Reply(text=lists.help_text(exchange.sitting.actor)))
    if exchange.dialog.top is not None:
        take(exchange, show_again(exchange.dialog, exchange.stage))


def english(exchange: Exchange) -> None:
    """English: written to in English from now on."""
    _speak(exchange, SPEAK["english"])


def chinese(exchange: Exchange) -> None:
    """中文: written to in Chinese from now on."""
    _speak(exchange, SPEAK["chinese"])


def _speak(exchange: Exchange, language: str) -> None:
    """Said in the new language, and once more what is asked, or what a stranger could not read: WeChat tells nobody's
    language."""
    exchange.replies.sitting = speaking.choose(exchange.sitting, language)
    if exchange.dialog.top is not None:
        take(exchange, show_again(exchange.dialog, exchange.stage))
    elif exchange.sitting.actor.person_id is None:
        newcomers.said_again(exchange)
    exchange.replies.begin_with(say("list.language_chosen"))


def human(exchange: Exchange) -> None:
    """转人工: the desk is asked to take over."""
    exchange.replies.say_with_end("talk.waiting", talking.ask_human(exchange.sitting).id)


def end(exchange: Exchange) -> None:
    """结束 where no talk is open."""
    exchange.replies.say("talk.nobody")


def register(exchange: Exchange) -> None:
    """登记: the desk files what came by phone or on paper, or was said in the talk at hand."""
    registering.may_begin(exchange.sitting)
    open_flow(exchange, "register", "", exchange.heard.emptied)


SIGNED_IN: Final = timedelta(minutes=30)  # within it 签到 is the one just said


def sign_in(exchange: Exchange) -> None:
    """签到. The place that was not told the last time is asked for no more: this is another one."""
    earlier = exchange.sitting.now - SIGNED_IN
    for frame in exchange.dialog.frames:
        if frame.flow == "sign_in" and frame.opened_at < earlier:
            exchange.turnout.dialog = exchange.dialog.without(frame, None)
    _of_menu(exchange, "sign_in")


def swap(exchange: Exchange) -> None:
    """换班."""
    _of_menu(exchange, "swap")


def leave(exchange: Exchange) -> None:
    """请假."""
    _of_menu(exchange, "leave")


def leave_back(exchange: Exchange) -> None:
    """销假."""
    _of_menu(exchange, "leave_back")


def calls(exchange: Exchange) -> None:
    """回访: the calls that wait for this person."""
    if not lists.is_vendor(exchange.sitting.actor):
        raise Refused("refused.vendor_only")
    for card in list_of_calls(exchange.sitting, exchange.signer):
        exchange.replies.add(Reply(text=card.text, buttons=card.buttons))


def leave_alone(exchange: Exchange) -> None:
    """免打扰: no follow-ups any more."""
    followed_up.leave_alone(exchange.sitting)
    exchange.replies.say("follow_up.left_alone")


def keep_in_touch(exchange: Exchange) -> None:
    """The contrary."""
    followed_up.keep_in_touch(exchange.sitting)
    exchange.replies.say("follow_up.in_touch")


def ledger(exchange: Exchange) -> None:
    """账本: the deposit and what may be deducted from it."""
    for reply in ledger_lists.ledger(exchange.sitting, exchange.signer):
        exchange.replies.add(reply)


def to_archive(exchange: Exchange) -> None:
    """待归档: what may be archived, and what the others lack."""
    exchange.replies.add(archive_words.waiting(exchange.sitting, exchange.signer))


def archive_all(exchange: Exchange) -> None:
    """全部归档: one message for all of them."""
    exchange.replies.add(archive_words.archived(exchange.sitting))


def register_book(exchange: Exchange) -> None:
    """登记簿: a link to the register of a period."""
    exchange.replies.add(Reply(text=page_words.register_book(exchange.sitting)))


def archive_page(exchange: Exchange) -> None:
    """档案: a link to the catalogue of what is archived."""
    exchange.replies.add(Reply(text=page_words.archive_page(exchange.sitting)))


def contract(exchange: Exchange) -> None:
    """合同: the dates and the deposit, for the school's representative and the vendor."""
    exchange.replies.add(Reply(text=contract_words.contracts(exchange.sitting)))


def _of_menu(exchange: Exchange, flow: str) -> None:
    """签到, 换班, 请假: typed, or tapped under 谁在值班."""
    duty_taps.may_begin(exchange.sitting.actor, flow)
    open_flow(exchange, flow, "", exchange.heard.emptied)


def _require_known(exchange: Exchange) -> None:
    if exchange.sitting.actor.person_id is None and scanned_rooms.scanned_room(exchange.sitting) is None:
        raise Refused("refused.unbound")


RULES: Final[Mapping[str, Callable[[Exchange], None]]] = MappingProxyType(
    {
        "report": report,
        "progress": progress,
        "on_duty": on_duty,
        "help": show_help,
        "english": english,
        "chinese": chinese,
        "human": human,
        "end": end,
        "register": register,
        "sign_in": sign_in,
        "swap": swap,
        "leave": leave,
        "leave_back": leave_back,
        "calls": calls,
        "undisturbed": leave_alone,
        "keep_in_touch": keep_in_touch,
        "ledger": ledger,
        "contract": contract,
        "register_book": register_book,
        "archive_page": archive_page,
        "to_archive": to_archive,
        "archive_all": archive_all,
    }
)
OTHER_WORDS: Final[Mapping[str, str]] = {
    "report": "我要报修 要报修 我想报修 想报修 报修一下 报个修 我报个修 我要报障 报障",
    "progress": "查进度 查看进度 看进度 查一下进度 看看进度 报修进度 我的报修 我的报修单 进展如何",
    "human": "人工 人工客服 找人工 转客服 找客服 联系客服",
    "on_duty": "今天谁值班 谁值班 现在谁值班",
}
COMMANDS: Final = {label: name for name in RULES for label in labels_of(name)}
OTHERS: Final = {word: name for name, listed in OTHER_WORDS.items() for word in listed.split()}
SPEAK: Final[Mapping[str, str]] = {"english": "en", "chinese": "zh"}


def meant(exchange: Exchange) -> str | None:
    """The command that the whole message is.

    中文 where it is Chinese already asks for nothing: whoever was asked for words has said them.
    """
    folded = commands.fold(exchange.typed)
    name = COMMANDS.get(folded) or (None if _are_words_for_another(exchange) else OTHERS.get(folded))
    if SPEAK.get(name or "") == exchange.sitting.actor.language and _are_words_awaited(exchange):
        return None
    return name


def _are_words_awaited(exchange: Exchange) -> bool:
    """By a question, by an engineer, or by the other side of a talk."""
    return exchange.dialog.top is not None or _are_words_for_another(exchange)


def _are_words_for_another(exchange: Exchange) -> bool:
    """人工 may answer what an engineer asked, or be said in a talk; 转人工 is the button."""
    return exchange.around.talk_id is not None or any(one.waiting for one in exchange.around.own)


def command(exchange: Exchange) -> bool:
    """A command as the whole message."""
    name = meant(exchange)
    if name is None:
        return False
    RULES[name](exchange)
    return True
