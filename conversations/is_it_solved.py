"""好了 or 还是不行 under 请问解决了吗: the two buttons are offered once more, for words alone neither end a matter nor
begin it anew. What says that it fails goes to the engineer at once."""

from collections.abc import Sequence
from typing import Final

from agreement.words import Act
from conversations import late_marks
from conversations.buttons import CardTap
from conversations.engine.messages import Button
from conversations.exchange import Exchange
from conversations.replies import Reply
from conversations.shown_cards import newest_taps
from conversations.thanks import besides_thanks
from conversations.understanding import IsReport, names_something, reads_as, sounds_settled, still_fails
from desk.showing import TicketView, show
from texts.say import say

# Each a whole clause.
SOUNDS_SOLVED: Final = frozenset(
    {"已经好了", "没有问题", "点错了", "按错了"}
    | {"好了", "好啦", "都好了", "修好了", "弄好了", "搞定了", "可以了", "可以用了", "能用了", "能打开了", "好用了"}
    | {"已解决了", "已经解决", "已经解决了", "解决", "是的解决了", "现在可以了", "嗯嗯好了", "能开了", "亮了", "好使了"}
    | {"很好用", "挺好用", "好用", "可以开了", "能上了", "连上了", "能登了", "已经可以了", "已经弄好了", "好着呢"}
    | {"正常了", "恢复了", "恢复正常了", "解决了", "都解决了", "问题解决了", "没问题了", "没问题", "行了", "是", "是的"}
    | {"对", "嗯", "好", "好的", "满意", "很满意", "非常满意", "很好", "不错", "挺好", "挺好的", "ok", "ok了", "okay"}
    | {"yes", "fixed", "it works", "works", "works now", "it works now", "it's fixed", "solved", "all good", "great"}
)  # fmt: skip
ALL_WELL: Final = frozenset(
    {"都正常", "正常", "一切都好", "都好", "都挺好", "没什么问题", "暂时没问题", "都没问题", "没有什么问题", "现在好了"}
    | {"其实没问题", "其实好了", "fine", "all fine", "everything is fine", "no problem", "no problems", "works fine"}
)  # fmt: skip
BARE_NO: Final = frozenset({"没有", "没", "还没", "还没有", "no", "not yet", "still not"})  # under 解决了吗, alone
SOUNDS_UNSOLVED: Final = frozenset(
    {"没好", "还没好", "没解决", "没有解决", "还没解决", "还没有解决", "还是没有解决", "未解决", "没修好", "还没修好"}
    | {"没弄好", "不行", "还不行", "还是不行", "没用", "还是没用"}
    | {"not fixed", "not solved", "still not fixed", "still broken"}
)  # fmt: skip
GOOD: Final = frozenset({"4", "5"})  # marks
ANSWERS: Final = ((Act.SOLVED, "success"), (Act.NOT_SOLVED, "danger"))


def sounds_solved(exchange: Exchange) -> bool:
    """Both answers once more, where the newest card asks; under another card 好的 is said to somebody else."""
    ticket = _asked_about(exchange) if _says_solved(exchange) else None
    if ticket is not None:
        _offer(exchange, ticket, "list.solved_or_not")
    return ticket is not None


def nothing_wrong(exchange: Exchange) -> bool:
    """好了 or 都正常 that answers nothing we asked is no report; below a follow-up its buttons are named."""
    if not _said(exchange) or not _said(exchange) <= SOUNDS_SOLVED | ALL_WELL:
        return False
    asks = late_marks.asks_how_it_goes(exchange)
    if not asks and (exchange.around.own or reads_as(exchange.typed) is IsReport.NO):
        return False
    exchange.replies.say("list.answer_follow_up" if asks else "list.good_news")
    return True


def sounds_unsolved(exchange: Exchange) -> bool:
    """The words go to the engineer, and both answers are offered, where the newest card asks. What names a place or
    a system may be about another matter.
    """
    ticket = _asked_about(exchange) if _says_unsolved(exchange) else None
    if ticket is not None:
        exchange.add_to(ticket.id, exchange.heard.words, exchange.incoming.media)
        _offer(exchange, ticket, "list.not_solved_or")
    return ticket is not None


def answered_of_another(exchange: Exchange, ticket_id: int) -> bool:
    """What was said below 请问解决了吗 of another ticket than this, on which an engineer waits, answers that card."""
    is_said = _says_solved(exchange) or _says_unsolved(exchange)
    if not is_said or not asks_about_another(exchange, ticket_id):
        return False
    return sounds_solved(exchange) or sounds_unsolved(exchange)


def _says_solved(exchange: Exchange) -> bool:
    """解决了，给5分: who gives a good mark says so as well."""
    said = _said(exchange)
    return bool(said) and all(
        one in SOUNDS_SOLVED or sounds_settled(one) or late_marks.mark_in(one) in GOOD for one in said
    )


def _says_unsolved(exchange: Exchange) -> bool:
    said = _said(exchange)
    return (len(said) == 1 and said <= BARE_NO) or fails_again(exchange)


def fails_again(exchange: Exchange) -> bool:
    """Whether the words say that it is not solved, and name nothing else that may be meant."""
    is_said = bool(_said(exchange) & SOUNDS_UNSOLVED) or still_fails(exchange.typed)
    return is_said and not names_something(exchange.typed)


def says_of_another(exchange: Exchange, ticket_id: int) -> bool:
    """好了，谢谢 below 请问解决了吗 of another ticket is said of that one."""
    said = _said(exchange)
    return bool(said) and said <= SOUNDS_SOLVED | SOUNDS_UNSOLVED and asks_about_another(exchange, ticket_id)


def asks_about_another(exchange: Exchange, ticket_id: int) -> bool:
    """Whether the newest card asks 解决了吗 of another ticket than this."""
    asked = _asked_about(exchange)
    return asked is not None and asked.id != ticket_id


def offer_not_solved(exchange: Exchange, ticket_id: int) -> None:
    """An opinion that says it still fails: one tap begins it anew, where that can still be said."""
    ticket = show(exchange.sitting, ticket_id)
    if ticket is not None and Act.NOT_SOLVED in ticket.acts:
        _offer(exchange, ticket, "list.fails_again", ANSWERS[1:])


def _said(exchange: Exchange) -> frozenset[str]:
    """The clauses of what was typed, folded; thanks are none."""
    return besides_thanks(exchange.typed)


def _offer(
    exchange: Exchange, ticket: TicketView, asked: str, answers: Sequence[tuple[Act, str]] = ANSWERS
) -> None:
    text = exchange.replies.worded(say(asked, number=ticket.ordinal, text=ticket.text))
    buttons = tuple(_button(exchange, ticket, act, style) for act, style in answers)
    exchange.replies.add(Reply(text=text, buttons=buttons, ticket_id=ticket.id))


def _asked_about(exchange: Exchange) -> TicketView | None:
    """The ticket whose card stands lowest and shows 已解决, while it can still be said."""
    asked = next((tap for tap in newest_taps(exchange) if tap.act == Act.SOLVED), None)
    ticket = show(exchange.sitting, asked.ticket_id) if asked is not None else None
    return ticket if ticket is not None and {act for act, _ in ANSWERS} <= set(ticket.acts) else None


def _button(exchange: Exchange, ticket: TicketView, act: Act, style: str) -> Button:
    tap = CardTap(act.value, ticket.id, ticket.round)
    data = exchange.signer.card(tap, exchange.sitting.actor.account_id or 0)
    return Button(label=exchange.replies.worded(say(f"label.{act.value}")), data=data, style=style)
