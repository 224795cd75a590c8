"""What words mean that belong to no question and no card: 补充 or 新报修, a report, or nothing we understand."""

from typing import Final

from conversations import lists
from conversations.exchange import Exchange
from conversations.taking import open_flow
from conversations.understanding import IsReport, Surroundings, understand

NOWHERE: Final = Surroundings((), ())
SHORT: Final = 6  # so few characters are a greeting rather than something to be asked about


def reads_as(words: str) -> IsReport:
    """Whether they sound like a report, without a school's own names."""
    return understand(words, NOWHERE).is_report


def of_vendor(exchange: Exchange) -> bool:
    """The vendor's people do not report by free words; they are told how to answer."""
    actor = exchange.sitting.actor
    if not lists.is_vendor(actor) or actor.schools():
        return False
    exchange.replies.say("list.vendor_words")
    return True


def while_open(exchange: Exchange) -> bool:
    """Free words while tickets are open: 补充 or 新报修."""
    if not exchange.heard.words or not exchange.around.own:
        return False
    _start(exchange, "free_words")
    return True


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
