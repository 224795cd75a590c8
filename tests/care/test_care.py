"""Follow-ups and digests in the tables: told once after any crash, a poison row set aside, sums as counted by hand."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from agreement.measuring import PromiseCount, Share
from agreement.routing import Choice
from agreement.words import Kind, Promise
from bot.house import open_work
from bot.waking import Waking
from desk import (
    archiving,
    before_filing,
    digests,
    finishing,
    handling,
    measuring,
    monthly,
    opinions,
    reading,
    registering,
    satisfaction,
    seeding,
)
from desk.calls import show_what_is_due
from desk.digests import Addressed, DigestKind
from desk.following_up import ask_what_is_due
from desk.measuring import CalledBack, Of, Span, Visited
from desk.reporting import Matter
from storage import falling_due
from storage.tables import (
    Call,
    Contract,
    Digest,
    FollowUp,
    Outbox,
    PolicyRow,
    ProjectEngineer,
    PromiseRow,
    SchoolBreak,
    Ticket,
)
from storage.work import Work, do_last
from tests.lifecycle.cast import NOW, Cast, cast
from tests.lifecycle.deeds import report
from texts.refused import Refused
from texts.say import say

ASKED_AFTER = timedelta(days=2, hours=20)  # NOW is Monday 14:00 in Shanghai: Thursday 10:00
MONTH = Span(
    from_at=datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
    to_at=datetime(2026, 12, 1, tzinfo=ZoneInfo("Asia/Shanghai")),
)


class KilledError(Exception):
    """The process died before its commit."""


@pytest.fixture
async def work(database_url: str) -> AsyncIterator[Work]:
    """One process on each database in turn."""
    opened = open_work(database_url, Waking())
    yield opened
    await opened.close()


@pytest.fixture
async def people(work: Work) -> Cast:
    """Everybody in these tables. Give it the session of the transaction: `in_(session, people)`."""
    return await work.run(cast)


def in_(session: Session, people: Cast) -> Cast:
    return replace(people, session=session)


def close_a_fault(people: Cast, mark: int | None = None) -> int:
    """Reported, solved and closed at NOW; the ticket's id."""
    ticket = report(people, "投影打不开")
    finishing.done(people.sitting("assignee"), ticket, words="换了灯泡")
    opinions.solved(people.sitting("reporter"), ticket)
    if mark is not None:
        opinions.rate(people.sitting("reporter"), ticket, mark=mark)
    archiving.close(people.sitting("desk"), ticket)
    return ticket


def queued(session: Session, prefix: str) -> int:
    """Outbox rows whose key begins so."""
    mine = Outbox.telling.startswith(prefix, autoescape=True)
    return session.scalar(select(func.count()).select_from(Outbox).where(mine)) or 0


async def killed(work: Work, body: Callable[[Session], object]) -> None:
    """The body runs whole, and the process dies before the commit."""

    def dies(session: Session) -> None:
        body(session)
        session.flush()
        raise KilledError

    with pytest.raises(KilledError):
        await work.run(dies)


async def test_a_follow_up_is_asked_once_after_any_crash(work: Work, people: Cast) -> None:
    """Between making and telling there is no moment: both are one transaction."""

    def ask(session: Session) -> int:
        return ask_what_is_due(in_(session, people).sitting("", ASKED_AFTER))

    await work.run(lambda session: close_a_fault(in_(session, people)))
    await killed(work, ask)
    assert await work.read(lambda session: queued(session, "fu")) == 0
    assert [await work.run(ask), await work.run(ask)] == [1, 0]
    assert await work.read(lambda session: queued(session, "fu")) == 1


