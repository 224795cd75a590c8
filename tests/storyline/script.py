"""What a story says, as values: people, contracts and lines. Nothing here reads a file or plays anything.

Moments are timezone-aware (Asia/Shanghai), money is fen, tickets count from 1 in the order of the story.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, Role, State

CHANNELS = ("web", "telegram", "wechat")
REFUSALS = ("blocked", "window", "quota", "timeout", "down")


@dataclass(frozen=True, kw_only=True)
class CastLine:
    """One line of the cast. A person of several roles, schools or channels has several."""

    person: str
    role: Role
    school: str = ""
    channel: str = ""  # empty: the channel the story is played on
    on_duty: bool = False
    unbound: bool = False


@dataclass(frozen=True)
class Cast:
    """Everybody in the story, by name."""

    lines: tuple[CastLine, ...]

    def people(self) -> tuple[str, ...]:
        """Each name once, in the order of first mention."""
        return tuple(dict.fromkeys(line.person for line in self.lines))

    def of(self, person: str) -> tuple[CastLine, ...]:
        return tuple(line for line in self.lines if line.person == person)

    def roles(self, person: str) -> frozenset[Role]:
        return frozenset(line.role for line in self.of(person))

    def is_unbound(self, person: str) -> bool:
        return any(line.unbound for line in self.of(person))

    def is_on_duty(self, person: str) -> bool:
        return any(line.on_duty for line in self.of(person))

    def channels(self, person: str, default: str) -> tuple[str, ...]:
        """The person's channels, the preferred one first; `default` where no line fixes one."""
        fixed = dict.fromkeys(line.channel for line in self.of(person) if line.channel)
        return tuple(fixed) or (default,)

    def schools(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.school for line in self.lines if line.school))


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A school's contract. None: the agreement's value (accepted on the story's first day, deposit 0.00).

    `limits` are the policy's names and texts as `agreement.own_limits.with_overrides` takes them.
    """

    school: str
    accepted: date | None = None
    delivered: date | None = None
    deposit_fen: int = 0
    limits: Mapping[str, str] = field(default_factory=dict)


# What a person does: everything that may stand after `> `.


@dataclass(frozen=True)
class Text:
    words: str


@dataclass(frozen=True)
class Tap:
    """A tap on the newest button with this label, else in the menu; with a ticket, on its newest card."""

    label: str
    ticket: int | None = None


@dataclass(frozen=True)
class OldTap:
    """A tap on a button that an earlier message offered and the newest card does not (`old`)."""

    label: str
    ticket: int | None = None


@dataclass(frozen=True)
class Photo:
    name: str
    caption: str = ""


@dataclass(frozen=True)
class Voice:
    seconds: int
    recognised: str = ""


@dataclass(frozen=True)
class SentFile:
    name: str


@dataclass(frozen=True)
class Location:
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Sticker:
    pass


@dataclass(frozen=True)
class Scan:
    room: str


@dataclass(frozen=True)
class OpenInvite:
    school: str
    role: Role


@dataclass(frozen=True)
class Edit:
    words: str


@dataclass(frozen=True)
class Reply:
    ticket: int
    words: str


Deed = Text | Tap | OldTap | Photo | Voice | SentFile | Location | Sticker | Scan | OpenInvite | Edit | Reply


# Lines of the story.


@dataclass(frozen=True)
class Does:
    """One person does one thing."""

    person: str
    deed: Deed


@dataclass(frozen=True)
class Together:
    """Several deeds that arrive at the same moment, each with the number of its line."""

    deeds: tuple[tuple[int, Does], ...]


@dataclass(frozen=True)
class At:
    """Sets the clock, forward only."""

    moment: datetime


@dataclass(frozen=True)
class Wait:
    length: timedelta


@dataclass(frozen=True)
class WaitWorkdays:
    """So many working days on, to the same hour."""

    days: int


@dataclass(frozen=True)
class Hears:
    """The next message to that person that matches; `*` in the pattern is any text."""

    person: str
    pattern: str


@dataclass(frozen=True)
class HearsNothing:
    person: str


@dataclass(frozen=True)
class Offers:
    person: str
    label: str
    ticket: int | None = None


@dataclass(frozen=True)
class OffersNot:
    person: str
    label: str
    ticket: int | None = None


@dataclass(frozen=True)
class TicketIs:
    """One fact about one ticket; the value's type says which."""

    ticket: int
    fact: "State | Kind | Reported | Unconfirmed | Round | Photos | Waiting | Assignee | Urgent"


@dataclass(frozen=True)
class Reported:
    at: datetime


@dataclass(frozen=True)
class Unconfirmed:
    pass


@dataclass(frozen=True)
class Round:
    number: int


@dataclass(frozen=True)
class Photos:
    count: int


@dataclass(frozen=True)
class Waiting:
    pass


@dataclass(frozen=True)
class Assignee:
    person: str


@dataclass(frozen=True)
class Urgent:
    pass


@dataclass(frozen=True)
class TicketCount:
    count: int


@dataclass(frozen=True)
class PromiseIs:
    """State of a promise of the newest round; `step` counts from 1 and matters for plan-step."""

    ticket: int
    promise: Promise
    step: int
    state: PromiseState


@dataclass(frozen=True)
class PromiseDue:
    ticket: int
    promise: Promise
    step: int
    at: datetime


@dataclass(frozen=True)
class PenaltySum:
    school: str
    state: PenaltyState
    sum_fen: int


@dataclass(frozen=True)
class CanMake:
    ticket: int
    record: Record


@dataclass(frozen=True)
class AtMost:
    person: str
    messages: int


@dataclass(frozen=True)
class Stop:
    pass


@dataclass(frozen=True)
class Start:
    pass


@dataclass(frozen=True)
class Restart:
    pass


@dataclass(frozen=True)
class Resend:
    pass


@dataclass(frozen=True)
class Refuse:
    person: str
    reason: str


@dataclass(frozen=True)
class Accept:
    person: str


Step = (
    Does | Together | At | Wait | WaitWorkdays | Hears | HearsNothing | Offers | OffersNot
    | TicketIs | TicketCount | PromiseIs | PromiseDue | PenaltySum | CanMake | AtMost
    | Stop | Start | Restart | Resend | Refuse | Accept
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the story: where it stands, as written (`! together` with its lines), what it says."""

    number: int
    written: str
    step: Step


@dataclass(frozen=True, kw_only=True)
class Story:
    path: Path
    title: str
    cast: Cast
    contracts: tuple[Contract, ...]
    strict: bool
    lines: tuple[Line, ...]

    @property
    def first_moment(self) -> datetime:
        """The first line of every story sets the clock; the reader sees to it."""
        first = self.lines[0].step
        assert isinstance(first, At)
        return first.moment

    def contract(self, school: str) -> Contract:
        """The school's contract, with the agreement's values where the story names none."""
        named = {contract.school: contract for contract in self.contracts}
        return named.get(school, Contract(school=school))
