"""Papers that an engineer hands over in chat: the two plans of an urgent report, a record of strict testing, and
the finding whether the software causes a slowness."""

from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.gathering import Content
from conversations.engine.questions import Choice, Option, Papers, Summary, Sure, Text
from texts.say import Say, say

CONTENT = Papers("content")
ENVIRONMENT = Text("environment", most=500)
CASES = Text("cases")
RESULT = Text("result")
CAUSED = Choice("caused", options=(Option("yes", say("label.yes")), Option("no", say("label.no"))))
WORDS = Text("words")
HANDED = Summary("sure", joins="content", changes=(Option("content", say("label.what")),))
TESTED = Summary(
    "sure",
    joins="result",
    changes=tuple(Option(name, say(f"label.{name}")) for name in ("environment", "cases", "result")),
)


class Author(Protocol):
    """What these flows do."""

    def may(self, act: str) -> None: ...

    def hand_in(self, act: str, content: Content) -> None: ...

    def record_test(self, environment: str, cases: str, result: str) -> None: ...

    def find(self, is_software: str, words: str) -> None:
        """`is_software` is yes or no."""
        ...


async def contingency(ask: Ask, me: Author) -> Say | None:
    return await _plan(ask, me, "contingency")


async def fix_plan(ask: Ask, me: Author) -> Say | None:
    return await _plan(ask, me, "fix_plan")


async def _plan(ask: Ask, me: Author, act: str) -> Say | None:
    """Words and/or files; the tap on 确认提交 hands it over."""
    await ask.once("may", me.may, act)
    content = await ask(CONTENT, say(f"ask.{act}"))
    sure = await ask(HANDED, _summary(act, content), about=content)
    if sure == Sure.CONFIRMED:
        await ask.act("handed", me.hand_in, act, content)
    return None


def _summary(act: str, content: Content) -> Say:
    return say(
        "papers.summary",
        title=say(f"label.{act}"),
        words=content.words,
        files=say("papers.files", count=len(content.media)) if content.media else "",
    )


async def test(ask: Ask, me: Author) -> Say | None:
    """Where it was tested, what, with what result; the tap is the tester's signature."""
    await ask.once("may", me.may, "test")
    environment = await ask(ENVIRONMENT, say("ask.test_environment"))
    cases = await ask(CASES, say("ask.test_cases"))
    result = await ask(RESULT, say("ask.test_result"))
    shown = (environment, cases, result)
    sure = await ask(
        TESTED, say("papers.test", environment=environment, cases=cases, result=result), about=shown
    )
    if sure == Sure.CONFIRMED:
        await ask.act("tested", me.record_test, *shown)
    return None


async def finding(ask: Ask, me: Author) -> Say | None:
    await ask.once("may", me.may, "finding")
    caused = await ask(CAUSED, say("ask.finding"))
    words = await ask(WORDS, say("ask.finding_words"))
    await ask.act("found", me.find, caused, words)
    return None


RUNS = {"contingency": contingency, "fix_plan": fix_plan, "test": test, "finding": finding}
FLOWS = tuple(Flow(name=name, run=run, title=say(f"label.{name}")) for name, run in RUNS.items())
