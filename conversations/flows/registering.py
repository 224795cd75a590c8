"""登记: the desk files a request that came by phone, on paper or in person, with its two times."""

from datetime import datetime

from agreement.words import Cause, Harm, Kind
from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Choice, Moment, Option, Phone, Side, Single, Summary, Sure, Text
from conversations.flows.customers import CAUSE, HARM
from conversations.flows.me import Me, PhoneDraft
from texts.say import Say, say

SCHOOL = Choice("school")
PERSON = Choice("person", single=Single.SHOWN)
NAME = Text("name", most=30)
PHONE = Phone("phone")
WAY = Choice("way", options=tuple(Option(one, say(f"label.{one}")) for one in ("phone", "paper", "visit")))
RECEIVED = Moment("received", side=Side.PAST)
WORDS = Text("words")
ANSWERED = Choice(
    "answered", options=(Option("yes", say("label.answered")), Option("no", say("label.not_answered")))
)
KIND = Choice("kind", options=tuple(Option(one.value, say(f"kind.{one.value}")) for one in Kind))
URGENT = "urgent"
NEW = "new"
SURE = Summary(
    "sure",
    joins="words",
    changes=(
        Option("words", say("label.what")),
        Option("received", say("label.received")),
        Option("way", say("label.way")),
        Option("kind", say("label.kind")),
    ),
)


async def register(ask: Ask, me: Me) -> Say | None:
    """School, person, way, when, words, (phone) answered or not, then the summary."""
    school = await ask(SCHOOL, say("ask.which_school"), among=me.all_schools())
    person, name, phone = await _person(ask, me, school)
    way = await ask(WAY, say("ask.way"))
    received = await ask(RECEIVED, say("ask.received"))
    words = await ask(WORDS, say("ask.their_words"))
    guess = await ask.once("guess", me.understand, words, school)
    kind = await ask(KIND, say("ask.kind"), guess=guess.kind, likely=guess.kinds)
    answered = await ask(ANSWERED, say("ask.answered")) if way == "phone" else "no"
    sure = await ask(
        SURE,
        _summary(name, way, received, words, answered, kind),
        about=(name, way, received, words, kind),
        among=(Option(URGENT, say("label.urgent")),),
    )
    cause, harm = Cause.UNSTATED.value, Harm.UNSTATED.value
    if sure == URGENT:
        cause = await ask(CAUSE, say("ask.cause"))
        harm = await ask(HARM, say("ask.harm"))
    if sure in {URGENT, Sure.CONFIRMED}:
        draft = PhoneDraft(
            school,
            person,
            name,
            phone,
            way,
            received,
            words,
            answered,
            "yes" if sure == URGENT else "no",
            cause,
            harm,
            kind,
            guess.kind,
            guess.urgent,
        )
        await ask.act("registered", me.register, draft)
    return None


async def _person(ask: Ask, me: Me, school: str) -> tuple[str, str, str]:
    known = me.people_of(school)
    person = await ask(PERSON, say("ask.person"), among=(*known, Option(NEW, say("label.new_name"))))
    if person != NEW:
        return person, next(str(one.label) for one in known if one.key == person), ""
    name = await ask(NAME, say("ask.their_name"))
    return "", name, await ask(PHONE, say("ask.their_phone"))


def _summary(name: str, way: str, received: datetime, words: str, answered: str, kind: str) -> Say:
    return say(
        "register.summary",
        name=name,
        way=say(f"label.{way}"),
        received=received,
        words=words,
        answered=say("label.answered") if answered == "yes" else say("label.not_answered"),
        kind=say(f"kind.{kind}"),
    )


FLOWS = (Flow(name="register", run=register, title=say("label.register")),)
