"""登记: the desk files a request that came by phone, on paper or in person, with its two times."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from agreement.words import Cause, Harm
from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import (
    NEW_NAME,
    Choice,
    Moment,
    Option,
    Phone,
    Side,
    Single,
    Someone,
    Summary,
    Sure,
    Text,
    WordsOrMoment,
)
from conversations.flows.customers import CAUSE, HARM
from conversations.flows.me import Me, PhoneDraft
from conversations.flows.reporting import KIND, PLACE, SYSTEM
from texts.say import Say, say

SCHOOL = Choice("school")
PERSON = Someone("person", single=Single.SHOWN)
NAME = Text("name", most=30)
PHONE = Phone("phone")
IN_OTHER_WORDS: Final[Mapping[str, tuple[str, ...]]] = {  # of a way
    "phone": ("打电话", "打电话来的", "电话来的", "打来的", "来电", "by phone"),
    "paper": ("书面的", "纸质", "纸质的", "on paper"),
    "visit": ("当面", "当面说的", "现场说的", "in person"),
}
WAY = Choice(
    "way", options=tuple(Option(one, say(f"label.{one}"), also=also) for one, also in IN_OTHER_WORDS.items())
)
RECEIVED = Moment("received", side=Side.PAST)
WORDS = WordsOrMoment("words", moment=RECEIVED)
ANSWERED = Choice(
    "answered",
    options=(
        Option(
            "yes",
            say("label.answered"),
            also=("答复了", "已答复", "已经答复", "已经答复了", "当场答复了", "答复过了", "有", "是", "是的", "yes"),
        ),
        Option(
            "no",
            say("label.not_answered"),
            also=("没有", "没", "没答复", "没有答复", "还没", "还没有", "还没答复", "否", "不是", "no", "not yet"),
        ),
    ),
)
# What the caller did not say, or the clerk did not ask: the call is filed all the same, and it can be said later.
NOT_SAID: Final = ("不清楚", "不知道", "没说", "没有说", "没说明", "不确定", "unknown", "don't know", "not said")
CAUSES = (*CAUSE.options, Option(Cause.UNSTATED.value, say("label.cause_unstated"), also=NOT_SAID))
HARMS = (*HARM.options, Option(Harm.UNSTATED.value, say("label.harm_unstated"), also=NOT_SAID))
URGENT = "urgent"
AS_URGENT = Option(URGENT, say("label.urgent"), also=("加急", "特急", "很急", "是紧急", "按紧急"))
NEW = "new"
SURE = Summary(
    "sure",
    joins="words",
    changes=(
        Option("words", say("label.what")),
        Option("received", say("label.received")),
        Option("way", say("label.way")),
        Option("place", say("label.place")),
        Option("system", say("label.system")),
        Option("kind", say("label.kind")),
    ),
)
WITH_PHONE = re.compile(r"(?P<name>.*?\S)[\s,，、:：]*(?P<phone>\+?\d[\d\- ]{6,}\d)")


async def register(ask: Ask, me: Me) -> Say | None:
    """School, person, way, when, words, (phone) answered or not, then the summary.

    From a talk the school and the time of its first words are taken from it; both can be changed.
    """
    talk = await ask.once("talk", me.talk_in_hand)
    school = await ask(
        SCHOOL, say("ask.which_school"), among=me.all_schools(), guess=talk.school or None
    )
    person, name, phone = await _person(ask, me, school, talk.person)
    way = await ask(WAY, say("ask.way"))
    received = await ask(RECEIVED, say("ask.received"), guess=talk.began_at)
    words = await ask(WORDS, say("ask.their_words"))
    guess = await ask.once("guess", me.understand, words, school)
    kind = await ask(KIND, say("ask.kind"), guess=guess.kind, likely=guess.kinds)
    answered = await ask(ANSWERED, say("ask.answered")) if way == "phone" else "no"
    place = await ask(PLACE, say("ask.place"), guess=guess.place)
    system = await ask(SYSTEM, say("ask.system"), guess=guess.system)
    draft = PhoneDraft(
        school=school, person=person, name=name, phone=phone, way=way, received_at=received, words=words,
        place=place, system=system, kind=kind, said_kind=guess.kind,
        says_urgent=guess.urgent, answered=answered,
    )
    sure = await ask(
        SURE, _summary(me, draft), about=draft, among=(AS_URGENT,)
    )
    if sure == URGENT:
        cause = await ask(CAUSE, say("ask.cause"), among=CAUSES)
        harm = await ask(HARM, say("ask.harm"), among=HARMS)
        draft = replace(draft, urgent="yes", cause=cause, harm=harm)
    if sure in {URGENT, Sure.CONFIRMED}:
        await ask.act("registered", me.register, draft)
    return None


async def _person(ask: Ask, me: Me, school: str, likely: str) -> tuple[str, str, str]:
    """(id, name, phone): somebody of the school, or a new name with its phone, tapped or typed at once."""
    known = me.people_of(school)
    person = await ask(
        PERSON, say("ask.person"), among=(*known, Option(NEW, say("label.new_name"))), likely=(likely,)
    )
    if person != NEW and not person.startswith(NEW_NAME):
        return person, next(str(one.label) for one in known if one.key == person), ""
    typed = person.removeprefix(NEW_NAME) if person != NEW else await ask(NAME, say("ask.their_name"))
    found = WITH_PHONE.fullmatch(typed)
    name, number = (found["name"], re.sub(r"\D", "", found["phone"])) if found else (typed, None)
    return "", name, await ask(PHONE, say("ask.their_phone"), guess=number)


def _summary(me: Me, draft: PhoneDraft) -> Say:
    schools = {one.key: one.label for one in me.all_schools()}
    return say(
        "register.summary",
        school=schools.get(draft.school, ""),
        name=draft.name,
        way=say(f"label.{draft.way}"),
        received=draft.received_at,
        words=draft.words,
        where=" ".join(one for one in (draft.place, draft.system) if one) or say("report.open"),
        kind=say(f"kind.{draft.kind}"),
        answered=say("label.answered") if draft.answered == "yes" else say("label.not_answered"),
    )


FLOWS = (Flow(name="register", run=register, title=say("label.register")),)
