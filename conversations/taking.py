"""What a turn of the engine leaves behind in an exchange: the dialog, what is said, the ticket that it was about."""

from collections.abc import Mapping

from conversations.engine.conversation import keep_in_pocket, open_frame
from conversations.engine.heard import Heard
from conversations.engine.kept import Kept
from conversations.engine.messages import Media
from conversations.engine.turn import Ended, Turn
from conversations.exchange import Exchange
from conversations.following import follow
from conversations.late_media import joined_last_ticket
from desk.showing import viewer
from storage import sight
from texts.say import Json


def open_flow(
    exchange: Exchange,
    flow: str,
    subject: str,
    heard: Heard,
    prefilled: Mapping[str, Json | Kept] | None = None,
) -> None:
    """Start this flow about that subject, on top of what is open."""
    take(exchange, open_frame(exchange.dialog, flow, subject, heard, exchange.stage, prefilled))


def take(exchange: Exchange, turn: Turn) -> None:
    """Keep what came of it, and find a place for what was sent along and no question takes."""
    turnout = exchange.turnout
    turnout.dialog = turn.dialog
    follow(turn, exchange.sitting, exchange.replies)
    for ended in turn.ended:
        turnout.ticket_id = _talked_about(exchange, ended) or turnout.ticket_id
    unused = tuple(one for one in turn.unused if not _was_heard(exchange, one))
    if unused and not joined_last_ticket(exchange, unused):
        turnout.dialog, _ = keep_in_pocket(exchange.dialog, unused, exchange.sitting.now)


def _was_heard(exchange: Exchange, media: Media) -> bool:
    """A voice whose words were taken as words is these words: it is not sent once more to another ticket."""
    return bool(media.recognised) and media.recognised in exchange.heard.words


def _talked_about(exchange: Exchange, ended: Ended) -> int | None:
    """The ticket that a flow was about, or that it filed: a photo sent soon after belongs to it."""
    head = ended.subject.partition(":")[0]
    if "filed" not in ended.acted:
        return int(head) if head.isdigit() else None
    if exchange.stage.filed:
        return exchange.stage.filed[-1]
    filed = ended.acted["filed"]
    if not isinstance(filed, int):
        return None
    sitting = exchange.sitting
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ordinal=filed)
    return ticket.id if ticket is not None else None
