"""Every act of the table as one call with ordinary words, and the cases: tickets brought where they are by acts."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlalchemy import delete

from agreement.words import Act, Cause, Harm, Kind
from desk import (
    acceptance,
    agreeing,
    archiving,
    customers,
    expiring,
    findings,
    finishing,
    follow_on,
    handling,
    merging,
    opinions,
    planning,
    registering,
    reporting,
    requests,
    resorting,
    schedule,
    strict_testing,
    urgent_plans,
)
from desk.sitting import Sitting
from storage.tables import Follower, Ticket
from tests.lifecycle.cast import NOW, Cast

Deed = Callable[[Cast, Sitting, int], object]
FREE = planning.Fee(mode="free")


def _plan() -> list[planning.Step]:
    return [planning.Step(what="换驱动", due_at=NOW + timedelta(days=3))]


def _done(cast: Cast, sitting: Sitting, ticket: int) -> object:
    """The step that is open, where a plan was agreed."""
    row = cast.session.get_one(Ticket, ticket)
    steps = schedule.steps_open(sitting, row)
    return finishing.done(sitting, ticket, step=steps[0].step if steps else 0, words="已修好")


def _withdraw(cast: Cast, sitting: Sitting, ticket: int) -> object:
    """Of what nobody else has reported."""
    cast.session.execute(delete(Follower).where(Follower.ticket_id == ticket))
    return customers.withdraw(sitting, ticket)


def _merge(cast: Cast, sitting: Sitting, ticket: int) -> object:
    """Into another ticket of the same school."""
    other = report(cast, "同一件事")
    ordinal = cast.session.get_one(Ticket, other).ordinal
    return merging.merge(sitting, ticket, into_ordinal=ordinal)


DEEDS: Mapping[str, Deed] = {
    "add": lambda _, sitting, ticket: customers.add(sitting, ticket, words="还有"),
    "nudge": lambda _, sitting, ticket: customers.nudge(sitting, ticket),
    "urgent": lambda _, sitting, ticket: customers.declare_urgent(sitting, ticket),
    "not_urgent": lambda _, sitting, ticket: customers.take_back_urgency(sitting, ticket),
    "state_urgency": lambda _, sitting, ticket: customers.state_urgency(
        sitting, ticket, cause=Cause.DEFECT, harm=Harm.LOSS
    ),
    "withdraw": _withdraw,
    "acknowledge": lambda _, sitting, ticket: handling.acknowledge(sitting, ticket),
    "hand_over": lambda cast, sitting, ticket: handling.hand_over(
        sitting, ticket, to_id=cast.id_of("engineer"), reason="下班"
    ),
    "assign": lambda cast, sitting, ticket: handling.assign(
        sitting, ticket, to_id=cast.id_of("engineer"), reason="离得近"
    ),
    "depart": lambda _, sitting, ticket: handling.depart(sitting, ticket),
    "arrive": lambda _, sitting, ticket: handling.arrive(sitting, ticket),
    "contingency": lambda _, sitting, ticket: urgent_plans.hand_in(
        sitting, ticket, act=Act.CONTINGENCY, words="先用备用机"
    ),
    "fix_plan": lambda _, sitting, ticket: urgent_plans.hand_in(
        sitting, ticket, act=Act.FIX_PLAN, words="改锁的顺序"
    ),
    "test": lambda _, sitting, ticket: strict_testing.record(
        sitting, ticket, environment="测试机", cases="全部用例", result="通过"
    ),
    "finding": lambda _, sitting, ticket: findings.find(sitting, ticket, is_software=True, words="慢查询"),
    "ask": lambda _, sitting, ticket: handling.ask(sitting, ticket, words="哪一台？"),
    "answer": lambda _, sitting, ticket: handling.answer(sitting, ticket, words="在看了"),
    "note": lambda _, sitting, ticket: handling.note(sitting, ticket, words="内部"),
    "aware": lambda _, sitting, ticket: expiring.aware(sitting, ticket),
    "propose": lambda _, sitting, ticket: planning.propose(sitting, ticket, steps=_plan(), fee=FREE),
    "agree": lambda _, sitting, ticket: agreeing.agree(sitting, ticket),
    "discuss": lambda _, sitting, ticket: agreeing.discuss(sitting, ticket, words="太晚了"),
    "confirm_request": lambda _, sitting, ticket: requests.confirm_request(sitting, ticket),
    "discuss_request": lambda _, sitting, ticket: requests.discuss_request(sitting, ticket, words="不全"),
    "revise_request": lambda _, sitting, ticket: requests.revise(sitting, ticket, text="完整的需求"),
    "start": lambda _, sitting, ticket: finishing.begin(sitting, ticket),
    "done": _done,
    "decline": lambda _, sitting, ticket: finishing.decline(sitting, ticket, words="设置问题"),
    "object": lambda _, sitting, ticket: customers.object_to(sitting, ticket, words="还是坏的"),
    "no_objection": lambda _, sitting, ticket: customers.do_not_object(sitting, ticket),
    "merge": _merge,
    "resort": lambda _, sitting, ticket: resorting.ask(sitting, ticket, kind=Kind.USABILITY),
    "resort_urgency": lambda _, sitting, ticket: resorting.ask_urgency(sitting, ticket),
    "settle_school": lambda cast, sitting, ticket: resorting.settle_school(
        sitting, ticket, school_id=cast.school
    ),
    "accept": lambda _, sitting, ticket: acceptance.accept(sitting, ticket),
    "reject": lambda _, sitting, ticket: acceptance.reject(sitting, ticket, words="没重测"),
    "solved": lambda _, sitting, ticket: opinions.solved(sitting, ticket),
    "rate": lambda _, sitting, ticket: opinions.rate(sitting, ticket, mark=5),
    "not_solved": lambda _, sitting, ticket: opinions.not_solved(sitting, ticket),
    "close": lambda _, sitting, ticket: archiving.close(sitting, ticket),
    "archive": lambda _, sitting, ticket: archiving.archive(sitting, ticket),
}
# case → the acts that bring a reported ticket there, each with who does it
PATHS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "registered": (),
    "acknowledged": (("assignee", "acknowledge"),),
    "urgent": (("assignee", "acknowledge"), ("reporter", "urgent")),
    "slow": (("assignee", "acknowledge"),),
    "wish": (("assignee", "acknowledge"),),
    "wish_tested": (("assignee", "test"),),
    "wish_discussed": (("assignee", "acknowledge"), ("representative", "discuss_request")),
    "urgent_done": (("reporter", "urgent"), ("assignee", "done")),
    "urgent_closed": (
        ("reporter", "urgent"),
        ("assignee", "done"),
        ("reporter", "solved"),
        ("desk", "close"),
    ),
    "proposed": (("assignee", "propose"),),
    "agreed": (("assignee", "propose"), ("representative", "agree")),
    "begun": (("assignee", "start"),),
    "done": (("assignee", "done"),),
    "done_deep": (("assignee", "propose"), ("representative", "agree"), ("assignee", "done")),
    "declined": (("assignee", "decline"),),
    "cancelled": (("reporter", "withdraw"),),
    "merged": (("assignee", "merge"),),
}
FURTHER: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "solved": ("done", (("reporter", "solved"),)),
    "accepted": ("done_deep", (("lead", "accept"),)),
    "accepted_solved": ("done_deep", (("lead", "accept"), ("reporter", "solved"))),
    "closed": ("done", (("reporter", "solved"), ("desk", "close"))),
    "archived": ("done", (("reporter", "solved"), ("desk", "close"), ("archivist", "archive"))),
    "reopened": ("done", (("reporter", "solved"), ("desk", "close"), ("reporter", "not_solved"))),
    "urgent_reopened": ("urgent_closed", (("reporter", "not_solved"),)),
    "replanned": ("agreed", (("assignee", "propose"),)),
    "not_objected": ("declined", (("reporter", "no_objection"),)),
}


def path(case: str) -> tuple[tuple[str, str], ...]:
    """Every act on the way to this case."""
    if case in FURTHER:
        earlier, more = FURTHER[case]
        return (*PATHS[earlier], *more)
    return PATHS[case]


KINDS = {"slow": Kind.PERFORMANCE, "wish": Kind.CUSTOMISED, "wish_tested": Kind.CUSTOMISED}
KINDS |= {"wish_discussed": Kind.CUSTOMISED}  # else a fault


def report(cast: Cast, text: str = "打印机卡纸", kind: Kind = Kind.FAULT) -> int:
    """A reported matter; the ticket's id."""
    matter = reporting.Matter(school_id=cast.school, text=text, reported_at=NOW, kind=kind)
    ticket = reporting.report(
        cast.sitting("reporter"),
        matter,
        reporter_id=cast.id_of("reporter"),
        reporter_account_id=cast.actors["reporter"].account_id,
        channel="web",
    )
    return ticket.id


def bring(cast: Cast, case: str) -> int:
    """A ticket in this case; its id."""
    if case == "answered":
        made = registering.register(
            cast.sitting("desk"),
            reporting.Matter(school_id=cast.school, text="打印机卡纸", reported_at=NOW),
            reporter_id=cast.id_of("reporter"),
            way="phone",
            answered="yes",
        )
        follow_on.follow(cast.sitting("desk"), made.id, {cast.id_of("follower")})
        return made.id
    ticket = report(cast, kind=KINDS.get(case, Kind.FAULT))
    follow_on.follow(cast.sitting("desk"), ticket, {cast.id_of("follower")})
    for minute, (person, act) in enumerate(path(case), start=1):
        DEEDS[act](cast, cast.sitting(person, timedelta(minutes=minute)), ticket)
    return ticket
