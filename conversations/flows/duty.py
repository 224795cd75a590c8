"""What flows about shifts may know and do: `me.duty`. Implemented in `conversations/on_duty.py`."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from conversations.engine.gathering import Spot
from conversations.engine.questions import Option
from texts.say import Say


class Duty(Protocol):
    """The person in the roster: an engineer with shifts, or lead and desk who decide about them."""

    @property
    def decides(self) -> bool:
        """Whether this person gives shifts and leave by their own word."""
        ...

    @property
    def is_engineer(self) -> bool: ...

    def own_shifts(self) -> Sequence[Option]:
        """Running and coming ones."""
        ...

    def open_places(self) -> Sequence[Option]:
        """Gaps, and everybody's shifts."""
        ...

    def colleagues(self) -> Sequence[Option]:
        """Other engineers."""
        ...

    def engineers(self) -> Sequence[Option]: ...

    def residences(self) -> Sequence[Option]: ...

    def ask_swap(self, shift: str, colleague: str) -> Say: ...

    def give(self, which: str, person: str) -> Say: ...

    def ask_leave(self, person: str, since: date, until: date) -> Say:
        """`person` "" is whoever asks."""
        ...

    def coming_leave(self) -> Sequence[Option]:
        """Leave that is not over: one's own; everybody's for lead and desk."""
        ...

    def take_back(self, leave: str) -> Say: ...

    def sign_in(self, residence: str) -> int: ...

    def place_sign_in(self, signed: int, spot: Spot) -> None: ...
