"""What words mean by a card that was shown: a reply to it, the number of one of its buttons, or the label."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Any, Final

from agreement.words import Role
from conversations import duty_taps, labels, lists, taps
from conversations.buttons import CardTap
from conversations.engine import commands
from conversations.engine.conversation import converse
from conversations.exchange import Exchange
from conversations.free_words import reads_as
from conversations.taking import open_flow, take
from conversations.understanding import IsReport
from desk import leaving, reading, swapping
from desk.showing import TicketView, show
from desk.sitting import Sitting
from storage.shown import recently_shown, ticket_of_message
from texts.say import say

# What a school decides on a ticket, whoever reported it.
DECIDES: Final = frozenset(
    {"agree", "discuss", "confirm_request", "discuss_request", "no_objection", "object", "consent", "dissent"}
)

# What is looked for above the newest message, and whether one of them still waits for it.
WAITS: Final[Mapping[str, Callable[[Sitting, int], bool]]] = MappingProxyType(
    {
        "seen": reading.waits,
        "swap_yes": swapping.waits,
        "swap_no": swapping.waits,
        "leave_yes": leaving.waits,
        "leave_no": leaving.waits,
    }
)
PRINTED: Final = re.compile(r"(?P<number>\d{1,2})[.、]? ?(?P<label>\D+)")  # of a folded text
LOOKED_BACK_FOR: Final = frozenset(
    folded for act in WAITS for folded in labels.labels_of(duty_taps.LABEL.get(act, act))
)


def replied(exchange: Exchange) -> bool:
    """A reply to a card decides without asking."""
    shown = exchange.incoming.shown_id
    if not shown:
        return False
    ticket_id = ticket_of_message(exchange.sitting.session, exchange.account_id, shown)
    if ticket_id is None:
        return False
    _open_with_words(exchange, _act_of_reply(exchange), ticket_id)
    return True


def _act_of_reply(exchange: Exchange) -> str:
    actor = exchange.sitting.actor
    if Role.ENGINEER in actor.roles:
        return "answer"
    return "note" if lists.is_vendor(actor) else "add"


def _open_with_words(exchange: Exchange, act: str, ticket_id: int) -> None:
    """The words answer the flow's first question, which need not be asked then."""
    exchange.turnout.ticket_id = ticket_id
    open_flow(exchange, act, str(ticket_id), exchange.heard.emptied)
    if exchange.dialog.top is not None and exchange.dialog.top.flow == act:
        exchange.replies.said.clear()
        take(exchange, converse(exchange.dialog, exchange.heard, exchange.stage))


def number_of_card(exchange: Exchange) -> bool:
    """A number means the list as it was shown: without an open question that of the newest card."""
    number = commands.number(exchange.typed)
    buttons = _newest_buttons(exchange) if number else ()
    if number is None or not 1 <= number <= len(buttons):
        return False
    taps.tapped(exchange, str(buttons[number - 1][1]))
    return True


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
    """A label typed as the whole message is the tap on the newest message, where that shows it; 已阅, and 同意 to a
    swap, also on one above it."""
    folded = commands.fold(exchange.typed)
    if folded not in labels.ACTS.keys() | labels.ANSWERS:
        return False
    shown = recently_shown(exchange.sitting.session, exchange.account_id)
    found = _labelled(shown[:1], folded)[:1]
    if folded in LOOKED_BACK_FOR and not (found and _is_a_tickets(exchange, found[0])):
        found = _last_that_waits(exchange, _labelled(shown, folded)) or found
    if found:
        taps.tapped(exchange, found[0])
    return bool(found)


def _labelled(shown: Sequence[Mapping[str, Any]], folded: str) -> list[str]:
    """The data of each button with that label."""
    return [str(data) for one in shown for label, data, *_ in one["buttons"] if commands.fold(label) == folded]


def _last_that_waits(exchange: Exchange, found: Sequence[str]) -> list[str]:
    """What belongs to no ticket has no number to be named by: whatever came after it, the label means the last one
    that waits, else the last one, to be told what became of it. But not across a ticket that shows the same label, nor
    where an engineer waits for words, which these may be.
    """
    if any(one.waiting for one in exchange.around.own):
        return []
    own = list(takewhile(lambda data: not _is_a_tickets(exchange, data), found))
    return ([data for data in own if _waits(exchange, data)] or own)[:1]


def _is_a_tickets(exchange: Exchange, data: str) -> bool:
    tap = exchange.signer.read(data, exchange.account_id)
    return not isinstance(tap, CardTap) or tap.act not in WAITS


def _waits(exchange: Exchange, data: str) -> bool:
    tap = exchange.signer.read(data, exchange.account_id)
    return isinstance(tap, CardTap) and WAITS[tap.act](exchange.sitting, tap.ticket_id)


def decision_waits(exchange: Exchange) -> bool:
    """A school's words under a plan, a request or a receipt that waits for its word: which answers there are.

    They are no report, and to take them for 商议 or 有异议 would decide for them.
    """
    if not exchange.sitting.actor.schools() or reads_as(exchange.typed) is IsReport.YES:
        return False
    ticket = _newest_ticket(exchange)
    waits = [act for act in ticket.offered if act in DECIDES] if ticket is not None else []
    if ticket is None or not waits or any(one.id == ticket.id for one in exchange.around.own):
        return False
    exchange.replies.say("list.decision", number=ticket.ordinal, possible=[say(f"label.{act}") for act in waits])
    return True


def _newest_ticket(exchange: Exchange) -> TicketView | None:
    """Of the newest message with buttons, where it is a ticket's card."""
    taps_of_it = (exchange.signer.read(str(data), exchange.account_id) for _, data, *_ in _newest_buttons(exchange))
    tap = next((one for one in taps_of_it if isinstance(one, CardTap) and one.act in DECIDES), None)
    return show(exchange.sitting, tap.ticket_id) if tap is not None else None


def _newest_buttons(exchange: Exchange) -> Sequence[Sequence[str]]:
    """Label, data and style of each, as they were shown."""
    shown = recently_shown(exchange.sitting.session, exchange.account_id)
    return shown[0]["buttons"] if shown else ()
