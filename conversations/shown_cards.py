"""What words mean by a card that was shown: a reply to it, the number of one of its buttons, or the label."""

from collections.abc import Sequence

from agreement.words import Role
from conversations import labels, lists, taps
from conversations.engine import commands
from conversations.engine.conversation import converse
from conversations.exchange import Exchange
from conversations.taking import open_flow, take
from storage.shown import newest_shown, ticket_of_message


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


def label_of_card(exchange: Exchange) -> bool:
    """A label typed as the whole message is the tap on the newest card that shows it."""
    folded = commands.fold(exchange.typed)
    if folded not in labels.ACTS.keys() | labels.ANSWERS:
        return False
    for label, data, *_ in _newest_buttons(exchange):
        if commands.fold(label) == folded:
            taps.tapped(exchange, str(data))
            return True
    return False


def _newest_buttons(exchange: Exchange) -> Sequence[Sequence[str]]:
    """Label, data and style of each, as they were shown."""
    shown = newest_shown(exchange.sitting.session, exchange.account_id)
    return shown["buttons"] if shown else ()
