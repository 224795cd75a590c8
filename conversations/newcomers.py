"""How somebody comes in: a room's code that was scanned, an invite scanned or typed, and the first greeting."""

from dataclasses import replace

from conversations.engine.conversation import converse, look_again
from conversations.engine.turn import Turn
from conversations.exchange import Exchange
from conversations.flows.reporting import GUESS, PLACE, SCHOOL
from conversations.taking import open_flow, take
from desk import joining, knowing, scanned_rooms


def scanned(exchange: Exchange, code: str) -> None:
    """A room's QR lets anybody report at once, and is the place of a report that has none yet; anything else is an
    invite.
    """
    sitting = exchange.sitting
    room = joining.room_of(sitting, code)
    if room is None:
        joining.check_invite(sitting, code)
        open_flow(exchange, "join", code[:80], exchange.heard, {"code": code[:80]})
        return
    joining.scanned(sitting, code)
    turn = _answering(exchange, room.school_id, room.name) or look_again(exchange.dialog, GUESS, exchange.stage)
    if turn is None:
        _say_where(exchange, room.school_id, room.name)
    else:
        take(exchange, turn)


def _answering(exchange: Exchange, school_id: int, room: str) -> Turn | None:
    """The room answers 在哪里？; None where nothing asks for a place, or the room is not of the draft's school."""
    top = exchange.dialog.top
    if top is None or top.shown is None or top.shown.question != PLACE.name:
        return None
    theirs, chosen = {one.id for one in knowing.schools(exchange.sitting)}, top.answers.get(SCHOOL.name)
    is_of_draft = len(theirs) == 1 or (chosen is not None and chosen.value == str(school_id))
    if school_id not in theirs or not is_of_draft:
        return None
    return converse(exchange.dialog, replace(exchange.heard.emptied, text=room), exchange.stage)


def _say_where(exchange: Exchange, school_id: int, room: str) -> None:
    """Whoever belongs to another school reads where their words would go: nothing of theirs is reported here."""
    school = next((one.name for one in knowing.all_schools(exchange.sitting) if one.id == school_id), "")
    theirs = knowing.schools(exchange.sitting)
    if school_id in {one.id for one in theirs} or not theirs:
        exchange.replies.say("join.room", school=school, room=room)
    else:
        exchange.replies.say("join.room_elsewhere", school=school, room=room, theirs=[one.name for one in theirs])


def invite_alone(exchange: Exchange) -> bool:
    """An invite's code, typed: on WeChat there is no other way to open it, whoever one is by then."""
    if not exchange.typed or not joining.is_invite(exchange.sitting, exchange.typed):
        return False
    scanned(exchange, exchange.typed)
    return True


def stranger(exchange: Exchange) -> bool:
    """Somebody the desk does not know and who scanned no room: asked for an invite, which may be typed."""
    sitting = exchange.sitting
    if sitting.actor.person_id is not None or scanned_rooms.scanned_room(sitting) is not None:
        return False
    words = exchange.incoming.text.strip()
    if 8 <= len(words) <= 64 and words.isascii() and " " not in words:
        scanned(exchange, words)
    else:
        exchange.replies.say("join.stranger")
    return True


def said_again(exchange: Exchange) -> None:
    """What a stranger was told when they came, for one who could not read it."""
    room = scanned_rooms.scanned_room(exchange.sitting)
    if room is None:
        exchange.replies.say("join.stranger")
    else:
        _say_where(exchange, room.school_id, room.name)


def greeted(exchange: Exchange) -> None:
    """Whoever opened the chat and said nothing yet."""
    known = exchange.sitting.actor.person_id is not None
    exchange.replies.say("list.hello" if known else "join.stranger")
