"""What a flow may know and do: the `me` that is given to it. Implemented in `conversations/standing.py` and its parts.

Everything a flow reads is a plain value; every act is a method to be given to `ask.act`. A flow sees no database,
no clock and no channel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conversations.engine.gathering import Content, Spot
from conversations.engine.messages import Media
from conversations.engine.questions import Option
from conversations.flows.care import Care
from conversations.flows.duty import Duty
from conversations.flows.ledger_me import LedgerMe


@dataclass(frozen=True)
class Draft:
    """A report as it is filed."""

    school: str  # id as text; "" when nobody knows: the desk must sort it
    what: str
    place: str
    system: str
    kind: str
    photos: tuple[Media, ...]
    reported_at: datetime
    urgent_at: datetime | None
    urgency_said_at: datetime | None  # when the words said so, whether or not anybody confirmed it
    confirmed: bool


@dataclass(frozen=True)
class PlannedStep:
    """One step of a plan in the making."""

    what: str
    due_at: datetime


@dataclass(frozen=True)
class PlanDraft:
    """A plan as it is handed over; the sum in fen."""

    steps: tuple[PlannedStep, ...]
    fee: str
    clause: str
    fen: int


@dataclass(frozen=True)
class PhoneDraft:
    """What the desk registers on somebody's behalf. `person` is an id as text, or "" with `name` and `phone`."""

    school: str
    person: str
    name: str
    phone: str
    way: str
    received_at: datetime
    words: str
    place: str
    system: str
    kind: str
    said_kind: str  # what the words themselves say, whatever the desk makes of them
    says_urgent: bool
    answered: str
    urgent: str = "no"
    cause: str = "unstated"
    harm: str = "unstated"


@dataclass(frozen=True)
class TalkInHand:
    """The human talk from which the desk registers: whose it is, and when its first words came. Empty: none."""

    school: str = ""
    person: str = ""
    began_at: datetime | None = None


@dataclass(frozen=True)
class Guess:
    """What the words themselves say."""

    place: str
    system: str
    kind: str
    kinds: tuple[str, ...]
    urgent: bool


class Me(Protocol):
    """The person in front of the flow, with the ticket that the frame is about where it is about one."""

    @property
    def ledger(self) -> LedgerMe: ...

    @property
    def is_bound(self) -> bool: ...

    @property
    def privacy_link(self) -> str:
        """Where the notice about personal data stands."""
        ...

    @property
    def care(self) -> Care:
        """Follow-ups, calls and reports."""
        ...

    @property
    def duty(self) -> Duty:
        """Shifts, leave, 签到."""
        ...

    def understand(self, words: str, school: str) -> Guess: ...

    def place_of(self, before: str, words: str, school: str) -> str:
        """Where it is, when a place was said before the words about the matter."""
        ...

    def speaks_for(self, school: str) -> bool:
        """Whether the person is this school's representative, or stands in where it has named none."""
        ...

    def schools(self) -> Sequence[Option]: ...

    def usual_school(self) -> str: ...

    def school_here(self, words: str) -> str: ...

    def all_schools(self) -> Sequence[Option]: ...

    def people_of(self, school: str) -> Sequence[Option]: ...

    def newest_open(self) -> str: ...
    def states_a_new_fault(self, words: str) -> bool: ...
    def is_thanks(self, words: str) -> bool: ...

    def says_no_matter(self, words: str) -> bool: ...
    def goes_with(self, ticket: str, words: str) -> bool: ...
    def open_tickets(self, about: str = "") -> Sequence[Option]: ...

    def colleagues(self) -> Sequence[Option]: ...

    def open_steps(self) -> Sequence[Option]: ...

    def fee(self) -> tuple[str, str]:
        """(free or paid, key of the clause) as the contract proposes it."""
        ...

    def is_deep(self) -> bool: ...


    def report(self, draft: Draft) -> int | None: ...

    def add_to(self, ticket: str, words: str, media: tuple[Media, ...]) -> None: ...

    def acknowledge(self) -> None: ...

    def nudge(self) -> None: ...

    def withdraw(self) -> None: ...

    def declare_urgent(self) -> None: ...

    def state_urgency(self, cause: str, harm: str) -> None: ...

    def take_back_urgency(self) -> None: ...

    def agree(self) -> None: ...

    def discuss(self, words: str) -> None: ...

    def solved(self) -> None: ...

    def rate(self, mark: int) -> None: ...

    def opinion_words(self, words: str) -> None: ...

    def not_solved(self) -> None: ...

    def object_to(self, words: str) -> None: ...

    def do_not_object(self) -> None: ...

    def consent(self) -> None: ...

    def dissent(self) -> None: ...

    def hand_over(self, colleague: str, reason: str) -> None: ...

    def assign(self, colleague: str, reason: str) -> None: ...

    def depart(self) -> None: ...

    def arrive(self) -> None: ...

    def arrived_at(self, spot: Spot | None) -> None: ...

    def put_question(self, words: str, photos: tuple[Media, ...]) -> None: ...

    def answer(self, content: Content) -> None: ...

    def note(self, words: str) -> None: ...

    def begin(self) -> None: ...

    def propose(self, plan: PlanDraft) -> None: ...

    def done(self, step: str, words: str, photos: tuple[Media, ...]) -> None: ...

    def may_finish(self) -> None:
        """Refused where 完成 is not possible now: said at the tap, before any words are asked."""
        ...

    def may(self, act: str) -> None:
        """Refused where this act is not possible now."""
        ...

    def decline(self, words: str) -> None: ...

    def merge(self, into: str) -> None: ...

    def ask_resort(self, kind: str) -> None: ...

    def ask_urgency(self) -> None: ...

    def settle_school(self, school: str) -> None: ...

    def accept(self) -> None: ...

    def reject(self, words: str) -> None: ...

    def close(self) -> None: ...

    def archive(self) -> None: ...

    def aware(self) -> None:
        """已知悉: the daily calls of this ticket end."""
        ...

    def talk_in_hand(self) -> TalkInHand: ...

    def register(self, draft: PhoneDraft) -> int: ...

    def bind_by_invite(self, code: str, name: str, phone: str) -> str: ...

    def invited_name(self, code: str) -> str: ...

    def bind_by_room(self, name: str, phone: str) -> str: ...

    def ask_human(self) -> None: ...
