"""What is sent without words: a photo is the ticket's of the last word, a location that visit's, a sticker nobody's."""

from datetime import timedelta
from typing import Final

from agreement.policy_file import DEFAULT
from agreement.words import Role
from conversations import lists
from conversations.engine.flow import Silence
from conversations.engine.messages import Media, MediaKind
from conversations.exchange import Exchange
from conversations.playing import FLOWS
from conversations.thanks import are_signs
from desk import handling
from desk.showing import viewer
from storage import sight

PHOTO_JOINS: Final = timedelta(minutes=DEFAULT.photo_joins_minutes)


def sticker(exchange: Exchange) -> bool:
    """A sticker, or what a platform does not hand on, says nothing to anybody: what is open stands as it was."""
    media = exchange.incoming.media
    is_sign = _is_reporting(exchange) and are_signs(exchange.typed)  # on the web a sticker is a character
    is_sticker = bool(media) and not exchange.heard.words and all(one.kind is MediaKind.STICKER for one in media)
    if not is_sticker and not is_sign:
        return False
    exchange.replies.say("list.cannot_take")
    return True


def _is_reporting(exchange: Exchange) -> bool:
    """Whether silence would file what stands open."""
    top = exchange.dialog.top
    return top is not None and top.flow in FLOWS and FLOWS[top.flow].silence is Silence.FILES


def is_place(exchange: Exchange) -> bool:
    """Whether a place was sent and nothing else: a question that takes none leaves it to the visit."""
    media = exchange.incoming.media
    return bool(media) and not exchange.heard.words and all(one.kind is MediaKind.LOCATION for one in media)


def location(exchange: Exchange) -> bool:
    """A location that an engineer sends after 到场 belongs to that visit. Where a report is made it is of no use: the
    place is asked for in words.
    """
    place = next((one for one in exchange.incoming.media if one.kind is MediaKind.LOCATION), None)
    if place is None or place.latitude is None or place.longitude is None:
        return False
    actor, visited = exchange.sitting.actor, exchange.remembered.ticket_id
    if Role.ENGINEER in actor.roles and visited is not None:
        is_kept = handling.place_arrival(exchange.sitting, visited, place.latitude, place.longitude)
        exchange.replies.say("list.location_kept" if is_kept else "list.location_of_no_visit")
        return True
    is_for_a_ticket = not _is_reporting(exchange) and exchange.around.own
    if is_for_a_ticket or (lists.is_vendor(actor) and not actor.schools()):
        return False
    exchange.replies.say("list.place_in_words")
    return True


def photo(exchange: Exchange) -> bool:
    """A photo within 10 minutes of the last word on a ticket is that ticket's."""
    media = exchange.incoming.media
    return bool(media) and not exchange.heard.words and joined_last_ticket(exchange, media)


def joined_last_ticket(exchange: Exchange, media: tuple[Media, ...]) -> bool:
    """Whether they became the last ticket's: it was talked about a moment ago, and is still open."""
    sitting = exchange.sitting
    last = _last_talked_about(exchange)
    if last is None or lists.is_vendor(sitting.actor) or exchange.stands_elsewhere:
        return False
    ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=last)
    while ticket is not None and ticket.merged_into_id is not None:
        ticket = sight.ticket_seen(sitting.session, viewer(sitting.actor), ticket_id=ticket.merged_into_id)
    if ticket is None or ticket.state not in lists.OPEN:
        return False
    exchange.add_to(ticket.id, "", media)
    return True


def _last_talked_about(exchange: Exchange) -> int | None:
    """By this dialog, or in words that reached the ticket on another way: by silence, or from the engineer."""
    sitting, remembered = exchange.sitting, exchange.remembered
    since = sitting.at - PHOTO_JOINS
    word = sight.last_word(sitting.session, viewer(sitting.actor), lists.OPEN, since)
    at = remembered.ticket_at
    if at is None or at < since or (word is not None and word[1] >= at):
        return word[0] if word is not None else None
    return remembered.ticket_id
