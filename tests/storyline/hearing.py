"""The lines that look at a screen: the next message that matches, silence, what the newest card offers."""

from tests.storyline.play_state import Play, UnmetError
from tests.storyline.screens import Seen, matches, newest_card
from tests.storyline.script import AtMost, Hears, Offers, OffersNot


def hear(play: Play, hears: Hears) -> None:
    """Find the next message (new or edited) that matches and pass over the ones before it.

    In a strict story only quiet changes may be passed. Raises UnmetError.
    """
    for offset, seen in enumerate(play.unread(hears.person), 1):
        if matches(hears.pattern, seen.shown.text):
            play.read[hears.person] = play.read.get(hears.person, 0) + offset
            return
        if play.story.strict and not seen.is_quiet:
            raise UnmetError(f'"{hears.pattern}" to {hears.person}; the next message is "{seen.shown.text}"')
    raise UnmetError(f'a message to {hears.person} that reads "{hears.pattern}"')


def hear_nothing(play: Play, person: str) -> None:
    """Raises UnmetError when the person has a message that is neither matched nor passed."""
    if loud := _loud(play.unread(person)):
        raise UnmetError(f'no message to {person}; there is "{loud[0].shown.text}"')


def all_heard(play: Play) -> None:
    """At the end of a strict story nobody has an unmatched message. Raises UnmetError."""
    for person in play.story.cast.people():
        if loud := _loud(play.unread(person)):
            raise UnmetError(f'a line for every message (strict); {person} got "{loud[0].shown.text}"')


def _loud(seen: list[Seen]) -> list[Seen]:
    return [one for one in seen if not one.is_quiet]


async def offers(play: Play, line: Offers) -> None:
    """Raises UnmetError when the newest card lacks the label."""
    card = newest_card(play.seen(line.person), await play.shown_number(line.ticket))
    if card is None or card.offers(line.label) is None:
        raise UnmetError(f"[{line.label}] on the newest card{_of(line.ticket)} of {line.person}")


async def offers_not(play: Play, line: OffersNot) -> None:
    """Raises UnmetError when the newest card has the label."""
    card = newest_card(play.seen(line.person), await play.shown_number(line.ticket))
    if card is not None and card.offers(line.label):
        raise UnmetError(f"no [{line.label}] on the newest card{_of(line.ticket)} of {line.person}")


def _of(ticket: int | None) -> str:
    return f" of ticket {ticket}" if ticket else ""


def at_most(play: Play, line: AtMost) -> None:
    """New messages only: a card counts once however often it is shown anew. Raises UnmetError."""
    got = sum(not seen.is_anew for seen in play.seen(line.person))
    if got > line.messages:
        raise UnmetError(f"at most {line.messages} messages to {line.person}; there were {got}")
