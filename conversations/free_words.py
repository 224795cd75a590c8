"""What words mean that belong to no question and no card: 补充 or 新报修, a report, or nothing we understand."""

from typing import Final

from agreement.words import Role
from conversations import lists
from conversations.exchange import Exchange
from conversations.taking import open_flow
from conversations.thanks import are_signs, is_thanks
from conversations.understanding import IsReport, reads_as
from desk import knowing

SHORT: Final = 6  # so few characters are a greeting rather than something to be asked about


def manners(exchange: Exchange) -> bool:
    """They ask for nothing, so nothing is asked. 好的 is none: it may be meant for what waits for a yes.

    谢谢 while a ticket is open is words while a ticket is open: the engineer may be meant.
    """
    asks_nothing = is_thanks(exchange.typed) and not exchange.around.own
    if not asks_nothing and not are_signs(exchange.typed):
        return False
    exchange.replies.say("list.manners")
    return True


def of_vendor(exchange: Exchange) -> bool:
    """The vendor's people do not report by free words; they are told how to answer, or what else they can write."""
    actor = exchange.sitting.actor
    if not lists.is_vendor(actor) or actor.schools():
        return False
    if exchange.incoming.media:
        exchange.replies.say("list.vendor_photos" if Role.ENGINEER in actor.roles else "list.vendor_files")
        return True
    if Role.ENGINEER in actor.roles:
        exchange.replies.say("list.vendor_words", acts=lists.typed_acts(actor))
    else:
        exchange.replies.say("list.vendor_menu", menu=lists.menu_line(actor), acts=lists.typed_acts(actor))
    return True


def while_open(exchange: Exchange) -> bool:
    """Free words while tickets are open: 补充 or 新报修. A fault stated under another room's code is no 补充."""
    if not exchange.heard.words or not (exchange.around.own or _asks_of_their_school(exchange)):
        return False
    if reads_as(exchange.heard.words) is IsReport.YES and exchange.stands_elsewhere:
        return False
    _start(exchange, "free_words")
    return True


def _asks_of_their_school(exchange: Exchange) -> bool:
    """怎么还没人来 of a representative who reported nothing is said of what is open at the school."""
    is_followup = reads_as(exchange.heard.words) is IsReport.FOLLOWUP
    return is_followup and bool(knowing.of_their_school(exchange.sitting))


def anew(exchange: Exchange) -> bool:
    """The last row: whatever it is, it is answered."""
    words = exchange.heard.words
    is_no_report = bool(words) and reads_as(words) is IsReport.NO and not exchange.incoming.media
    if not is_no_report:
        _start(exchange, "report")
    elif len(words) <= SHORT:
        exchange.replies.say("list.hello")
    else:
        _start(exchange, "unclear")
    return True


def _start(exchange: Exchange, flow: str) -> None:
    heard = exchange.heard
    open_flow(exchange, flow, "", heard, {"what": heard.words} if heard.words else {})
