"""Every deed of the year as a call of the desk, as conversations make it: a person, a moment, an act."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Act, Cause, Harm, Kind
from desk import (
    acceptance,
    agreeing,
    archiving,
    customers,
    findings,
    finishing,
    handling,
    merging,
    opinions,
    planning,
    registering,
    reporting,
    resorting,
    schedule,
    strict_testing,
    urgent_plans,
)
from desk.alarming import on_duty
from desk.rulebook import Rulebook
from desk.sitting import THE_CLOCK, Actor, Sitting
from storage.tables import Ticket
from tests.year.district import District
from tests.year.request import Request

ZONE_HOURS = timedelta(hours=8)


@dataclass(frozen=True)
class Scene:
    """One transaction in which somebody does something. `at` is when they sent it, `now` when the desk has it."""

    session: Session
    rulebook: Rulebook
    chance: random.Random
    district: District
    request: Request
    at: datetime
    now: datetime

    def by(self, actor: Actor) -> Sitting:
        """A sitting of this person."""
        return Sitting(session=self.session, rulebook=self.rulebook, actor=actor, at=self.at, now=self.now)

    @property
    def ticket(self) -> Ticket:
        return self.session.get_one(Ticket, self.request.ticket)

    def engineer(self) -> Sitting:
        """The assignee; else somebody on duty, else whoever it may be."""
        engineers = {one.person_id: one for one in self.district.vendor.engineers}
        chosen = engineers.get(self.ticket.assignee_id)
        if chosen is None:
            duty = on_duty(self.by(THE_CLOCK))
            chosen = (
                engineers[self.chance.choice(duty)] if duty else self.anybody(self.district.vendor.engineers)
            )
        return self.by(chosen)

    def anybody(self, people: Sequence[Actor]) -> Actor:
        return self.chance.choice(people)

    def desk(self) -> Sitting:
        return self.by(self.anybody(self.district.vendor.desk))

    def reporter(self) -> Sitting:
        """Whoever the ticket is of."""
        mine = self.ticket.reporter_id
        people = [*self.request.place.teachers, *self.request.place.representatives]
        return self.by(next((one for one in people if one.person_id == mine), people[0]))

    def representative(self) -> Sitting:
        """Where the school has named none, the reporter."""
        named = self.request.place.representatives
        return self.by(named[0]) if named else self.reporter()


def report(scene: Scene) -> None:
    """In chat: the first words count, the tap on the summary or the silence files it."""
    request, chance = scene.request, scene.chance
    matter = reporting.Matter(
        school_id=None if request.way == "unsorted" else request.place.school_id,
        text=f"第{request.number}件事",
        reported_at=request.first_words_at,
        kind=request.kind,
        urgent_at=request.first_words_at if request.urgent else None,
        cause=chance.choice(list(Cause)),
        harm=chance.choice(list(Harm)),
        is_unconfirmed=chance.random() < 0.1,
    )
    teacher = scene.anybody(request.place.teachers)
    request.ticket = reporting.report(
        scene.by(teacher),
        matter,
        reporter_id=teacher.person_id,
        reporter_account_id=teacher.account_id,
        channel="web",
    ).id


def register(scene: Scene) -> None:
    """By phone or on paper: two times."""
    request, chance = scene.request, scene.chance
    teacher = scene.anybody(request.place.teachers)
    assert teacher.person_id is not None
    matter = reporting.Matter(
        school_id=request.place.school_id,
        text=f"第{request.number}件事",
        reported_at=request.first_words_at,
        kind=request.kind,
        urgent_at=request.first_words_at if request.urgent else None,
    )
    request.ticket = registering.register(
        scene.desk(),
        matter,
        reporter_id=teacher.person_id,
        way=request.way,
        answered=chance.choice(["yes", "no"]),
    ).id


def settle_school(scene: Scene) -> None:
    resorting.settle_school(scene.desk(), scene.request.ticket, school_id=scene.request.place.school_id)


def propose(scene: Scene) -> None:
    """One to three steps, in no order; some are given a date only, which ends at 24:00."""
    chance = scene.chance
    steps = [
        planning.Step(what=f"第{n + 1}步", due_at=_some_date(scene))
        for n in range(chance.choice([1, 1, 2, 3]))
    ]
    fee = planning.Fee(mode="free") if chance.random() < 0.8 else planning.Fee(mode="paid", fen=800_00)
    planning.propose(scene.engineer(), scene.request.ticket, steps=steps, fee=fee)


def _some_date(scene: Scene) -> datetime:
    due_at = scene.now + timedelta(minutes=scene.chance.randrange(30, 60 * 24 * 20))
    if scene.chance.random() < 0.5:
        return due_at
    local = (due_at + ZONE_HOURS).replace(hour=0, minute=0, second=0, microsecond=0)
    return local + timedelta(days=1) - ZONE_HOURS


def done(scene: Scene) -> None:
    """The step that is open, in any order."""
    sitting = scene.engineer()
    steps = schedule.steps_open(sitting, scene.ticket)
    step = scene.chance.choice(steps).step if steps else 0
    finishing.done(sitting, scene.request.ticket, words="已处理", step=step)


def finish(scene: Scene) -> None:
    """完成, in five cases of six after the strict testing that a customised change must have."""
    ticket = scene.ticket
    if (
        ticket.kind == Kind.CUSTOMISED.value
        and ticket.tested_round != ticket.round
        and scene.chance.random() < 0.84
    ):
        test(scene)
    done(scene)


def test(scene: Scene) -> None:
    strict_testing.record(
        scene.engineer(), scene.request.ticket, environment="测试库", cases="三个年级", result="通过"
    )


def finding(scene: Scene) -> None:
    is_software = scene.chance.random() < 0.8
    findings.find(scene.engineer(), scene.request.ticket, is_software=is_software, words="慢在查询")


def urgent_plan(act: Act) -> "Deed":
    """应急预案 or 修改方案."""
    return lambda scene: urgent_plans.hand_in(scene.engineer(), scene.request.ticket, act=act, words="先停用")


def merge(scene: Scene) -> None:
    """Into the twin, or else into another open ticket of the school."""
    twin = scene.request.twin
    into = scene.session.get_one(Ticket, twin.ticket).ordinal if twin and twin.ticket else _another(scene)
    merging.merge(scene.engineer(), scene.request.ticket, into_ordinal=into)


def _another(scene: Scene) -> int:
    query = select(Ticket.ordinal).where(
        Ticket.school_id == scene.request.place.school_id, Ticket.id != scene.request.ticket
    )
    return scene.session.scalar(query.order_by(Ticket.id.desc()).limit(1)) or 0


def ask_resort(scene: Scene) -> None:
    kinds = [one for one in Kind if one.value != scene.ticket.kind]
    wanted = scene.chance.choice(kinds)
    sitting = scene.engineer() if scene.chance.random() < 0.7 else scene.desk()
    resorting.ask(sitting, scene.request.ticket, kind=wanted)
    scene.request.wanted_kind = wanted


def consent(scene: Scene) -> None:
    scene.request.wanted_kind = None
    resorting.consent(scene.reporter(), scene.request.ticket)


def refuse(scene: Scene) -> None:
    scene.request.wanted_kind = None
    resorting.refuse(scene.reporter(), scene.request.ticket)


def hand_over(scene: Scene) -> None:
    to = scene.anybody(scene.district.vendor.engineers)
    assert to.person_id is not None
    handling.hand_over(scene.engineer(), scene.request.ticket, to_id=to.person_id, reason="交班")


def assign(scene: Scene) -> None:
    to = scene.anybody(scene.district.vendor.engineers)
    assert to.person_id is not None
    handling.assign(scene.desk(), scene.request.ticket, to_id=to.person_id, reason="离得近")


def _lead(scene: Scene) -> Sitting:
    return scene.by(scene.anybody(scene.district.vendor.leads))


def solved(scene: Scene) -> None:
    opinions.solved(scene.reporter(), scene.request.ticket)


Deed = Callable[[Scene], object]
DEEDS: Mapping[str, Deed] = {
    "report": report,
    "register": register,
    "settle_school": settle_school,
    "acknowledge": lambda scene: handling.acknowledge(scene.engineer(), scene.request.ticket),
    "hand_over": hand_over,
    "assign": assign,
    "depart": lambda scene: handling.depart(scene.engineer(), scene.request.ticket),
    "arrive": lambda scene: handling.arrive(scene.engineer(), scene.request.ticket),
    "ask": lambda scene: handling.ask(scene.engineer(), scene.request.ticket, words="哪一台？"),
    "answer": lambda scene: handling.answer(scene.engineer(), scene.request.ticket, words="这样设置"),
    "note": lambda scene: handling.note(scene.engineer(), scene.request.ticket, words="内部"),
    "propose": propose,
    "agree": lambda scene: agreeing.agree(scene.representative(), scene.request.ticket),
    "discuss": lambda scene: agreeing.discuss(scene.representative(), scene.request.ticket, words="太晚了"),
    "start": lambda scene: finishing.begin(scene.engineer(), scene.request.ticket),
    "done": finish,
    "test": test,
    "finding": finding,
    "contingency": urgent_plan(Act.CONTINGENCY),
    "fix_plan": urgent_plan(Act.FIX_PLAN),
    "decline": lambda scene: finishing.decline(scene.engineer(), scene.request.ticket, words="设置问题"),
    "object": lambda scene: customers.object_to(scene.reporter(), scene.request.ticket, words="还是坏的"),
    "no_objection": lambda scene: customers.do_not_object(scene.reporter(), scene.request.ticket),
    "merge": merge,
    "ask_resort": ask_resort,
    "consent": consent,
    "refuse": refuse,
    "accept": lambda scene: acceptance.accept(_lead(scene), scene.request.ticket),
    "reject": lambda scene: acceptance.reject(_lead(scene), scene.request.ticket, words="没有重测"),
    "solved": solved,
    "not_solved": lambda scene: opinions.not_solved(scene.reporter(), scene.request.ticket),
    "close": lambda scene: archiving.close(scene.desk(), scene.request.ticket),
    "archive": lambda scene: archiving.archive(
        scene.by(scene.district.vendor.archivist), scene.request.ticket
    ),
    "urgent": lambda scene: customers.declare_urgent(scene.reporter(), scene.request.ticket),
    "not_urgent": lambda scene: customers.take_back_urgency(scene.reporter(), scene.request.ticket),
    "withdraw": lambda scene: customers.withdraw(scene.reporter(), scene.request.ticket),
    "add": lambda scene: customers.add(scene.reporter(), scene.request.ticket, words="补充一句"),
    "nudge": lambda scene: customers.nudge(scene.reporter(), scene.request.ticket),
}
