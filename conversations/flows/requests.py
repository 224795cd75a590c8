"""The written request of a customised change: confirmed, discussed, or written anew."""

from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Option, Summary, Sure, Text
from texts.say import Say, say

WORDS = Text("words")
TEXT = Text("text")
SURE = Summary("sure", joins="text", changes=(Option("text", say("label.what")),))


class Requester(Protocol):
    """What these flows do."""

    def may(self, act: str) -> None: ...

    def confirm_request(self) -> None: ...

    def discuss_request(self, words: str) -> None: ...

    def revise_request(self, text: str) -> None: ...


async def confirm_request(ask: Ask, me: Requester) -> Say | None:
    """At once: the frozen text stands on the card."""
    await ask.act("confirmed", me.confirm_request)
    return None


async def discuss_request(ask: Ask, me: Requester) -> Say | None:
    await ask.once("may", me.may, "discuss_request")
    words = await ask(WORDS, say("ask.discuss_request"))
    await ask.act("discussed", me.discuss_request, words)
    return None


async def revise_request(ask: Ask, me: Requester) -> Say | None:
    """The whole text anew; what is tapped is exactly what is frozen."""
    await ask.once("may", me.may, "revise_request")
    text = await ask(TEXT, say("ask.revise_request"))
    sure = await ask(SURE, say("request.summary", text=text), about=text)
    if sure == Sure.CONFIRMED:
        await ask.act("revised", me.revise_request, text)
    return None


RUNS = {
    "confirm_request": confirm_request,
    "discuss_request": discuss_request,
    "revise_request": revise_request,
}
FLOWS = tuple(Flow(name=name, run=run, title=say(f"label.{name}")) for name, run in RUNS.items())
