"""准了 or 不行 to a swap or to leave: colleagues answer each other in words, and what waits stands above them.

Weak words (好的, 行) are said to whatever stands lowest, so they count there only; words that agree to a swap or to
leave and to nothing else are looked for in the last few messages, like 同意 itself (`still_waiting.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Final

from conversations import duty_taps, still_waiting
from conversations.buttons import CardTap
from conversations.exchange import Exchange
from conversations.replies import Reply
from conversations.thanks import besides_thanks
from storage.shown import Shown, newest_has_buttons, recently_sent
from texts.say import say

SHORT: Final = 12  # characters; more are said to somebody about something
# Each a whole clause, folded.
YES: Final = frozenset(
    {"好", "好的", "好啊", "好呀", "行", "行的", "行啊", "可以", "可以的", "没问题", "没有问题", "没意见"}
    | {"我同意", "嗯", "同意", "ok", "okay", "yes", "sure", "fine", "agreed"}
)  # fmt: skip
NO: Final = frozenset(
    {"不行", "不可以", "不同意", "我不同意", "不好", "不方便", "没空", "没时间", "拒绝", "no", "can't", "cannot"}
)
# What is said of nothing else: (act, its words).
PLAINLY: Final[Mapping[str, frozenset[str]]] = {
    "swap_yes": frozenset({"同意换班", "可以换班", "可以换", "我替你", "我替您", "我来值", "换吧"}),
    "swap_no": frozenset({"不同意换班", "拒绝换班", "不换", "不换班", "不能换", "换不了"}),
    "leave_yes": frozenset({"准了", "准假", "批准", "批了", "同意请假", "同意休假", "准假了"}),
    "leave_no": frozenset({"不准", "不批", "不准假", "不批准", "不同意请假", "拒绝请假"}),
}
WEAKLY: Final[Mapping[str, frozenset[str]]] = {"swap_yes": YES, "swap_no": NO, "leave_yes": YES, "leave_no": NO}
ANY: Final = frozenset().union(*PLAINLY.values(), *WEAKLY.values())


def answered(exchange: Exchange) -> bool:
    """The words are the answer that a swap or leave waits for."""
    said = besides_thanks(exchange.typed)
    meant = _meant(exchange, said) if said and said <= ANY and not _is_asked(exchange) else None
    if meant is not None:
        duty_taps.ANSWERS[meant.act](exchange.sitting, meant.ticket_id)
    return meant is not None


def wanted(exchange: Exchange) -> bool:
    """A few words below a swap or leave that waits, and no answer to it: what it is, with both answers once more."""
    if not exchange.typed or len(exchange.typed) > SHORT:
        return False
    lowest = exchange.shown[:1] if _may_be_asked(exchange) else ()
    tap = next((one for one in _offered(exchange, lowest) if _waits(exchange, one)), None)
    if tap is None:
        return False
    notice = next(one for one, acts in duty_taps.UNDER.items() if tap.act in acts)
    actor = exchange.sitting.actor
    buttons = duty_taps.under(notice, tap.ticket_id, actor.language, exchange.signer, exchange.account_id)
    exchange.replies.add(Reply(text=exchange.replies.worded(say(f"duty.{notice}")), buttons=buttons))
    return True


def _meant(exchange: Exchange, said: frozenset[str]) -> CardTap | None:
    """What is plainly named, that which waits first, else to be told what became of it; or what stands lowest."""
    if not _may_be_asked(exchange):
        return None
    if any(said & words for words in PLAINLY.values()):
        sent = recently_sent(exchange.sitting.session, exchange.account_id)
        plainly = [one for one in _offered(exchange, sent) if said <= PLAINLY[one.act] | WEAKLY[one.act]]
        plainly = [one for one in plainly if said & PLAINLY[one.act]]
        return next((one for one in plainly if _waits(exchange, one)), plainly[0] if plainly else None)
    lowest = [one for one in _offered(exchange, exchange.shown[:1]) if said <= WEAKLY[one.act]]
    if not lowest or not newest_has_buttons(exchange.sitting.session, exchange.account_id):
        return None
    return next((one for one in lowest if _waits(exchange, one)), None)


def _may_be_asked(exchange: Exchange) -> bool:
    """Nobody else is asked of the database for these words."""
    return bool(exchange.sitting.actor.roles & duty_taps.ASKED)


def _offered(exchange: Exchange, shown: Shown) -> Sequence[CardTap]:
    """The answers to a swap or to leave that these messages offer, the newest first."""
    taps = (exchange.signer.read(str(data), exchange.account_id) for one in shown for _, data, *_ in one["buttons"])
    return [one for one in taps if isinstance(one, CardTap) and one.act in duty_taps.ANSWERS]


def _waits(exchange: Exchange, tap: CardTap) -> bool:
    return still_waiting.WAITS[tap.act](exchange.sitting, tap.ticket_id)


def _is_asked(exchange: Exchange) -> bool:
    """Whether an engineer waits for the person's words, which these may be."""
    return any(one.waiting for one in exchange.around.own)
