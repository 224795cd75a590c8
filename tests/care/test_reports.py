"""What tenders ask for stands on the reports: hotline, visits of the quarter, satisfaction by engineer and project."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from agreement.words import Role
from desk import archiving, finishing, handling, measuring, monthly, opinions, registering, seeding, weekly
from desk.measuring import Span
from desk.reporting import Matter
from storage.tables import Project, PromiseRow, Resident, SignIn, Ticket
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import report
from tests.lifecycle.undone import on
from texts.say import render

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


def days(first: date, count: int) -> Span:
    """So many days from that one on."""
    from_at = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    return Span(from_at=from_at, to_at=from_at + timedelta(days=count))


WEEK = days(date(2026, 11, 23), 7)


async def told(url: str, live: Callable[[Cast], None], read: Callable[[Cast], list[str]]) -> list[str]:
    """What is read after that was lived, where both schools have a contract and so a project."""

    def body(people: Cast) -> list[str]:
        for who in ("reporter", "stranger"):
            today, school = NOW.date(), people.actors[who].schools()[0]
            seeding.contract(people.session, NOW, school, accepted_on=today, delivered_on=today, deposit_fen=0)
        live(people)
        people.session.flush()
        return read(people)

    found = await on(url, body)
    assert isinstance(found, list)
    return found


def at_the_other(people: Cast) -> Cast:
    """The same people, where the stranger's school is the one that reports."""
    actors = {**people.actors, "reporter": people.actors["stranger"]}
    return replace(people, actors=actors, school=the_other(people))


def the_other(people: Cast) -> int:
    """The school that is not that of the tickets."""
    return people.actors["stranger"].schools()[0]


def finished(people: Cast, engineer: str) -> int:
    """Reported, and finished by that engineer."""
    ticket = report(people, "投影打不开")
    finishing.done(people.sitting(engineer), ticket, words="换了灯泡")
    return ticket


def marked(people: Cast, engineer: str, mark: int) -> int:
    """The same, and the reporter gives it a mark."""
    ticket = finished(people, engineer)
    opinions.solved(people.sitting("reporter", MINUTE), ticket)
    opinions.rate(people.sitting("reporter", MINUTE), ticket, mark=mark)
    return ticket


def silent(people: Cast, engineer: str) -> None:
    """The same, and nobody says a word of it."""
    ticket = people.session.get_one(Ticket, finished(people, engineer))
    opinions.silence_stands(people.sitting("", MINUTE), ticket)


def week(people: Cast) -> list[str]:
    """The lines of the leads' report."""
    return [render(one, "zh") for one in weekly.report(people.sitting("", timedelta(days=7)), WEEK)]


def below(heading: str, lines: list[str]) -> list[str]:
    """The rows that stand under this heading."""
    rest = lines[lines.index(heading) + 1 :]
    return rest[: next((n for n, line in enumerate(rest) if not line.startswith("· ")), len(rest))]


async def test_each_engineer_is_told_apart_and_silence_with_them(database_url: str) -> None:
    """The one who was liked less comes first; what nobody answered lowers a response and no index."""

    def live(people: Cast) -> None:
        marked(people, "assignee", 5)
        marked(people, "assignee", 4)
        silent(people, "assignee")
        marked(people, "engineer", 2)

    assert below("😊 各工程师：", await told(database_url, live, week)) == [
        "· engineer 2.0（1 次评分；请评 1 次，回复率 100%，未答复 0 次）",
        "· assignee 4.5（2 次评分；请评 3 次，回复率 67%，未答复 1 次）",
    ]


async def test_a_round_counts_for_whoever_finished_it(database_url: str) -> None:
    """Opened again and handed over: the first engineer keeps their own mark, the second gets none of it."""

    def live(people: Cast) -> None:
        ticket = marked(people, "assignee", 5)
        archiving.close(people.sitting("desk", 2 * MINUTE), ticket)
        opinions.not_solved(people.sitting("reporter", 3 * MINUTE), ticket)
        to_id = people.id_of("engineer")
        handling.assign(people.sitting("lead", 4 * MINUTE), ticket, to_id=to_id, reason="离得近")
        finishing.done(people.sitting("engineer", 5 * MINUTE), ticket, words="换了主板")
        opinions.solved(people.sitting("reporter", 6 * MINUTE), ticket)
        opinions.rate(people.sitting("reporter", 6 * MINUTE), ticket, mark=1)

    rows = below("😊 各工程师：", await told(database_url, live, week))
    assert [row[:14] for row in rows] == ["· engineer 1.0", "· assignee 5.0"]


