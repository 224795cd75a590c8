"""主张扣款, 放弃, 确认扣款, 有异议, 说明理由, 已扣, 证据: one flow for each button of an entry of the ledger."""

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Choice, Summary, Sure, Text
from conversations.flows.me import Me
from texts.say import Say, say

ENTRY = Choice("entry")
BREACH = Choice("breach")
REASON = Text("reason", most=500)
SURE = Summary("sure")


async def _entry(ask: Ask, me: Me, act: str) -> str:
    """The one on the button; typed with a ticket's number, whichever of the ticket is meant."""
    await ask.once("may", me.ledger.may, act)
    return await ask(ENTRY, say("ask.which_entry"), among=me.ledger.entries(act))


async def claim(ask: Ask, me: Me) -> Say | None:
    await ask.act("claimed", me.ledger.claim, await _entry(ask, me, "claim"))
    return None


async def let_go(ask: Ask, me: Me) -> Say | None:
    """For good, therefore confirmed once more."""
    entry = await _entry(ask, me, "let_go")
    described = await ask.once("described", me.ledger.described, entry)
    sure = await ask(SURE, say("ask.let_go", entry=described), about=entry)
    if sure == Sure.CONFIRMED:
        await ask.act("let_go", me.ledger.let_go, entry)
    return None


async def confirm(ask: Ask, me: Me) -> Say | None:
    await ask.act("confirmed", me.ledger.confirm, await _entry(ask, me, "confirm"))
    return None


async def dispute(ask: Ask, me: Me) -> Say | None:
    entry = await _entry(ask, me, "dispute")
    reason = await ask(REASON, say("ask.dispute"))
    await ask.act("disputed", me.ledger.dispute, entry, reason)
    return None


async def explain(ask: Ask, me: Me) -> Say | None:
    entry = await _entry(ask, me, "explain")
    reason = await ask(REASON, say("ask.explain"))
    await ask.act("explained", me.ledger.explain, entry, reason)
    return None


async def deduct(ask: Ask, me: Me) -> Say | None:
    await ask.act("deducted", me.ledger.deduct, await _entry(ask, me, "deduct"))
    return None


async def evidence(ask: Ask, me: Me) -> Say | None:
    """A link to the evidence sheet: the breach on the button, or whichever of the ticket is meant."""
    breaches = me.ledger.breaches()
    if not breaches:
        return say("refused.no_breach")
    breach = await ask(BREACH, say("ask.which_breach"), among=breaches)
    return await ask.once("evidence", me.ledger.evidence, breach)


RUNS = {
    "claim": claim,
    "let_go": let_go,
    "confirm": confirm,
    "dispute": dispute,
    "explain": explain,
    "deduct": deduct,
    "evidence": evidence,
}
FLOWS = tuple(Flow(name=name, run=run, title=say(f"label.{name}")) for name, run in RUNS.items())
