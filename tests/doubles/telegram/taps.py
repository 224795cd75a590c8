"""Taps wait for an answer: one, soon."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.doubles.telegram.people import Person
from tests.doubles.telegram.wire import bad

LIVES = timedelta(seconds=150)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Tap:
    """One callback query."""

    id: str
    person: Person
    at: datetime
    is_answered: bool = False


@dataclass
class Taps:
    """All that were ever made."""

    made: dict[str, Tap] = field(default_factory=dict)

    def make(self, person: Person, at: datetime) -> Tap:
        query_id = str(4_382_000_000_000_000_000 + len(self.made))
        one = self.made[query_id] = Tap(query_id, person, at)
        return one

    def answer(self, query_id: str, now: datetime) -> Tap:
        """Raises ApiError for a second answer and for one that comes too late."""
        one = self.made.get(query_id)
        if one is None or one.is_answered or now - one.at > LIVES:
            raise bad(TOO_OLD)
        one.is_answered = True
        return one

    def unanswered(self) -> list[Tap]:
        return [one for one in self.made.values() if not one.is_answered]
