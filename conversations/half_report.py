"""Half a report: the place alone, as the first of two messages. The matter is asked, and the place is kept."""

import re
from collections.abc import Sequence
from typing import Final

from conversations.engine import commands
from conversations.exchange import Exchange
from conversations.taking import open_flow
from conversations.understanding import IsReport, reads_as, said_without_names
from desk import knowing
from desk.sitting import Sitting
from desk.vocabulary import Known
from texts.say import Json, say

AT: Final = re.compile(
    r"(?:我们?)?(?:现在)?在|(?:(?:i am|i'm|we are|we're) )?(?:in|at) (?:the )?|the ", re.IGNORECASE
)
MOST: Final = 40  # characters: of longer words nobody looks whether a room is called so


def place_alone(exchange: Exchange) -> bool:
    """A room of the person's school, or what is plainly a place, as the whole message: where, and not yet what."""
    words = _without_at(exchange.typed)
    if not 0 < len(words) <= MOST or any(one.flow == "report" for one in exchange.dialog.frames):
        return False
    is_plain = is_plainly_a_place(exchange.typed)
    if not is_plain and reads_as(words) is not IsReport.NO:
        return False
    rooms = _rooms_named(exchange.sitting, commands.fold(words))
    if not is_plain and not rooms:
        return False
    names = {room for _, room in rooms}
    open_flow(exchange, "report", "", exchange.heard.emptied, _known(exchange.sitting, words, rooms))
    exchange.replies.begin_with(say("report.place_kept", place=names.pop() if len(names) == 1 else words))
    return True


def _known(sitting: Sitting, words: str, rooms: Sequence[tuple[int, str]]) -> dict[str, Json]:
    """The words as they are: which room they mean is asked of the school that the report turns out to be about. Of
    several schools it is the one that alone has such a room."""
    schools = {school for school, _ in rooms}
    is_told = len(schools) == 1 and len(knowing.schools(sitting)) > 1
    return {"before": words, "school": str(schools.pop())} if is_told else {"before": words}


def is_plainly_a_place(typed: str) -> bool:
    """Whether they name a place and nothing else, to somebody who knows no school; no list of rooms is ever whole."""
    place = said_without_names(typed).place
    return bool(place) and commands.fold(place) == commands.fold(_without_at(typed))


def _without_at(typed: str) -> str:
    """我在302教室 without 我在."""
    return AT.sub("", typed, count=1) if AT.match(typed) else typed


def _rooms_named(sitting: Sitting, folded: str) -> list[tuple[int, str]]:
    """(school, name) of each room that bears this name, or one of its other names."""
    return [
        (school.id, room.name)
        for school in knowing.schools(sitting)
        for room in knowing.names_of(sitting, school.id).rooms
        if folded in _names(room)
    ]


def _names(room: Known) -> set[str]:
    return {commands.fold(one) for one in (room.name, *room.aliases)}
