"""A follow-up or a report answered in one tap, a call recorded in two: 接通 and what came of it, 未接, 改约."""

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Choice, Moment, Option, Text
from conversations.flows.me import Me
from texts.say import Say, say

RESULT = Choice(
    "result",
    options=(
        Option("well", say("label.all_well"), "success"),
        Option("wrong", say("label.something_wrong"), "danger"),
        Option("other", say("label.other")),
    ),
)
OPINION = Choice(
    "opinion",
    options=(
        Option("solved", say("label.solved"), "success"),
        Option("not_solved", say("label.not_solved"), "danger"),
        Option("other", say("label.other")),
    ),
)
NO_MARK = Option("0", say("label.no_mark"))
MARK = Choice(
    "mark", options=(*(Option(str(one), say(f"label.mark_{one}"), number=str(one)) for one in range(5, 0, -1)), NO_MARK)
)
ANSWER = Text("answer", nothing=say("label.no_answer_given"))
WORDS = Text("words")
WHEN = Moment("when")


async def all_well(ask: Ask, me: Me) -> Say | None:
    await ask.act("answered", me.care.all_well)
    return say("follow_up.thanks")


async def call_me(ask: Ask, me: Me) -> Say | None:
    await ask.act("answered", me.care.call_me)
    return say("follow_up.will_call")


async def undisturbed(ask: Ask, me: Me) -> Say | None:
    await ask.act("answered", me.care.undisturbed)
    return say("follow_up.left_alone")


async def seen(ask: Ask, me: Me) -> Say | None:
    """已阅 under the report of the month."""
    await ask.act("confirmed", me.care.seen)
    return say("digest.confirmed")


async def reached(ask: Ask, me: Me) -> Say | None:
    """一切正常 at once; 有问题 and 其他 ask words. A problem becomes the person's ticket.

    Whoever is called because the engineer asks something is asked that first; whoever has an opinion of the work to
    give is asked for it.
    """
    await ask.once("may", me.care.may_record)
    question = await ask.once("question", me.care.question)
    answer = await ask(ANSWER, say("ask.call_answer", question=question)) if question else ""
    if answer:
        await ask.act("answered", me.care.reached_answered, answer)
        return None
    if await ask.once("opinion_wanted", me.care.wants_opinion):
        return await _opinion(ask, me)
    result = await ask(RESULT, say("ask.call_result"))
    if result == "well":
        await ask.act("recorded", me.care.reached_well)
        return say("call.recorded")
    if result == "wrong":
        words = await ask(WORDS, say("ask.call_wrong"))
        await ask.act("filed", me.care.reached_wrong, words)
        return say("call.recorded")
    return await _other(ask, me)


async def _opinion(ask: Ask, me: Me) -> Say | None:
    """The customer's own word, which whoever calls writes down: nothing counts before the last answer."""
    opinion = await ask(OPINION, say("ask.call_opinion"))
    if opinion == "solved":
        mark = await ask(MARK, say("ask.call_mark"))
        await ask.act("solved", me.care.reached_solved, int(mark))
        return say("call.recorded")
    if opinion == "not_solved":
        words = await ask(WORDS, say("ask.call_not_solved"))
        await ask.act("reopened", me.care.reached_not_solved, words)
        return None
    return await _other(ask, me)


async def _other(ask: Ask, me: Me) -> Say | None:
    words = await ask(WORDS, say("ask.call_other"))
    await ask.act("noted", me.care.reached_other, words)
    return say("call.recorded")


async def missed(ask: Ask, me: Me) -> Say | None:
    return await ask.act("recorded", me.care.missed)


async def put_off(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.care.may_record)
    until = await ask(WHEN, say("ask.call_when"))
    await ask.act("recorded", me.care.put_off, until)
    return say("call.put_off", at=until)


async def why_listed(_ask: Ask, me: Me) -> Say | None:
    return me.care.why_listed()


RUNS = {
    "all_well": all_well,
    "call_me": call_me,
    "undisturbed": undisturbed,
    "reached": reached,
    "missed": missed,
    "put_off": put_off,
    "seen": seen,
    "why_listed": why_listed,
}
FLOWS = tuple(Flow(name=name, run=run, title=say(f"label.{name}")) for name, run in RUNS.items())
