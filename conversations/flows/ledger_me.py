"""What a flow may know and do with the ledger: `me.ledger`. Implemented in `conversations/ledger_standing.py`."""

from collections.abc import Sequence
from typing import Protocol

from conversations.engine.questions import Option
from texts.say import Say


class LedgerMe(Protocol):
    """Entries are named by their ids as text."""

    def may(self, act: str) -> None:
        """Refused where no entry of this ticket allows it now, or the one on the button does not."""
        ...

    def entries(self, act: str) -> Sequence[Option]:
        """The entry on the button; typed with a ticket's number: those of the ticket that allow this."""
        ...

    def described(self, entry: str) -> Say: ...

    def breaches(self) -> Sequence[Option]:
        """The breach on the button; typed with a ticket's number: those of the ticket."""
        ...

    def evidence(self, breach: str) -> Say:
        """The link to its sheet, in words."""
        ...

    def claim(self, entry: str) -> None: ...

    def let_go(self, entry: str) -> None: ...

    def confirm(self, entry: str) -> None: ...

    def dispute(self, entry: str, words: str) -> None: ...

    def explain(self, entry: str, words: str) -> None: ...

    def deduct(self, entry: str) -> None: ...
