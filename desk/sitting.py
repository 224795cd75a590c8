"""One person at the desk in one transaction: what every act is given first.

An act is a plain function `act(sitting, *, …)`: load, decide, write, event, clocks, tell. It never commits,
never talks to the network, never writes a sentence.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from agreement.words import Role
from desk.rulebook import Rulebook


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a person by an account, a stranger by an account only, or the clock (neither)."""

    person_id: int | None = None
    account_id: int | None = None
    name: str = ""
    language: str = "zh"
    channel: str = ""
    memberships: tuple[tuple[int | None, Role], ...] = ()
    schools_by_name: tuple[tuple[int, str], ...] = ()  # of the memberships, where they were read with them
    scanned_at: datetime | None = None  # when this account scanned a room's code last
    inbox_id: int | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """Every role the person holds, at whatever place."""
        return frozenset(role for _, role in self.memberships)

    def schools(self) -> tuple[int, ...]:
        """Schools the person belongs to, in any role, in the order they were joined."""
        return tuple(dict.fromkeys(school for school, _ in self.memberships if school is not None))

    def is_at(self, school_id: int | None, role: Role) -> bool:
        """Whether the person holds this role at this school (None: at the vendor)."""
        return (school_id, role) in self.memberships


THE_CLOCK = Actor()


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """`at` is when the act counts (the platform's time where it has one), `now` when it is recorded."""

    session: Session
    rulebook: Rulebook
    actor: Actor
    at: datetime
    now: datetime

    def as_of(self, at: datetime) -> "Sitting":
        """The same sitting with another moment that counts, e.g. when a phone call was received."""
        return replace(self, at=at)

    def by_the_clock(self) -> "Sitting":
        """The same sitting with nobody acting but the clock, by policy."""
        return replace(self, actor=THE_CLOCK)
