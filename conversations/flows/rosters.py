"""签到, 换班 and 请假: an engineer's shift from the menu; lead and desk decide with the same words."""

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow, Silence
from conversations.engine.questions import Choice, Day, Location, Single
from conversations.flows.me import Me
from texts.say import Say, say

COLLEAGUE = Choice("colleague", single=Single.SHOWN)
PERSON = Choice("person", single=Single.SHOWN)
SHIFT = Choice("shift")
WHICH = Choice("which", single=Single.SHOWN)
LEAVE = Choice("leave", single=Single.SHOWN)
RESIDENCE = Choice("residence")
SINCE = Day("since")
UNTIL = Day("until")
SPOT = Location("spot")


async def swap(ask: Ask, me: Me) -> Say | None:
    """An engineer asks a colleague to take a shift; lead and desk give one without asking."""
    if not me.duty.is_engineer:
        return await _give(ask, me)
    colleagues, shifts = me.duty.colleagues(), me.duty.own_shifts()
    if not shifts:
        return say("duty.no_shift")
    if not colleagues:
        return say("refused.nobody_to_choose")
    colleague = await ask(COLLEAGUE, say("ask.swap_with"), among=colleagues)
    shift = await ask(SHIFT, say("ask.which_shift"), among=shifts)
    return await ask.act("asked", me.duty.ask_swap, shift, colleague)


async def _give(ask: Ask, me: Me) -> Say | None:
    places, engineers = me.duty.open_places(), me.duty.engineers()
    if not places:
        return say("duty.nothing_planned")
    if not engineers:
        return say("refused.nobody_to_choose")
    which = await ask(WHICH, say("ask.which_place"), among=places)
    person = await ask(PERSON, say("ask.who_takes_it"), among=engineers)
    return await ask.act("given", me.duty.give, which, person)


async def leave(ask: Ask, me: Me) -> Say | None:
    """An engineer's own is agreed by lead or desk; theirs is entered at once, for whom they name."""
    person = ""
    if me.duty.decides:
        person = await ask(PERSON, say("ask.leave_who"), among=me.duty.engineers())
    since = await ask(SINCE, say("ask.leave_since"))
    until = await ask(UNTIL, say("ask.leave_until"))
    return await ask.act("asked", me.duty.ask_leave, person, since, until)


async def leave_back(ask: Ask, me: Me) -> Say | None:
    """Chosen also where it is one only; lead and desk may take back anybody's."""
    found = me.duty.coming_leave()
    if not found:
        return say("duty.no_leave")
    which = await ask(LEAVE, say("ask.which_leave"), among=found)
    return await ask.act("taken_back", me.duty.take_back, which)


async def sign_in(ask: Ask, me: Me) -> Say | None:
    """At once; the place is asked for once and may be left out."""
    places = me.duty.residences()
    residence = await ask(RESIDENCE, say("ask.which_residence"), among=places) if places else ""
    signed = await ask.act("signed", me.duty.sign_in, residence)
    spot = await ask(SPOT, say("ask.sign_in_spot"))
    if spot is None:
        return say("duty.signed_without")
    await ask.act("placed", me.duty.place_sign_in, signed, spot)
    return say("duty.signed_with")


FLOWS = (
    Flow(name="swap", run=swap, title=say("label.swap")),
    Flow(name="leave", run=leave, title=say("label.leave")),
    Flow(name="leave_back", run=leave_back, title=say("label.leave_back")),
    Flow(name="sign_in", run=sign_in, title=say("label.sign_in"), silence=Silence.ENDS),
)
