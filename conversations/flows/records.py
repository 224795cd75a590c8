"""单据: at once, the records of a ticket that are the person's to have."""

from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from texts.say import Say, say


class Asking(Protocol):
    """What this flow does."""

    def hand_out_records(self) -> None: ...


async def records(ask: Ask, me: Asking) -> Say | None:
    await ask.act("given", me.hand_out_records)
    return None


FLOWS = (Flow(name="records", run=records, title=say("label.records")),)
