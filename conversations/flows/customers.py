"""What the school does with its ticket, one flow for each button. "At once" is a flow that only acts."""

from agreement.words import Cause, Harm
from conversations.engine.ask import Ask
from conversations.engine.flow import Flow, Silence
from conversations.engine.questions import Afterword, Choice, Mark, Option, Papers, Text
from conversations.flows.me import Me
from texts.say import Say, say

WORDS = Text("words")
MORE = Afterword("more", nothing=say("label.end"))
CONTENT = Papers("content")
MARK = Mark("mark")
CAUSE = Choice(
    "cause",
    options=tuple(
        Option(one.value, say(f"label.cause_{one.value}")) for one in Cause if one is not Cause.UNSTATED
    ),
)
HARM = Choice(
    "harm",
    options=tuple(
        Option(one.value, say(f"label.harm_{one.value}")) for one in Harm if one is not Harm.UNSTATED
    ),
)


async def add(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "add")
    content = await ask(CONTENT, say("ask.add"))
    await ask.act("added", me.add_to, "", content.words, content.media)
    return None


async def nudge(ask: Ask, me: Me) -> Say | None:
    await ask.act("nudged", me.nudge)
    return None


async def withdraw(ask: Ask, me: Me) -> Say | None:
    await ask.act("withdrawn", me.withdraw)
    return None


async def urgent(ask: Ask, me: Me) -> Say | None:
    """Urgent from this tap; cause and harm follow, and may stay unstated."""
    await ask.act("declared", me.declare_urgent)
    return await _cause_and_harm(ask, me)


async def state_urgency(ask: Ask, me: Me) -> Say | None:
    """Said urgent in words, or nothing more after the tap: both can be given as long as it is open."""
    await ask.once("may", me.may, "state_urgency")
    return await _cause_and_harm(ask, me)


async def _cause_and_harm(ask: Ask, me: Me) -> Say | None:
    cause = await ask(CAUSE, say("ask.cause"))
    harm = await ask(HARM, say("ask.harm"))
    await ask.act("stated", me.state_urgency, cause, harm)
    return say("ask.urgency_kept")


async def not_urgent(ask: Ask, me: Me) -> Say | None:
    await ask.act("taken_back", me.take_back_urgency)
    return None


async def agree(ask: Ask, me: Me) -> Say | None:
    await ask.act("agreed", me.agree)
    return None


async def discuss(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "discuss")
    words = await ask(WORDS, say("ask.discuss"))
    await ask.act("discussed", me.discuss, words)
    return None


async def solved(ask: Ask, me: Me) -> Say | None:
    """Solved at once; then the mark, then optional words."""
    await ask.act("solved", me.solved)
    mark = await ask(MARK, say("ask.mark"))
    await ask.act("rated", me.rate, mark)
    words = await ask(MORE, say("ask.opinion_words"))
    if words:
        await ask.act("worded", me.opinion_words, words)
    return None


async def not_solved(ask: Ask, me: Me) -> Say | None:
    """Back to work at once; words may follow and go to the engineer."""
    await ask.act("reopened", me.not_solved)
    words = await ask(MORE, say("ask.what_is_wrong"))
    if words:
        await ask.act("worded", me.add_to, "", words, ())
    return None


async def object_to(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "object")
    words = await ask(WORDS, say("ask.object"))
    await ask.act("objected", me.object_to, words)
    return None


async def no_objection(ask: Ask, me: Me) -> Say | None:
    await ask.act("agreed", me.do_not_object)
    return None


async def consent(ask: Ask, me: Me) -> Say | None:
    await ask.act("consented", me.consent)
    return None


async def dissent(ask: Ask, me: Me) -> Say | None:
    await ask.act("dissented", me.dissent)
    return None


def _flow(name: str, run, silence: Silence = Silence.REMINDS) -> Flow:  # type: ignore[no-untyped-def]
    return Flow(name=name, run=run, title=say(f"label.{name}"), silence=silence)


FLOWS = (
    _flow("add", add),
    _flow("nudge", nudge),
    _flow("withdraw", withdraw),
    _flow("urgent", urgent, Silence.ENDS),
    _flow("state_urgency", state_urgency, Silence.ENDS),
    _flow("not_urgent", not_urgent),
    _flow("agree", agree),
    _flow("discuss", discuss),
    _flow("solved", solved, Silence.WAITS),
    _flow("not_solved", not_solved, Silence.ENDS),
    _flow("object", object_to),
    _flow("no_objection", no_objection),
    _flow("consent", consent),
    _flow("dissent", dissent),
)
