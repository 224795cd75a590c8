"""One request on its way through the year: who is concerned, and what somebody wants to do next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agreement.words import Kind
from tests.year.district import Place


@dataclass
class Request:
    """A matter from its first words on. `ticket` is 0 until it is filed."""

    number: int
    place: Place
    kind: Kind
    first_words_at: datetime
    way: str  # chat, unsorted (no school yet), phone, paper
    urgent: bool = False
    ticket: int = 0
    deeds: int = 0  # so far
    twin: "Request | None" = None  # the same matter, reported by somebody else
    wanted_kind: Kind | None = None  # asked of the customer, not answered yet
    done: list[str] = field(default_factory=list)  # its story, for whoever reads a difference


@dataclass(frozen=True)
class Wish:
    """Something that somebody is going to do at a moment."""

    at: datetime
    request: Request
    deed: str


Weighted = tuple[int, str]
Soon = Callable[[], timedelta]

# In each state: what may come next, and how often. "" is silence. What is not allowed is refused by the desk, as
# it would be in earnest.
NEXT: dict[str, tuple[Weighted, ...]] = {
    "registered": (
        (50, "acknowledge"),
        (6, "answer"),
        (4, "ask"),
        (4, "propose"),
        (4, "done"),
        (3, "decline"),
        (4, "depart"),
        (3, "withdraw"),
        (3, "assign"),
        (3, "note"),
        (2, "ask_resort"),
        (2, "nudge"),
        (3, "merge"),
        (2, "settle_school"),
        (2, "contingency"),
        (2, "finding"),
    ),
    "acknowledged": (
        (28, "done"),
        (20, "propose"),
        (5, "contingency"),
        (4, "fix_plan"),
        (4, "finding"),
        (4, "test"),
        (8, "answer"),
        (6, "depart"),
        (4, "arrive"),
        (4, "ask"),
        (5, "add"),
        (6, "decline"),
        (5, "start"),
        (5, "ask_resort"),
        (3, "withdraw"),
        (3, "hand_over"),
        (3, "merge"),
        (2, "settle_school"),
    ),
    "proposed": (
        (50, "agree"),
        (18, "discuss"),
        (8, "propose"),
        (3, "withdraw"),
        (4, "depart"),
        (3, "ask_resort"),
        (3, "answer"),
        (2, "merge"),
    ),
    "in_progress": (
        (52, "done"),
        (3, "contingency"),
        (4, "fix_plan"),
        (3, "finding"),
        (7, "propose"),
        (8, "acknowledge"),
        (6, "start"),
        (6, "answer"),
        (4, "arrive"),
        (3, "ask"),
        (3, "ask_resort"),
        (2, "hand_over"),
        (2, "merge"),
    ),
    "resolved": (
        (36, "solved"),
        (14, "not_solved"),
        (22, "accept"),
        (12, "reject"),
        (14, ""),
        (3, "fix_plan"),
    ),
    "accepted": ((40, "solved"), (15, "not_solved"), (20, "")),
    "closed": ((45, "archive"), (22, "not_solved"), (26, ""), (4, "fix_plan")),
    "declined": ((25, "object"), (25, "no_objection"), (20, ""), (10, "archive")),
}
# What a customer may throw in between.
INTERJECTIONS: tuple[Weighted, ...] = (
    (30, "urgent"),
    (18, "not_urgent"),
    (16, "add"),
    (14, "nudge"),
    (6, "withdraw"),
    (10, "not_solved"),
    (6, "discuss"),
)
