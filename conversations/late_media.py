"""What is sent without words: a photo is the ticket's of the last word, a location that visit's, a sticker nobody's."""

from datetime import timedelta
from typing import Final

from agreement.policy_file import DEFAULT
from agreement.words import Role
from conversations import lists
from conversations.engine.gathering import Spot
from conversations.engine.messages import Media, MediaKind
from conversations.exchange import Exchange
from conversations.standing_vendor import VendorStanding
from desk.showing import viewer
from storage import sight

PHOTO_JOINS: Final = timedelta(minutes=DEFAULT.photo_joins_minutes)


def sticker(exchange: Exchange) -> bool:
    """A sticker, or what a platform does not hand on, says nothing to anybody: what is open stands as it was."""
    media = exchange.incoming.media
    if exchange.heard.words or not media or any(one.kind is not MediaKind.STICKER for one in media):
        return False
    exchange.replies.say("list.cannot_take")
    return True


def is_place(exchange: Exchange) -> bool:
    """Whether a place was sent and nothing else: a question that takes none leaves it to the visit."""
    media = exchange.incoming.media
    return bool(media) and not exchange.heard.words and all(one.kind is MediaKind.LOCATION for one in media)


def location(exchange: Exchange) -> bool:
    """A location that an engineer sends after 到场 belongs to that visit."""
    place = next((one for one in exchange.incoming.media if one.kind is MediaKind.LOCATION), None)
    if place is None or place.latitude is None or place.longitude is None:
        return False
    visited = exchange.remembered.ticket_id
    if Role.ENGINEER not in exchange.sitting.actor.roles or visited is None:
        return False
    VendorStanding(exchange.sitting, str(visited)).arrived_at(Spot(place.latitude, place.longitude))
    exchange.replies.say("list.location_kept")
    return True


def photo(exchange: Exchange) -> bool:
    """A photo within 10 minutes of the last word on a ticket is that ticket's."""
    media = exchange.incoming.media
    return bool(media) and not exchange.heard.words and joined_last_ticket(exchange, media)


def joined_last_ticket(exchange: Exchange, media: tuple[Media, ...]) -> bool:
    """Whether they became the last ticket's: it was talked about a moment ago, and is still open."""
    sitting = exchange.sitting
    last = _last_talked_about(exchange)
    if last is None or lists.is_vendor(sitting.actor):
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
