"""The stage that the dialog engine plays on: the flows of the house, the person before them, savepoints."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

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
from desk.sitting import Sitting

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
    filed: list[int] = field(default_factory=list)  # by this message: ids of tickets

    @property
    def flows(self) -> Mapping[str, Flow]:
        return FLOWS

    @property
    def now(self) -> datetime:
        return self.sitting.now

    def view(self, frame: Frame) -> object:
        return Standing(self.sitting, frame.subject, self.filed)

    def savepoint(self) -> AbstractContextManager[object]:
        return self.sitting.session.begin_nested()