async def test_each_project_is_told_apart_and_one_that_is_silent_is_not_praised(database_url: str) -> None:
    """A project without any mark comes last, with how often it was asked. A name of its own stands with its school."""

    def live(people: Cast) -> None:
        project = people.session.get_one(Project, seeding.project_of(people.session, people.school))
        project.name = "智慧校园"  # as another school may have it too
        silent(people, "assignee")
        marked(at_the_other(people), "assignee", 3)

    assert below("😊 各项目：", await told(database_url, live, week)) == [
        "· 第二中学 3.0（1 次评分；请评 1 次，回复率 100%，未答复 0 次）",
        "· 第一中学 智慧校园 没有评分（请评 1 次，回复率 0%，未答复 1 次）",
    ]


async def test_of_many_the_worst_are_named(database_url: str) -> None:
    """A message is read on a phone: three lines, and how many more there are."""

    def live(people: Cast) -> None:
        for number in range(5):
            name = f"{number} 号工程师"
            person = seeding.person(people.session, NOW, name)
            seeding.member(people.session, NOW, person, Role.ENGINEER, None)
            who = replace(people.actors["engineer"], person_id=person, name=name)
            marked(replace(people, actors={**people.actors, "one": who}), "one", 5 - number)

    rows = below("😊 各工程师：", await told(database_url, live, week))
    assert [row[2] for row in rows] == ["4", "3", "2", "另"]
    assert rows[-1] == "· 另有 2 个"


def missed(people: Cast, ticket: int, promise: str, school: str = "") -> None:
    """That promise of the ticket was broken; the ticket is of that school."""
    row = select(PromiseRow).where(PromiseRow.ticket_id == ticket, PromiseRow.promise == promise)
    people.session.scalars(row).one().state = "broken"
    if school:
        people.session.get_one(Ticket, ticket).school_id = seeding.school(people.session, NOW, school)


async def test_each_school_has_a_line_and_the_worst_is_first(database_url: str) -> None:
    """What was broken weighs more than what is open, that more than what came; who had nothing has no line."""

    def live(people: Cast) -> None:
        archiving.close(people.sitting("desk", 2 * MINUTE), marked(people, "assignee", 5))
        for _ in range(2):
            report(people)
        missed(people, report(at_the_other(people)), "fault-response")
        seeding.school(people.session, NOW, "第三中学")

    assert below("🏫 各校：", await told(database_url, live, week)) == [
        "· ⚠️ 第二中学：新报 1 单，在办 1 单，违约 1 项",
        "· 第一中学：新报 3 单，在办 2 单，违约 0 项",
    ]


async def test_a_missed_target_of_the_house_is_no_breach_of_a_school(database_url: str) -> None:
    """Only what the agreement promises counts as broken."""

    def live(people: Cast) -> None:
        ticket = report(people)
        missed(people, ticket, "fault-response")
        row = select(PromiseRow).where(PromiseRow.ticket_id == ticket, PromiseRow.promise == "fault-response")
        people.session.scalars(row).one().promise = "consultation-answer"

    assert below("🏫 各校：", await told(database_url, live, week)) == ["· 第一中学：新报 1 单，在办 1 单，违约 0 项"]


async def test_of_many_schools_a_dozen_are_named(database_url: str) -> None:
    """And how many more there are."""

    def live(people: Cast) -> None:
        for number in range(14):
            missed(people, report(people), "fault-response", f"{number:02} 中")

    lines = await told(database_url, live, week)
    assert len(below("🏫 各校：", lines)) == 12
    assert "…另有 2 所学校" in lines


async def test_nobody_asked_has_no_lines_of_anybody(database_url: str) -> None:
    """And a week without a call says so, rather than that every call or none was answered."""

    def live(people: Cast) -> None:
        report(people)

    lines = await told(database_url, live, week)
    assert not [line for line in lines if line.startswith("😊 各")]
    assert "☎️ 热线来电：无" in lines


