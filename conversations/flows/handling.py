"""What an engineer, a lead, the desk and the archivist do with a ticket, one flow for each button."""

from agreement.words import Kind
from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Choice, Content, Location, Option, Papers, Photos, Single, Text
from conversations.flows.me import Me
from texts.say import Say, say

WORDS = Text("words")
CONTENT = Papers("content")
PHOTOS = Photos("photos")  # never asked: what was sent along before the words goes with them
REASON = Text("reason", most=200)
COLLEAGUE = Choice("colleague", single=Single.SHOWN)
STEP = Choice("step")
INTO = Text("into", most=40)
KIND = Choice("kind", options=tuple(Option(one.value, say(f"kind.{one.value}")) for one in Kind))
SPOT = Location("spot")
SCHOOL = Choice("school")


async def acknowledge(ask: Ask, me: Me) -> Say | None:
    await ask.act("acknowledged", me.acknowledge)
    return None


async def hand_over(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "hand_over")
    return await _give(ask, me, "handed")


async def assign(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "assign")
    return await _give(ask, me, "assigned")


async def _give(ask: Ask, me: Me, name: str) -> Say | None:
    colleagues = me.colleagues()
    if not colleagues:
        return say("refused.nobody_to_choose")
    colleague = await ask(COLLEAGUE, say("ask.colleague"), among=colleagues)
    reason = await ask(REASON, say("ask.reason"))
    await ask.act(name, me.hand_over if name == "handed" else me.assign, colleague, reason)
    return None


async def depart(ask: Ask, me: Me) -> Say | None:
    await ask.act("departed", me.depart)
    return None


async def arrive(ask: Ask, me: Me) -> Say | None:
    """At once; a location sent with it or after it is kept."""
    await ask.act("arrived", me.arrive)
    return None


async def put_question(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "ask")
    words = await ask(WORDS, say("ask.question"))
    photos = await ask(PHOTOS, say("ask.photos"), guess=())
    await ask.act("asked", me.put_question, words, photos)
    return None


async def answer(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "answer")
    content: Content = await ask(CONTENT, say("ask.answer"))
    await ask.act("answered", me.answer, content)
    return None


async def note(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "note")
    words = await ask(WORDS, say("ask.note"))
    await ask.act("noted", me.note, words)
    return None


async def begin(ask: Ask, me: Me) -> Say | None:
    await ask.act("begun", me.begin)
    return None


async def done(ask: Ask, me: Me) -> Say | None:
    """Which step where several are open, then what was done; the words are the implementer's signature."""
    await ask.once("may", me.may_finish)
    steps = me.open_steps()
    step = await ask(STEP, say("ask.which_step"), among=steps) if steps else ""
    words = await ask(WORDS, say("ask.done_deep" if me.is_deep() else "ask.done"))
    photos = await ask(PHOTOS, say("ask.photos"), guess=())
    await ask.act("done", me.done, step, words, photos)
    return None


async def decline(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "decline")
    words = await ask(WORDS, say("ask.decline"))
    await ask.act("declined", me.decline, words)
    return None


async def merge(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "merge")
    into = await ask(INTO, say("ask.into"))
    await ask.act("merged", me.merge, into)
    return None


async def resort(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "resort")
    kind = await ask(KIND, say("ask.kind"))
    await ask.act("asked", me.ask_resort, kind)
    return None


async def resort_urgency(ask: Ask, me: Me) -> Say | None:
    """The customer is asked at once: urgent after all, or urgent no longer."""
    await ask.act("asked", me.ask_urgency)
    return None


async def settle_school(ask: Ask, me: Me) -> Say | None:
    """A report whose school nobody knows: the desk finds out and says."""
    await ask.once("may", me.may, "settle_school")
    school = await ask(SCHOOL, say("ask.which_school"), among=me.all_schools())
    await ask.act("settled", me.settle_school, school)
    return None


async def accept(ask: Ask, me: Me) -> Say | None:
    await ask.act("accepted", me.accept)
    return None


async def reject(ask: Ask, me: Me) -> Say | None:
    await ask.once("may", me.may, "reject")
    words = await ask(WORDS, say("ask.reject"))
    await ask.act("rejected", me.reject, words)
    return None


async def close(ask: Ask, me: Me) -> Say | None:
    await ask.act("closed", me.close)
    return None


async def aware(ask: Ask, me: Me) -> Say | None:
    await ask.act("aware", me.aware)
    return None


async def archive(ask: Ask, me: Me) -> Say | None:
    await ask.act("archived", me.archive)
    return None


RUNS = {
    "acknowledge": acknowledge,
    "hand_over": hand_over,
    "assign": assign,
    "depart": depart,
    "arrive": arrive,
    "ask": put_question,
    "answer": answer,
    "note": note,
    "start": begin,
    "done": done,
    "decline": decline,
    "merge": merge,
    "resort": resort,
    "resort_urgency": resort_urgency,
    "settle_school": settle_school,
    "accept": accept,
    "reject": reject,
    "close": close,
    "archive": archive,
    "aware": aware,
}
WITH_PHOTOS = {"ask": PHOTOS.name, "done": PHOTOS.name}
FLOWS = tuple(
    Flow(name=name, run=run, title=say(f"label.{name}"), photos=WITH_PHOTOS.get(name, "")) for name, run in RUNS.items()
)
