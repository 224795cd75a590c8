"""Who may read which ticket: everybody, of either school, the vendor's and nobody's, by every way to a ticket.

The table below is written from the agreement (§6) and the acts, not from `storage/sight.py`: a teacher reads what they
reported and what it was merged into, a representative the school's, the vendor's people everything, and somebody whom
nobody knows yet what they reported themselves.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from agreement.words import State
from desk import case_seen, handing_out, merging, register_seen, showing
from desk.reporting import Matter, report
from desk.sitting import Actor, Sitting
from storage import sight
from storage.around import around
from storage.tables import Account, Ticket
from storage.work import Work
from tests.lifecycle.cast import NOW, Cast, cast
from texts.refused import Refused

VENDOR = frozenset({"assignee", "engineer", "lead", "desk", "archivist", "manager"})
# ticket → who reads it besides the vendor's people
READERS: Mapping[str, frozenset[str]] = {
    "at the one school": frozenset({"reporter", "representative"}),
    "at the other": frozenset({"stranger", "other_representative"}),
    "of a passer-by": frozenset({"passer-by", "representative"}),
    "gone on": frozenset({"colleague", "representative", "second passer-by"}),  # a passer-by's was merged into it
    "of no school": frozenset({"colleague"}),
}
Way = Callable[[Sitting, Ticket], bool]


def _viewer(by: Sitting) -> sight.Viewer:
    return showing.viewer(by.actor)


# What whoever may read a ticket finds it by, and nobody else.
WAYS: Mapping[str, Way] = {
    "its id": lambda by, one: sight.ticket_seen(by.session, _viewer(by), ticket_id=one.id) is not None,
    "its short number": lambda by, one: sight.ticket_seen(by.session, _viewer(by), ordinal=one.ordinal) is not None,
    "its 登记编号": lambda by, one: sight.ticket_seen(by.session, _viewer(by), number=one.number) is not None,
    "a list of all": lambda by, one: one in sight.tickets_of(by.session, _viewer(by), states=[*State]),
    "a list by state": lambda by, one: one in sight.tickets_of(by.session, _viewer(by), states=showing.OPEN),
    "its card": lambda by, one: showing.show(by, one.id) is not None,
    "its page": lambda by, one: case_seen.look(by, str(one.id)) is not None,
}


def _records(by: Sitting, one: Ticket) -> bool:
    try:
        handing_out.hand_out(by, one.id)
    except Refused:
        return False
    return True


def _register(by: Sitting, one: Ticket) -> bool:
    asked = register_seen.Asked(since=NOW.date(), until=NOW.date())
    seen = register_seen.look(by, asked)
    return seen is not None and one.id in {line.ticket_id for line in seen.lines}


# What only some of those who may read it are given.
NARROWER: Mapping[str, Way] = {
    "进度": lambda by, one: one.id in {brief.id for brief in showing.open_for(by)},
    "补充": lambda by, one: one.id in {own.id for own in around(by.session, _viewer(by), showing.OPEN).own},
    "the queue": lambda by, one: one in sight.queue_of(by.session, _viewer(by), showing.OPEN),
    "单据": _records,
    "登记簿": _register,
}


def _passer_by(people: Cast, name: str) -> Actor:
    account = Account(channel="web", external=name, chat=name, created_at=NOW)
    people.session.add(account)
    people.session.flush()
    return Actor(person_id=None, account_id=account.id, name="", channel="web", memberships=())


def _report(people: Cast, who: Actor, school: int | None, text: str) -> Ticket:
    matter = Matter(school_id=school, text=text, reported_at=NOW)
    by = Sitting(session=people.session, rulebook=people.rulebook, actor=who, at=NOW, now=NOW)
    return report(by, matter, reporter_id=who.person_id, reporter_account_id=who.account_id, channel="web")


def _tickets(people: Cast, everybody: Mapping[str, Actor]) -> Mapping[str, Ticket]:
    here, (there,) = people.school, everybody["stranger"].schools()
    tickets = {
        "at the one school": _report(people, everybody["reporter"], here, "打印机卡纸"),
        "at the other": _report(people, everybody["stranger"], there, "大门打不开"),
        "of a passer-by": _report(people, everybody["passer-by"], here, "投影不亮"),
        "gone on": _report(people, everybody["colleague"], here, "广播没声音"),
        "of no school": _report(people, everybody["colleague"], None, "系统很慢"),
    }
    merged = _report(people, everybody["second passer-by"], here, "喇叭哑了")
    merging.merge(people.sitting("desk"), merged.id, into_ordinal=tickets["gone on"].ordinal)
    people.session.flush()
    return tickets


def walk(session: Session) -> list[str]:
    """Whatever somebody finds who should not, or does not find who should."""
    people = cast(session)
    everybody = {**people.actors, **{one: _passer_by(people, one) for one in ("passer-by", "second passer-by")}}
    tickets = _tickets(people, everybody)
    wrong = []
    for name, actor in everybody.items():
        by = Sitting(session=session, rulebook=people.rulebook, actor=actor, at=NOW, now=NOW)
        for which, ticket in tickets.items():
            reads = name in READERS[which] | VENDOR
            wrong += [
                f"{name}, {which}, by {way}: {not reads}" for way, finds in WAYS.items() if finds(by, ticket) != reads
            ]
            wrong += [
                f"{name}, {which}, by {way}: True"
                for way, finds in NARROWER.items()
                if not reads and finds(by, ticket)
            ]
    return wrong


async def test_everybody_reads_what_is_theirs_and_nothing_else(work: Work) -> None:
    """Thirteen people, five tickets, thirteen ways."""
    wrong = await work.run(walk)
    assert not wrong, "\n".join(wrong)


async def test_what_the_house_checks_is_for_the_house(work: Work) -> None:
    """Whoever is no more than told of a ticket reads its page without the checks before 归档."""

    def checks(session: Session) -> Mapping[str, bool]:
        people = cast(session)
        everybody = {**people.actors, **{one: _passer_by(people, one) for one in ("passer-by", "second passer-by")}}
        ticket = _tickets(people, everybody)["gone on"]
        found = {}
        for name in ("colleague", "representative", "second passer-by", "archivist"):
            by = Sitting(session=session, rulebook=people.rulebook, actor=everybody[name], at=NOW, now=NOW)
            seen = case_seen.look(by, str(ticket.id))
            assert seen is not None
            found[name] = bool(seen.checks)
        return found

    assert await work.run(checks) == {
        "colleague": False, "representative": False, "second passer-by": False, "archivist": True,
    }  # fmt: skip