async def test_no_answer_is_called_once_after_any_crash(work: Work, people: Cast) -> None:
    """And the call is shown to one engineer, once."""

    def later(session: Session) -> int:
        return ask_what_is_due(in_(session, people).sitting("", ASKED_AFTER + timedelta(days=4)))

    await work.run(lambda session: close_a_fault(in_(session, people)))
    await work.run(lambda session: ask_what_is_due(in_(session, people).sitting("", ASKED_AFTER)))
    await killed(work, later)
    assert [await work.run(later), await work.run(later)] == [1, 0]
    calls = await work.read(lambda session: session.scalars(select(Call)).all())
    assert [(one.reason, one.tries) for one in calls] == [("no_answer", 0)]
    assert await work.read(lambda session: queued(session, "call")) == 1


async def test_a_digest_is_told_once_after_any_crash(work: Work, people: Cast) -> None:
    """One for a person and a date, whoever runs the job again."""

    def tell(session: Session) -> bool:
        day = date(2026, 11, 23)
        engineer = people.id_of("engineer")
        to = Addressed(kind=DigestKind.MORNING, person_id=engineer, day=day, period=day.isoformat())
        return digests.tell(in_(session, people).sitting(""), to, [say("digest.morning")])

    await killed(work, tell)
    assert [await work.run(tell), await work.run(tell)] == [True, False]
    assert await work.read(lambda session: queued(session, "dg")) == 1


