"""出方案: what is done, until when, perhaps another step; free or paid as the contract proposes it."""

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.questions import Choice, Moment, Number, Option, Summary, Sure, Text
from conversations.flows.me import Me, PlanDraft, PlannedStep
from texts.formats import yuan
from texts.say import Say, say

WHAT = Text("what", most=1000)
UNTIL = Moment("until")
FREE = Option(
    "free", say("label.free"), also=("无偿", "免费", "免费的", "不收费", "不要钱", "不用钱", "不收钱", "for free")
)
PAID = Option("paid", say("label.paid"), also=("有偿的", "收费", "收费的", "付费", "要收费", "要钱", "收钱"))
FEE = Choice("fee", options=(FREE, PAID))
SUM = Number("sum", unless=(FEE.name, FREE))
MORE = "more"
SURE = Summary(
    "sure",
    joins="what",
    changes=(
        Option("what", say("label.what")),
        Option("until", say("label.until")),
        Option("fee", say("label.fee")),
    ),
)


async def propose(ask: Ask, me: Me) -> Say | None:
    """Steps until the person submits; the last step's summary hands the plan over.

    A plan takes a while to write. Whether the ticket is still theirs to plan is looked at each time, so a draft ends
    with a sentence once it was handed over or merged, and is not asked for again and again.
    """
    me.may("propose")
    proposed, clause = me.fee()
    steps: list[PlannedStep] = []
    fee, fen = proposed, 0
    while True:
        part = ask.part(len(steps))
        what = await part(WHAT, say("ask.plan_what", step=len(steps) + 1))
        until = await part(UNTIL, say("ask.plan_until"))
        if not steps:  # one mode and one sum for the whole plan
            fee = await part(FEE, say("ask.fee"), guess=proposed)
            fen = await part(SUM, say("ask.sum")) if fee == "paid" else 0
        steps.append(PlannedStep(what, until))
        plan = PlanDraft(tuple(steps), fee, clause if fee == proposed else "", fen)
        sure = await part(SURE, summary(plan), about=plan, among=(Option(MORE, say("label.another_step")),))
        if sure != MORE:
            break
    if sure == Sure.CONFIRMED:
        await ask.act("proposed", me.propose, plan)
    return None


def summary(plan: PlanDraft) -> Say:
    """The plan as it will be handed over."""
    return say("plan.summary", steps=_below(plan.steps, 1), fee=_fee(plan))


def _below(steps: tuple[PlannedStep, ...], number: int) -> Say:
    first = say("plan.step", step=number, what=steps[0].what, due_at=steps[0].due_at)
    return say("plan.below", first=first, rest=_below(steps[1:], number + 1)) if len(steps) > 1 else first


def _fee(plan: PlanDraft) -> Say:
    if plan.fee == "free":
        return say("plan.free", clause=say(plan.clause or "clause.none"))
    fen = yuan(plan.fen)
    return say("plan.paid_by", fen=fen, clause=say(plan.clause)) if plan.clause else say("plan.paid", fen=fen)


FLOWS = (Flow(name="propose", run=propose, title=say("label.propose"), retired=frozenset({"may"})),)
