"""What the player needs of the product: a clock to turn, doubles to talk to, and the tables to ask.

One file fills this in for the real product (`house_stage.py`); the tests of the player bring a small fake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, State
from tests.doubles.platform import Platform, Shown
from tests.storyline.script import Story


@dataclass(frozen=True)
class Phone:
    """One account of one person on one platform."""

    channel: str
    account: str


@dataclass(frozen=True, kw_only=True)
class TicketFacts:
    """One ticket as the tables have it. `shown` is the number on its card and in people's mouths."""

    shown: int
    filed_by: str  # name of whoever's message or tap filed it; "" for the clock
    state: State
    kind: Kind
    reported_at: datetime
    round: int
    is_unconfirmed: bool
    is_urgent: bool
    is_waiting: bool
    photos: int
    assignee: str  # a name, or ""


@dataclass(frozen=True, kw_only=True)
class PromiseFacts:
    state: PromiseState
    due_at: datetime


class Facts(Protocol):
    """Questions to the tables. Tickets are named by the number on their card (`TicketFacts.shown`)."""

    async def tickets(self) -> Sequence[TicketFacts]:
        """All tickets in the order in which they were filed."""
        ...

    async def promise(self, shown: int, promise: Promise, step: int) -> PromiseFacts | None:
        """The newest round's promise (plan-step: of its newest plan). `step` counts from 1; else it is 1."""
        ...

    async def penalties_fen(self, school: str, state: PenaltyState) -> int:
        """Sum of the ledger's entries in that state; one cut by the cap counts with what was taken."""
        ...

    async def missing_for(self, shown: int, record: Record) -> str:
        """Why this record cannot be made now from the tables; empty when it can."""
        ...


class Stage(Protocol):
    """The product with its surroundings. Between lines its clock stands still."""

    @property
    def now(self) -> datetime: ...

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """The doubles in use, by channel."""
        ...

    @property
    def facts(self) -> Facts: ...

    async def open(self, story: Story, channel: str) -> None:
        """Empty tables, the cast enrolled and bound, contracts made, the product up at the first moment."""
        ...

    async def close(self) -> None: ...

    def phones(self, person: str) -> Sequence[Phone]:
        """The person's accounts, the preferred one first."""
        ...

    def set_clock(self, moment: datetime) -> None:
        """Turn the product's clock and every double's. Nothing happens by itself."""
        ...

    async def settle(self) -> None:
        """Do everything that is due at `now`, until nothing is left and all deliveries are done."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next thing falls due; None for never."""
        ...

    async def stop(self) -> None: ...

    async def start(self) -> None:
        """Up again, on the same tables, the doubles told where it listens now."""
        ...

    async def scan_code(self, person: str, room: str) -> str:
        """What the QR on that room's wall carries (at the person's school of the cast)."""
        ...

    async def invite_code(self, person: str, school: str, role: str) -> str:
        """A fresh invite, as it stands in the link or QR that the person opens."""
        ...

    def is_shown_anew(self, phone: Phone, shown: Shown) -> bool:
        """Whether this message only shows an earlier card again, on a platform that cannot edit."""
        ...
