"""What only reads a ticket, at once: 单据 hands out its records, 为什么 explains its due times."""

from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from texts.say import Say, say


class Asking(Protocol):
    """What this flow does."""

    def hand_out_records(self) -> None: ...

    def why(self) -> Say: ...


async def records(ask: Ask, me: Asking) -> Say | None:
    await ask.act("given", me.hand_out_records)
    return None


async def why(_ask: Ask, me: Asking) -> Say | None:
    return me.why()


FLOWS = (
    Flow(name="records", run=records, title=say("label.records")),
    Flow(name="why", run=why, title=say("label.why")),
)
