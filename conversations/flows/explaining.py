"""为什么: at once, why the due times of a ticket are what they are."""

from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from texts.say import Say, say


class Asking(Protocol):
    """What this flow knows."""

    def why(self) -> Say: ...


async def why(_ask: Ask, me: Asking) -> Say | None:
    return me.why()


FLOWS = (Flow(name="why", run=why, title=say("label.why")),)