async def test_the_hotline_is_told_with_its_base(database_url: str) -> None:
    """Three called and two were answered; what came on paper is no call."""

    def live(people: Cast) -> None:
        for way, answered in (("phone", "yes"), ("phone", "yes"), ("phone", "no"), ("paper", "no")):
            matter = Matter(school_id=people.school, text="打印机", reported_at=NOW)
            reporter = people.id_of("reporter")
            registering.register(
                people.sitting("desk"), matter, reporter_id=reporter, way=way, answered=answered
            )

    assert "☎️ 热线来电 3 次，当场接听答复 2 次（67%）" in await told(database_url, live, week)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (0, "1/2；还没有上门：第二中学"),
        (6, "1/8；还没有上门：第二中学 · 0 中 · 1 中 · 2 中 · 3 中，另有 2 所"),
    ],
)
async def test_the_schools_that_the_quarter_has_not_seen_are_named(
    database_url: str, more: int, said: str
) -> None:
    """Five by name, the others by their number."""

    def live(people: Cast) -> None:
        handling.arrive(people.sitting("assignee"), report(people))
        for number in range(more):
            seeding.school(people.session, NOW, f"{number} 中")

    assert f"🏫 第 4 季度上过门的学校 {said}" in await told(database_url, live, week)


async def test_a_resident_who_signed_in_has_been_there(database_url: str) -> None:
    """签到 in the quarter counts as a visit; where all schools were seen no name is left."""

    def live(people: Cast) -> None:
        handling.arrive(people.sitting("assignee"), report(people))
        sign_in(people, NOW - timedelta(days=30))

    assert "🏫 第 4 季度上过门的学校 2/2" in await told(database_url, live, week)


def sign_in(people: Cast, at: datetime) -> None:
    """The engineer who stays at the other school, then."""
    resident = Resident(
        project_id=seeding.project_of(people.session, the_other(people)), person_id=people.id_of("engineer"),
        place="机房", title="", witness="", witness_phone="", since_on=date(2026, 1, 1),
    )
    people.session.add(resident)
    people.session.flush()
    people.session.add(SignIn(person_id=people.id_of("engineer"), resident_id=resident.id, at=at))


@pytest.mark.parametrize(
    ("first", "length", "visited", "said"),
    [
        (date(2026, 9, 1), 30, "2026-09-30T23:59", "第 3 季度已上门"),
        (date(2026, 8, 1), 31, "2026-09-30T23:59", "第 3 季度还没有上门"),  # not yet, at the end of August
        (date(2026, 10, 1), 31, "2026-09-30T23:59", "第 4 季度还没有上门"),
        (date(2026, 9, 28), 7, "2026-09-30T23:59", "第 3 季度已上门"),  # a week in which a quarter ends tells of it
        (date(2026, 9, 28), 7, "2026-10-01T00:00", "第 3 季度还没有上门"),
        (date(2026, 10, 5), 7, "2026-10-01T00:00", "第 4 季度已上门"),
    ],
)
async def test_the_representative_reads_whether_their_school_was_visited(
    database_url: str, first: date, length: int, visited: str, said: str
) -> None:
    """By the end of the span, of the quarter in which it begins."""
    at = datetime.fromisoformat(visited).replace(tzinfo=ZONE)

    def read(people: Cast) -> list[str]:
        report = monthly.report(people.sitting(""), the_other(people), days(first, length))
        return [render(one, "zh") for one in report]

    lines = await told(database_url, lambda people: sign_in(people, at), read)
    assert [line for line in lines if line.startswith("🏫")] == [f"🏫 {said}"]


async def test_a_term_that_ends_at_midnight_ends_on_the_day_before(database_url: str) -> None:
    """24:00 on the last day of a span is of that span, not of the next one."""

    def live(people: Cast) -> None:
        handling.acknowledge(people.sitting("engineer"), report(people))
        people.session.flush()
        row = people.session.scalars(select(PromiseRow).where(PromiseRow.state == "kept")).one()
        row.due_at = WEEK.to_at

    def read(people: Cast) -> list[str]:
        after = Span(from_at=WEEK.to_at, to_at=WEEK.to_at + timedelta(days=7))
        sitting = people.sitting("desk")
        return [str(sum(one.kept for one in measuring.promises(sitting, span))) for span in (WEEK, after)]

    assert await told(database_url, live, read) == ["1", "0"]
