"""What people type for a button besides its label: 收到 for 接单, 撤单 for 撤销. Each a whole message.

What is said of other things as well means a button only under a card that offers it. While an engineer waits for the
customer's words these are the answer. 撤回 is none: in a chat one takes back what one has just sent.
"""

from collections.abc import Mapping
from typing import Final

from conversations import lists
from conversations.engine import commands
from conversations.exchange import Exchange

VENDORS: Final[Mapping[str, str]] = {
    "acknowledge": "接 接了 我接 我接了 接单了 已接单 我来处理 我来接 这单我接",
    "depart": "出发了 已出发 我出发了 已经出发 在路上 在路上了 我在路上 正在路上",
    "arrive": "到了 已到 我到了 已到场 到场了 已到达 到现场了 到学校了",
    "done": "修好了 已修好 弄好了 搞定 搞定了 已完成 完成了 处理好了 已处理 处理完了 做好了 解决了",
    "hand_over": "转单 转给别人 转给同事",
    "decline": "不用修 无需处理",
    "accept": "验收合格",
    "assign": "派单 派工 分配",
    "take_over": "接入 接入对话",
}
CUSTOMERS: Final[Mapping[str, str]] = {
    "nudge": "催 催催 催一下 催一催 再催一下 催单 催促 帮我催一下 帮忙催一下 麻烦催一下 请催一下",
    "withdraw": "撤单 撤回报修 撤销报修 取消报修 取消这个报修",
    "urgent": "加急 特急 加急处理",
    "discuss": "商量 商量一下 协商 再商量 再商量一下",
    "agree": "同意这个方案 同意此方案 方案同意 同意你们的方案",
    "object": "不认可 我不认可 我有异议",
    "claim": "扣款 要求扣款 扣钱 要求扣钱",
}
# Only under a card that offers it: they are also said in answer to anything.
UNDER_A_CARD: Final[Mapping[str, str]] = {
    "acknowledge": "收到 好的收到 收到马上去 收到马上处理 马上处理 马上去 马上到 这就去",
    "accept": "通过 合格",
    "reject": "不通过 不合格",
}


def _turned(listed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Word → acts."""
    found: dict[str, tuple[str, ...]] = {}
    for act, words in listed.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), act)
    return found


_VENDORS, _CUSTOMERS, UNDER_ONE = map(_turned, (VENDORS, CUSTOMERS, UNDER_A_CARD))


def of_side(exchange: Exchange) -> Mapping[str, tuple[str, ...]]:
    """Word → acts, of the side that this person is on."""
    return _VENDORS if lists.is_vendor(exchange.sitting.actor) else _CUSTOMERS


def acts_meant(exchange: Exchange) -> tuple[str, ...]:
    """The acts that the whole message means by another word than their label, wherever it stands."""
    is_answer = any(one.waiting for one in exchange.around.own)
    return () if is_answer else of_side(exchange).get(_bare(exchange), ())


def acts_under_a_card(exchange: Exchange) -> tuple[str, ...]:
    """The same, and what means an act only under a card that offers it."""
    more = UNDER_ONE.get(_bare(exchange), ()) if lists.is_vendor(exchange.sitting.actor) else ()
    return (*acts_meant(exchange), *more)


def _bare(exchange: Exchange) -> str:
    """收到，马上去 is 收到马上去."""
    return "".join(commands.fold(exchange.typed).replace(",", "").replace("，", "").split())
