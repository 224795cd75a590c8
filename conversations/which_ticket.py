"""到了, 修好了, 撤销 without a number: of which ticket they are said, where the lowest card may be that of another one.

An engineer says 到了 of where they were going and 修好了 of what they have: the card of a new ticket that came below is
not taken by it, only 收到 and the label do that. 撤销 cannot be undone, 紧急 rings phones: where both the card and the
ticket last talked about may be meant, the number is asked for. What a school decides is said of what waits for it.
"""

from collections.abc import Collection, Sequence
from typing import Final

from agreement.words import Act, Role
from conversations import labels, lists, naming, other_words
from conversations.exchange import Exchange
from conversations.shown_cards import DECIDES, is_yes_or_no_to, newest_taps
from desk.knowing import in_hand
from desk.showing import TicketView, open_for

OF_ONES_OWN: Final = frozenset({Act.DEPART, Act.ARRIVE, Act.DONE, Act.HAND_OVER, Act.DECLINE})
HEAVY: Final = frozenset({Act.WITHDRAW, Act.URGENT})


def of_ones_own(exchange: Exchange) -> bool:
    """By another word than its label: the one that fits, else the one of the lowest card, else which is asked."""
    meant = OF_ONES_OWN.intersection(other_words.acts_meant(exchange))
    if not meant or Role.ENGINEER not in exchange.sitting.actor.roles:
        return False
    fitting = _fitting(exchange, meant)
    lowest = _lowest(exchange, meant)
    found = fitting if len(fitting) == 1 else [one for one in fitting if one.id == lowest]
    if found:
        naming.tap_for(exchange, tuple(meant), found[0])
        return True
    return _asks_which(exchange, meant, [one.id for one in fitting or open_for(exchange.sitting)])


def _fitting(exchange: Exchange, acts: Collection[str]) -> Sequence[TicketView]:
    """Theirs on which it is possible; 到了 is said of those they are on the way to, if any."""
    mine = in_hand(exchange.sitting)
    offering = naming.offering(exchange, acts, list(mine))
    awaited = [one for one in offering if mine[one.id]] if Act.ARRIVE in acts else []
    return awaited or offering


def asked_first(exchange: Exchange) -> bool:
    """Of 撤销 or 加急, where the lowest card is not that of the ticket last talked about."""
    meant = HEAVY.intersection(labels.acts_of(exchange.typed) or other_words.acts_meant(exchange))
    if not meant or lists.is_vendor(exchange.sitting.actor):
        return False
    lowest = _lowest(exchange, meant)
    if lowest is None or lowest == exchange.remembered.ticket_id:
        return False
    seen = list(dict.fromkeys((lowest, *(one.id for one in exchange.around.own))))
    return _asks_which(exchange, meant, seen, fewest=2)


def decided(exchange: Exchange) -> bool:
    """同意方案 of a representative: of what waits for it, also where a ticket of their own is open that does not."""
    meant = DECIDES.intersection(labels.acts_of(exchange.typed) or other_words.acts_meant(exchange))
    if not meant or Role.REPRESENTATIVE not in exchange.sitting.actor.roles:
        return False
    waiting = naming.offering(exchange, DECIDES, [one.id for one in open_for(exchange.sitting)])
    fitting = [one for one in waiting if not meant.isdisjoint(one.offered)]
    if len(fitting) == 1:
        naming.tap_for(exchange, tuple(meant), fitting[0])
    elif len(waiting) != 1 or not is_yes_or_no_to(exchange, waiting[0], ""):
        return _asks_which(exchange, DECIDES, [one.id for one in fitting or waiting])
    return True


def _asks_which(exchange: Exchange, acts: Collection[str], tickets: Sequence[int], fewest: int = 1) -> bool:
    """Where it is possible on so many of these."""
    is_asked = len(naming.offering(exchange, acts, tickets)) >= fewest
    if is_asked:
        naming.which_of(exchange, acts, tickets)
    return is_asked


def _lowest(exchange: Exchange, acts: Collection[str]) -> int | None:
    """The ticket of the lowest card, where that shows one of these acts."""
    return next((one.ticket_id for one in newest_taps(exchange) if one.act in acts), None)
