"""From a deed to what one phone sends: which phone, which button, what goes in two messages."""

from dataclasses import dataclass

from agreement.words import Role
from tests.doubles.platform import Said
from tests.storyline.play_state import Play, UnmetError
from tests.storyline.screens import FoundButton, newest_button, newest_card, old_button
from tests.storyline.script import (
    Deed,
    Edit,
    Location,
    OldTap,
    OpenInvite,
    Photo,
    Reply,
    Scan,
    SentFile,
    Sticker,
    Tap,
    Text,
    Voice,
)
from tests.storyline.stage import Phone

# What stands on no card is the person's menu, tapped there or typed as the whole message.
MENU = frozenset({"报修", "进度", "谁在值班", "帮助", "转人工"})
LEDGER = frozenset({"账本"})
MENU_OF = {
    Role.DESK: frozenset({"登记", "回访", "换班", "请假"}) | LEDGER,
    Role.LEAD: frozenset({"换班", "请假"}) | LEDGER,
    Role.ENGINEER: frozenset({"签到", "换班", "请假", "回访"}),
    Role.MANAGER: LEDGER,
    Role.REPRESENTATIVE: LEDGER,
}
WITHOUT_CAPTIONS = frozenset({"wechat"})
LAST = "last"  # `Said.edits`: the person's own newest message on that phone


@dataclass(frozen=True)
class Sending:
    """What one phone sends, one thing after the other."""

    phone: Phone
    things: tuple[Said, ...]


async def sending(play: Play, person: str, deed: Deed) -> Sending:
    """Raises UnmetError when there is no such button or card on the person's screen."""
    match deed:
        case Tap(label, ticket):
            return await _tap(play, person, label, ticket)
        case OldTap(label, ticket):
            return await _old_tap(play, person, label, ticket)
        case Reply(ticket, words):
            return await _reply(play, person, ticket, words)
        case Edit(words):
            if person not in play.last_words:
                raise UnmetError(f"an earlier message of {person}, to be changed")
            return Sending(play.last_words[person], (Said(text=words, edits=LAST),))
        case Scan(room):
            code = await play.stage.scan_code(person, room)
            return Sending(_phone(play, person), (Said(scan=code),))
        case OpenInvite(school, role):
            code = await play.stage.invite_code(person, school, role)
            return Sending(_phone(play, person), (Said(scan=code),))
        case _:
            phone = _phone(play, person)
            play.last_words[person] = phone
            return Sending(phone, _things(phone.channel, deed))


def _things(channel: str, deed: Deed) -> tuple[Said, ...]:
    match deed:
        case Text(words):
            return (Said(text=words),)
        case Photo(name, caption) if caption and channel in WITHOUT_CAPTIONS:
            return Said(media_kind="photo", media_name=name), Said(text=caption)
        case Photo(name, caption):
            return (Said(media_kind="photo", media_name=name, text=caption),)
        case Voice(seconds, recognised):
            return (Said(media_kind="voice", seconds=seconds, text=recognised),)
        case SentFile(name):
            return (Said(media_kind="file", media_name=name),)
        case Location(latitude, longitude):
            return (Said(media_kind="location", latitude=latitude, longitude=longitude),)
        case Sticker():
            return (Said(media_kind="sticker"),)
        case _:
            raise AssertionError(f"{deed} is sent otherwise")


def _phone(play: Play, person: str) -> Phone:
    """Where a person types: the chat in which they read the newest message, else the preferred one."""
    seen = play.seen(person)
    return seen[-1].phone if seen else play.stage.phones(person)[0]


async def _tap(play: Play, person: str, label: str, ticket: int | None) -> Sending:
    found = newest_button(play.seen(person), label, await play.shown_number(ticket))
    if found is not None:
        return _on(found)
    if ticket is None and label in menu(play, person):
        return Sending(_phone(play, person), (Said(text=label),))
    place = f" on the card of ticket {ticket}" if ticket else " or in the menu"
    raise UnmetError(f"a button [{label}] on the screen of {person}{place}")


async def _old_tap(play: Play, person: str, label: str, ticket: int | None) -> Sending:
    seen, number = play.seen(person), await play.shown_number(ticket)
    card = newest_card(seen, number)
    if card is not None and card.offers(label):
        raise UnmetError(f"the newest card of {person} without [{label}], for an old tap; it still offers it")
    found = old_button(seen, label, number)
    if found is None:
        raise UnmetError(f"a message to {person} that once offered [{label}]")
    return _on(found)


def _on(found: FoundButton) -> Sending:
    said = Said(tap=found.button, tap_message_id=found.seen.shown.message_id)
    return Sending(found.seen.phone, (said,))


async def _reply(play: Play, person: str, ticket: int, words: str) -> Sending:
    card = newest_card(play.seen(person), await play.shown_number(ticket))
    if card is None:
        raise UnmetError(f"a card of ticket {ticket} on the screen of {person}")
    return Sending(card.phone, (Said(text=words, replies_to=card.shown.message_id),))


def menu(play: Play, person: str) -> frozenset[str]:
    """The labels of the person's menu, by their roles."""
    own = (MENU_OF.get(role, frozenset()) for role in play.story.cast.roles(person))
    return MENU.union(*own)
