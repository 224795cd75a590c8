"""The stage that the dialog engine plays on: the flows of the house, the person before them, what undoes an act."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Final

from sqlalchemy.orm import Session

from conversations.engine.flow import Flow
from conversations.engine.kept import Frame
from conversations.flows import (
    calling,
    customers,
    explaining,
    handling,
    joining,
    ledger,
    papers,
    planning,
    records,
    registering,
    reporting,
    requests,
    rosters,
)
from conversations.standing import Standing
from desk.showing import OPEN, viewer
from desk.sitting import Sitting
from storage.around import Around, OwnTicket, around
from storage.writes import has_written_since, writes
from texts.refused import Refused

FLOWS: Mapping[str, Flow] = MappingProxyType(
    {
        flow.name: flow
        for module in (
            reporting,
            customers,
            explaining,
            handling,
            papers,
            planning,
            records,
            joining,
            registering,
            calling,
            requests,
            rosters,
            ledger,
        )
        for flow in module.FLOWS
    }
)


@dataclass(frozen=True)
class HouseStage:
    """One message's stage over one sitting."""

    sitting: Sitting
    seen: Around | None = None  # as the message came, where it was looked at then
    filed: list[int] = field(default_factory=list)  # by this message: ids of tickets
    acted: list[str] = field(default_factory=list)  # names of its acts so far

    @property
    def flows(self) -> Mapping[str, Flow]:
        return FLOWS

    @property
    def now(self) -> datetime:
        return self.sitting.now

    @cached_property
    def around(self) -> Around:
        """What is open around this person, as it was before the message's first act."""
        return self.seen or around(self.sitting.session, viewer(self.sitting.actor), OPEN)

    def view(self, frame: Frame) -> object:
        return Standing(self.sitting, frame.subject, self.filed, self._own)

    def _own(self) -> Sequence[OwnTicket]:
        """The person's open tickets as they are now: an act of this message may have ended the one to be added to."""
        seen = around(self.sitting.session, viewer(self.sitting.actor), OPEN) if self.acted else self.around
        return seen.own

    def trying(self, act: Callable[..., object]) -> AbstractContextManager[object]:
        session = self.sitting.session
        self.acted.append(act.__name__)
        return refusing_first(session) if act in REFUSES_FIRST else session.begin_nested()


# Acts of nearly every message that say no before they write: a savepoint would be two ways to the server and back
# (docs/decisions/0016). Any other may do a part and then find out that it cannot do the rest.
REFUSES_FIRST: Final = frozenset({Standing.report, Standing.add_to})


@contextmanager
def refusing_first(session: Session) -> Iterator[None]:
    """Raises RefusedTooLateError, and with it fails the whole message, where something is refused after a write."""
    session.flush()
    before = writes(session)
    try:
        yield
        session.flush()
    except Refused as no:
        if has_written_since(session, before):
            raise RefusedTooLateError(no.said.key) from no
        raise


class RefusedTooLateError(Exception):
    """An act that is said to refuse before it writes has written."""
