"""A label that belongs to no ticket, typed below something newer: 已阅 under a report of the month, 同意 to a swap,
一切正常 to a follow-up.

It has no number to be named by, so the last few messages are looked through for it.
"""

from collections.abc import Callable, Mapping
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from conversations import duty_taps, labels
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.exchange import Exchange
from desk import followed_up, leaving, reading, swapping
from desk.sitting import Sitting
from storage.shown import Shown

# What is looked for, and whether one of them still waits for it.
WAITS: Final[Mapping[str, Callable[[Sitting, int], bool]]] = MappingProxyType(
    {
        "seen": reading.waits,
        "swap_yes": swapping.waits,
        "swap_no": swapping.waits,
        "leave_yes": leaving.waits,
        "leave_no": leaving.waits,
        "all_well": followed_up.waits,  # 有问题 is no such label: it may be said of what is open
        "call_me": followed_up.waits,
    }
)
LOOKED_BACK_FOR: Final = frozenset(
    folded for act in WAITS for folded in labels.labels_of(duty_taps.LABEL.get(act, act))
)


def labelled(shown: Shown, folded: str) -> list[str]:
    """The data of each button with that label."""
    return [str(data) for one in shown for label, data, *_ in one["buttons"] if commands.fold(label) == folded]


def meant_above(exchange: Exchange, shown: Shown, folded: str, newest: str) -> str:
    """The data of the last one that waits, else of the last, to be told what became of it; empty for none.

    Not where the newest message shows the label as a ticket's (`newest` is its data), nor across such a message, nor
    where an engineer waits for words, which these may be.
    """
    is_looked_for = folded in LOOKED_BACK_FOR and not (newest and _is_a_tickets(exchange, newest))
    if not is_looked_for or any(one.waiting for one in exchange.around.own):
        return ""
    own = list(takewhile(lambda data: not _is_a_tickets(exchange, data), labelled(shown, folded)))
    return next((data for data in own if _waits(exchange, data)), own[0] if own else "")


def _is_a_tickets(exchange: Exchange, data: str) -> bool:
    tap = exchange.signer.read(data, exchange.account_id)
    return not isinstance(tap, CardTap) or tap.act not in WAITS


def _waits(exchange: Exchange, data: str) -> bool:
    tap = exchange.signer.read(data, exchange.account_id)
    return isinstance(tap, CardTap) and WAITS[tap.act](exchange.sitting, tap.ticket_id)
