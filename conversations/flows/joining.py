"""First contact: an invite binds an account to a person; the notice about personal data is told with a link."""

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Phone, Text
from conversations.flows.me import Me
from texts.say import Say, say

CODE = Text("code", most=80)
NAME = Text("name", most=30)
PHONE = Phone("phone")


async def join(ask: Ask, me: Me) -> Say | None:
    """The code came with the link; an invite for a known person asks nothing more."""
    code = await ask(CODE, say("ask.invite"))
    known = await ask.once("known", me.invited_name, code)
    name = known or await ask(NAME, say("ask.your_name_first"))
    phone = "" if known else await ask(PHONE, say("ask.your_phone"))
    school = await ask.act("bound", me.bind_by_invite, code, name, phone)
    return say("join.welcome_short", name=name, school=school, link=me.privacy_link)


FLOWS = (Flow(name="join", run=join, title=say("title.join")),)
