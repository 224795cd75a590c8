"""What flows about follow-ups, calls and reports may do: `me.care`. Implemented in `conversations/caring.py`."""

from datetime import datetime
from typing import Protocol

from texts.say import Say


class Care(Protocol):
    """The follow-up, call or report that the frame is about."""

    def all_well(self) -> None: ...

    def call_me(self) -> None: ...

    def undisturbed(self) -> None: ...

    def may_record(self) -> None:
        """Refused where the call is made already or somebody else's: said at the tap."""
        ...

    def question(self) -> str:
        """What the engineer asked and the person called has not answered; empty for nothing."""
        ...

    def reached_answered(self, words: str) -> None: ...

    def wants_opinion(self) -> bool:
        """Whether the person called is to say if it is solved."""
        ...

    def reached_solved(self, mark: int) -> None:
        """0: no mark."""
        ...

    def reached_not_solved(self, words: str) -> None: ...

    def reached_well(self) -> None: ...

    def reached_wrong(self, words: str) -> int:
        """The number of the ticket that was filed on the person's behalf."""
        ...

    def reached_other(self, words: str) -> None: ...

    def missed(self) -> Say:
        """What follows, and when."""
        ...

    def seen(self) -> None: ...

    def why_listed(self) -> Say:
        """Why the due times of this list are what they are."""
        ...

    def put_off(self, until: datetime) -> None: ...