async def test_a_poison_follow_up_is_set_aside_and_the_others_go_on(
    work: Work, people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """A contract whose policy nobody can read: named in the log, tried again, then left for a human."""

    def prepare(session: Session) -> int:
        mine = in_(session, people)
        good = close_a_fault(mine)
        bad = close_a_fault(mine)
        spoilt = PolicyRow(digest="x", text="version = 1", overrides={}, created_at=NOW)
        session.add(spoilt)
        session.flush()
        other = people.actors["stranger"].schools()[0]
        session.add(
            Contract(
                school_id=other, policy_id=spoilt.id, accepted_on=NOW.date(), delivered_on=NOW.date(),
            )
        )
        rows = {row.ticket_id: row for row in session.scalars(select(FollowUp))}
        rows[bad].school_id = other
        return rows[good].id

    def ask(session: Session, minutes: int) -> int:
        return ask_what_is_due(in_(session, people).sitting("", ASKED_AFTER + timedelta(minutes=minutes)))

    good = await work.run(prepare)
    assert await work.run(lambda session: ask(session, 0)) == 2
    assert await work.read(lambda session: queued(session, f"fu{good}:")) == 1
    for turn in range(1, 5):
        assert await work.run(partial(ask, minutes=6 * turn)) == 1
    assert await work.run(lambda session: ask(session, 60)) == 0
    assert "follow-up" in caplog.text
    notices = select(Outbox.person_id, Outbox.body["notice"].as_string()).order_by(Outbox.id.desc()).limit(1)
    assert (await work.read(lambda session: session.execute(notices).one()))[:] == (
        people.id_of("desk"),
        "set_aside_follow_up",
    )
    waits = await work.read(falling_due.FOLLOW_UPS.soonest)
    assert waits is not None
    assert waits > NOW + ASKED_AFTER + timedelta(hours=2)  # only the answer that is waited for


async def test_a_poison_call_is_set_aside_and_the_desk_told(work: Work, people: Cast) -> None:
    """It is on nobody's screen any more: once, by the person's name."""

    def prepare(session: Session) -> None:
        spoilt = PolicyRow(digest="x", text="version = 1", overrides={}, created_at=NOW)
        session.add(spoilt)
        session.flush()
        other = people.actors["stranger"].schools()[0]
        session.add(
            Contract(
                school_id=other, policy_id=spoilt.id, accepted_on=NOW.date(), delivered_on=NOW.date(),
            )
        )
        session.add(
            Call(
                person_id=people.id_of("stranger"), school_id=other, reason="asked", next_at=NOW, created_at=NOW,
                assignee_id=people.id_of("engineer"), log=[{"what": "put_off"}],
            )
        )

    def show(session: Session, minutes: int) -> int:
        return show_what_is_due(in_(session, people).sitting("", timedelta(minutes=minutes)))

    await work.run(prepare)
    for turn in range(5):
        assert await work.run(partial(show, minutes=6 * turn)) == 1
    assert await work.run(partial(show, minutes=60)) == 0
    said = select(Outbox.person_id, Outbox.body).where(Outbox.body["notice"].as_string() == "set_aside_call")
    [(told, body)] = await work.read(lambda session: session.execute(said).all())
    assert (told, body["values"]) == (people.id_of("desk"), {"who": "stranger"})


async def test_sums_are_what_was_done(work: Work, people: Cast) -> None:
    """Two faults closed with one mark, one followed up; two by phone, one answered at once; one visit."""

    def live(session: Session) -> None:
        mine = in_(session, people)
        first = close_a_fault(mine, mark=4)
        close_a_fault(mine)
        going = report(mine, "选课白屏")
        handling.arrive(mine.sitting("assignee", timedelta(minutes=5)), going)
        for answered in ("yes", "no"):
            registering.register(
                mine.sitting("desk"), Matter(school_id=mine.school, text="打印机", reported_at=NOW),
                reporter_id=mine.id_of("reporter"), way="phone", answered=answered,
            )
        row = session.scalars(select(FollowUp).where(FollowUp.ticket_id == first)).one()
        row.answer, row.way, row.answered_at = "well", "online", NOW

    await work.run(live)

    def sums(session: Session) -> None:
        mine = in_(session, people).sitting("", timedelta(hours=1))
        of = Of(school_id=people.school)
        assert measuring.reported(mine, MONTH, of) == {Kind.FAULT: 5}
        assert measuring.hotline(mine, MONTH, of) == Share(1, 2)
        assert measuring.called_back(mine, MONTH, of) == CalledBack(Share(1, 1), to_come=1)
        assert measuring.visits(mine, MONTH, of) == 1
        assert measuring.schools_visited(mine, MONTH) == Visited(Share(1, 2), ("第二中学",))
        marks = satisfaction.opinions(mine, MONTH, of)
        assert (marks.index, marks.base, marks.response) == (Decimal("4.0"), 1, Share(2, 2))
        kept = PromiseCount(Promise.FAULT_RESPONSE, is_agreements=True, kept=4, broken=0)
        assert kept in measuring.promises(mine, MONTH, of)
        other = Of(school_id=people.actors["stranger"].schools()[0])
        assert measuring.reported(mine, MONTH, other) == {}
        assert satisfaction.opinions(mine, MONTH, other).response == Share(0, 0)

    await work.read(sums)


async def test_silence_is_counted_apart(work: Work, people: Cast) -> None:
    """Seven days without an answer close the ticket, and nobody praised anything."""

    def live(session: Session) -> None:
        mine = in_(session, people)
        ticket = report(mine)
        finishing.done(mine.sitting("assignee"), ticket, words="好了")
        opinions.silence_stands(mine.sitting(""), session.get_one(Ticket, ticket))

    await work.run(live)
    marks = await work.read(lambda session: satisfaction.opinions(in_(session, people).sitting(""), MONTH))
    assert (marks.index, marks.base, marks.response, marks.silent) == (None, 0, Share(0, 1), 1)


async def test_a_report_is_confirmed_once_by_whom_it_was_made_for(work: Work, people: Cast) -> None:
    """The evidence is what stood on that screen, with its digest; a second tap says when it was."""

    def tell(session: Session) -> int:
        to = Addressed(
            kind=DigestKind.MONTHLY,
            person_id=people.id_of("representative"),
            day=date(2026, 12, 1),
            period="2026-11",
            school_id=people.school,
        )
        digests.tell(in_(session, people).sitting(""), to, [say("digest.nothing_open")])
        do_last(session)
        session.scalars(select(Outbox)).one().rendered = {"text": "📌 没有未了的事"}
        return session.scalars(select(Digest.id)).one()

    report_id = await work.run(tell)

    def tap(session: Session, person: str) -> None:
        reading.confirm(in_(session, people).sitting(person, timedelta(days=8)), report_id)

    for other in ("other_representative", "reporter", "manager"):
        with pytest.raises(Refused) as no:
            await work.run(partial(tap, person=other))
        assert no.value.said.key == "refused.bad_tap"
    await work.run(lambda session: tap(session, "representative"))
    row = await work.read(lambda session: session.get_one(Digest, report_id))
    assert (row.shown, row.shown_digest) == ("📌 没有未了的事", digests.digest_of("📌 没有未了的事"))
    assert row.confirmed_at == NOW + timedelta(days=8)
    with pytest.raises(Refused) as twice:
        await work.run(lambda session: tap(session, "representative"))
    assert twice.value.said.key == "refused.seen_already"


async def test_a_break_moves_courtesies_and_no_promise(work: Work, people: Cast) -> None:
    """Follow-up and monthly report wait until the school is back; what is due is due on its day."""

    def live(session: Session, breaks: Sequence[tuple[date, date]]) -> list[tuple[str, datetime]]:
        mine = in_(session, people)
        for first, last in breaks:
            session.add(SchoolBreak(school_id=people.school, first_on=first, last_on=last, name="秋假"))
        if not breaks:
            close_a_fault(mine)
        ticket = report(mine, "还有一张")
        query = select(PromiseRow.promise, PromiseRow.due_at).where(PromiseRow.ticket_id == ticket)
        return sorted((promise, due_at) for promise, due_at in session.execute(query))

    usual = await work.run(partial(live, breaks=()))
    away = [(date(2026, 11, 25), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 3))]
    assert await work.run(partial(live, breaks=away)) == usual

    def asked(session: Session, days: int) -> int:
        return ask_what_is_due(in_(session, people).sitting("", ASKED_AFTER + timedelta(days=days)))

    asks = [await work.run(partial(asked, days=days)) for days in range(9)]
    back = await work.read(lambda session: session.scalars(select(FollowUp.asked_at)).all())
    assert (asks[0], [one for one in back if one is not None]) == (1, [datetime(2026, 12, 4, 2, tzinfo=UTC)])


