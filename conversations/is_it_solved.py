"""好了 under 请问解决了吗: which of the two buttons is meant is asked, for words alone never end a matter."""

from typing import Final

from agreement.words import Act
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.engine.messages import Button
from conversations.exchange import Exchange
from conversations.replies import Reply
from conversations.shown_cards import newest_taps
from conversations.thanks import CLAUSES, THANKS
from desk.showing import TicketView, show
from texts.say import say

# Each a whole clause. What says that something is still wrong is none: it goes to the engineer as words.
SOUNDS_SOLVED: Final = frozenset(
    {"好了", "好啦", "都好了", "修好了", "弄好了", "搞定了", "可以了", "可以用了", "能用了", "能打开了", "好用了"}
    | {"正常了", "恢复了", "恢复正常了", "解决了", "都解决了", "问题解决了", "没问题了", "没问题", "行了", "是", "是的"}
    | {"对", "嗯", "好", "好的", "满意", "很满意", "非常满意", "很好", "不错", "挺好", "挺好的", "ok", "ok了", "okay"}
    | {"yes", "fixed", "it works", "works", "works now", "it works now", "it's fixed", "solved", "all good", "great"}
)  # fmt: skip
ANSWERS: Final = ((Act.SOLVED, "success"), (Act.NOT_SOLVED, "danger"))


def sounds_solved(exchange: Exchange) -> bool:
    """Both answers once more, where the newest card asks; under another card 好的 is said to somebody else."""
    said = {commands.fold(one) for one in CLAUSES.split(exchange.typed) if one.strip()} - THANKS
    if not said or not said <= SOUNDS_SOLVED:
        return False
    ticket = _asked_about(exchange)
    if ticket is None:
        return False
    text = exchange.replies.worded(say("list.solved_or_not", number=ticket.ordinal, text=ticket.text))
    buttons = tuple(_button(exchange, ticket, act, style) for act, style in ANSWERS)
    exchange.replies.add(Reply(text=text, buttons=buttons, ticket_id=ticket.id))
    return True


def _asked_about(exchange: Exchange) -> TicketView | None:
    """The ticket whose card stands lowest and shows 已解决, while it can still be said."""
    asked = next((tap for tap in newest_taps(exchange) if tap.act == Act.SOLVED), None)
    ticket = show(exchange.sitting, asked.ticket_id) if asked is not None else None
    return ticket if ticket is not None and {act for act, _ in ANSWERS} <= set(ticket.acts) else None


def _button(exchange: Exchange, ticket: TicketView, act: Act, style: str) -> Button:
    tap = CardTap(act.value, ticket.id, ticket.round)
    data = exchange.signer.card(tap, exchange.sitting.actor.account_id or 0)
    return Button(label=exchange.replies.worded(say(f"label.{act.value}")), data=data, style=style)
