"""What a turn of the engine leaves behind in an exchange: the dialog, what is said, the ticket that it was about."""

from collections.abc import Mapping
from typing import Final

from agreement.words import Cause
from conversations.engine.conversation import keep_in_pocket, open_frame
from conversations.engine.heard import Heard
from conversations.engine.turn import Ended, Turn
from conversations.exchange import Exchange
from conversations.filed import Filed
from conversations.following import follow
from conversations.late_media import joined_last_ticket
from desk.joining import actor_of
from desk.showing import viewer
from storage import sight, talk
from texts.say import Json

FILED: Final = "filed"  # the act of every flow that files a report


def open_flow(
    exchange: Exchange,
    flow: str,
    subject: str,
    heard: Heard,
    prefilled: Mapping[str, Json] | None = None,
) -> None:
    """Start this flow about that subject, on top of what is open."""
    take(exchange, open_frame(exchange.dialog, flow, subject, heard, exchange.stage, prefilled))


def take(exchange: Exchange, turn: Turn) -> None:
    """Keep what came of it, and find a place for what was sent along and no question takes."""
    turnout = exchange.turnout
    turnout.dialog = turn.dialog
    follow(turn, exchange.sitting, exchange.replies)
    filed = [one for ended in turn.ended if (one := _filed(exchange, ended)) is not None]
    for ended in turn.ended:
        turnout.ticket_id = _talked_about(ended) or turnout.ticket_id
    if filed:
        turnout.ticket_id = filed[-1].ticket_id
    if turn.unused and not joined_last_ticket(exchange, turn.unused):
        turnout.dialog, _ = keep_in_pocket(exchange.dialog, turn.unused, exchange.sitting.now)
    if filed and filed[-1].lacks_reasons:
        open_flow(exchange, "urgency", str(filed[-1].ticket_id), exchange.heard.emptied)


def _talked_about(ended: Ended) -> int | None:
    """The ticket that a flow was about: a photo sent soon after belongs to it."""
    head = ended.subject.partition(":")[0]
    return int(head) if head.isdigit() and FILED not in ended.acted else None


def _filed(exchange: Exchange, ended: Ended) -> Filed | None:
    """The ticket that a flow filed: by this message, or by one before it where it went on to ask who somebody is."""
    if FILED not in ended.acted:
        return None
    if exchange.stage.filed:
        return exchange.stage.filed[-1]
    ordinal, sitting = ended.acted[FILED], exchange.sitting
    if not isinstance(ordinal, int):
        return None
    # Whoever has just said who they are is no stranger any more, and neither is their ticket a stranger's.
    who = talk.who_is(sitting.session, exchange.account_id)
    ticket = sight.ticket_seen(sitting.session, viewer(actor_of(who, sitting.now)), ordinal=ordinal)
    if ticket is None:
        return None
    return Filed(ticket.id, lacks_reasons=ticket.is_urgent and ticket.cause == Cause.UNSTATED.value)