async def test_the_report_of_the_month_waits_for_the_school(work: Work, people: Cast) -> None:
    """On the first working day of the month, or the first one after a break."""

    def told(session: Session, day: int) -> int:
        sitting = in_(session, people).sitting("", timedelta(days=7 + day, hours=20))  # 1 December, 10:00
        monthly.tell_representatives(sitting, date(2026, 11, 30) + timedelta(days=day), 0)
        session.flush()
        query = select(func.count()).select_from(Digest).where(Digest.school_id == people.school)
        return session.scalar(query) or 0

    def off(session: Session) -> None:
        first, last = date(2026, 12, 1), date(2026, 12, 3)
        session.add(SchoolBreak(school_id=people.school, first_on=first, last_on=last, name="考试周"))

    await work.run(off)
    assert [await work.run(partial(told, day=day)) for day in range(5)] == [0, 0, 0, 1, 1]


async def test_whom_the_contract_names_is_rung_first_at_that_school_alone(work: Work, people: Cast) -> None:
    """Before the one with the lowest load; elsewhere the name counts for nothing."""

    def live(session: Session) -> list[Choice | None]:
        mine = in_(session, people)
        named = ProjectEngineer(
            project_id=seeding.project_of(session, mine.school), person_id=mine.id_of("engineer")
        )
        session.add(named)
        handling.acknowledge(mine.sitting("engineer"), report(mine))  # the busier of the two
        elsewhere = mine.actors["stranger"].schools()[0]
        return [before_filing.known_of(mine.sitting(""), school).choice for school in (mine.school, elsewhere)]

    here, there = await work.run(live)
    assert here is not None
    assert there is not None
    assert (here.person_id, here.reason_key) == (people.id_of("engineer"), "routing.named")
    assert (there.person_id, there.reason_key) == (people.id_of("assignee"), "routing.lowest_load")
