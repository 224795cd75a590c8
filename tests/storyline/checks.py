"""Reads the lines that look rather than act: `= …` (tables) and what follows `bot → X: ` (screens)."""

import re
from collections.abc import Callable
from decimal import Decimal

from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, State
from tests.storyline.moments import read_moment
from tests.storyline.script import (
    Assignee,
    AtMost,
    CanMake,
    Hears,
    HearsNothing,
    Offers,
    OffersNot,
    PenaltySum,
    Photos,
    PromiseDue,
    PromiseIs,
    Reported,
    Round,
    Step,
    TicketCount,
    TicketIs,
    Unconfirmed,
    Urgent,
    Waiting,
)

Found = re.Match[str]
N = r"([1-9]\d{0,3})"
COUNT = r"(\d{1,5})"
STATES = "|".join(State)
KINDS = "|".join(Kind)
RECORDS = "|".join(re.escape(record) for record in Record)
PROMISE = rf"promise {N} ({'|'.join(Promise)})(?: ([1-9]\d?))?"


def _step(written: str | None) -> int:
    return int(written) if written else 1


def fen(text: str) -> int:
    """`500.00` as fen. The pattern that calls it has seen to the form."""
    return int(Decimal(text) * 100)


TABLES: tuple[tuple[str, Callable[[Found], Step]], ...] = (
    (rf"tickets {COUNT}", lambda m: TicketCount(int(m[1]))),
    (rf"ticket {N} count {COUNT}", lambda m: TicketCount(int(m[2]))),
    (rf"ticket {N} ({STATES})", lambda m: TicketIs(int(m[1]), State(m[2]))),
    (rf"ticket {N} kind ({KINDS})", lambda m: TicketIs(int(m[1]), Kind(m[2]))),
    (rf"ticket {N} reported (.+)", lambda m: TicketIs(int(m[1]), Reported(read_moment(m[2])))),
    (rf"ticket {N} unconfirmed", lambda m: TicketIs(int(m[1]), Unconfirmed())),
    (rf"ticket {N} urgent", lambda m: TicketIs(int(m[1]), Urgent())),
    (rf"ticket {N} waiting", lambda m: TicketIs(int(m[1]), Waiting())),
    (rf"ticket {N} round ([1-9]\d*)", lambda m: TicketIs(int(m[1]), Round(int(m[2])))),
    (rf"ticket {N} photos {COUNT}", lambda m: TicketIs(int(m[1]), Photos(int(m[2])))),
    (rf"ticket {N} assignee (.+)", lambda m: TicketIs(int(m[1]), Assignee(m[2]))),
    (
        rf"{PROMISE} ({'|'.join(PromiseState)})",
        lambda m: PromiseIs(int(m[1]), Promise(m[2]), _step(m[3]), PromiseState(m[4])),
    ),
    (
        rf"{PROMISE} due (.+)",
        lambda m: PromiseDue(int(m[1]), Promise(m[2]), _step(m[3]), read_moment(m[4])),
    ),
    (
        rf"penalty (.+) ({'|'.join(PenaltyState)}) (\d+(?:\.\d\d?)?)",
        lambda m: PenaltySum(m[1], PenaltyState(m[2]), fen(m[3])),
    ),
    (rf"record {N} 《?({RECORDS})》?", lambda m: CanMake(int(m[1]), Record(m[2]))),
    (rf"messages (.+) at most {COUNT}", lambda m: AtMost(m[1], int(m[2]))),
)
SCREENS: tuple[tuple[str, Callable[[str, Found], Step]], ...] = (
    (r"nothing", lambda person, _: HearsNothing(person)),
    (rf"has \[([^\[\]]+)\](?: @{N})?", lambda person, m: Offers(person, m[1], _ticket(m[2]))),
    (rf"has no \[([^\[\]]+)\](?: @{N})?", lambda person, m: OffersNot(person, m[1], _ticket(m[2]))),
)
COMPILED_TABLES = tuple((re.compile(pattern), make) for pattern, make in TABLES)
COMPILED_SCREENS = tuple((re.compile(pattern), make) for pattern, make in SCREENS)


def _ticket(written: str | None) -> int | None:
    return int(written) if written else None


def read_check(text: str) -> Step:
    """What stands after `= `. Raises ValueError with the reason when it is no form."""
    squeezed = re.sub(r"\s+", " ", text)
    for pattern, make in COMPILED_TABLES:
        if found := pattern.fullmatch(squeezed):
            return make(found)
    raise ValueError(f'"= {text}" is no check that can be made of the tables')


def read_hearing(person: str, text: str) -> Step:
    """What stands after `bot → X: `; anything that is no form is the text of a message."""
    for pattern, make in COMPILED_SCREENS:
        if found := pattern.fullmatch(text):
            return make(person, found)
    return Hears(person, text)
