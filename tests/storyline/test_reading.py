"""The reader takes every form of a story and refuses everything else, with its line."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, Role, State
from tests.storyline.deeds import read_deed
from tests.storyline.moments import ZONE, after_workdays, read_moment
from tests.storyline.reading import StoryError, parse_story
from tests.storyline.script import (
    Accept,
    Assignee,
    At,
    AtMost,
    CanMake,
    CastLine,
    Deed,
    Does,
    Edit,
    Hears,
    HearsNothing,
    Location,
    Offers,
    OffersNot,
    OldTap,
    OpenInvite,
    PenaltySum,
    Photo,
    Photos,
    PromiseDue,
    PromiseIs,
    Refuse,
    Reply,
    Reported,
    Resend,
    Restart,
    Round,
    Scan,
    SentFile,
    Start,
    Step,
    Sticker,
    Stop,
    Story,
    Tap,
    Text,
    TicketCount,
    TicketIs,
    Together,
    Unconfirmed,
    Urgent,
    Voice,
    Wait,
    Waiting,
    WaitWorkdays,
)

HEAD = """# 一个故事
cast
  王老师  teacher  第一中学
  李工    engineer  on duty
story
@ 2026-11-23 14:00
"""
FIRST_LINE = 7  # the first line after HEAD


def parsed(text: str) -> Story:
    return parse_story(text, Path("a.txt"))


def refused(text: str) -> StoryError:
    with pytest.raises(StoryError) as caught:
        parsed(text)
    return caught.value


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "deed"),
    [
        ("报修", Text("报修")),
        ("[确认提交]", Tap("确认提交")),
        ("[接单] @2", Tap("接单", 2)),
        ("[接单] old", OldTap("接单")),
        ("[接单] old @2", OldTap("接单", 2)),
        ("[接单] @2 old", OldTap("接单", 2)),
        ("<photo screen.jpg>", Photo("screen.jpg")),
        ('<photo screen.jpg "花屏了">', Photo("screen.jpg", "花屏了")),
        ("<voice 5s>", Voice(5)),
        ('<voice 5s "打不开">', Voice(5, "打不开")),
        ("<file log.txt>", SentFile("log.txt")),
        ("<location 31.2,121.5>", Location(31.2, 121.5)),
        ("<sticker>", Sticker()),
        ("<scan 302教室>", Scan("302教室")),
        ("<invite 第一中学 teacher>", OpenInvite("第一中学", Role.TEACHER)),
        ("edit: 新的文字", Edit("新的文字")),
        ("reply @1: 文字", Reply(1, "文字")),
    ],
)
def test_what_people_do_is_read_by_its_form(typed: str, deed: Deed) -> None:
    assert read_deed(typed) == deed


@pytest.mark.parametrize(
    "typed",
    [
        "[确认提交] 谢谢",
        "[确认提交] @zwei",
        "[确认提交] @0",
        "[]",
        "<photo>",
        "<photo a.jpg words>",
        "<voice 5>",
        "<location 31.2>",
        "<sticker 3>",
        "<invite 第一中学 headmaster>",
        "reply 1: 文字",
        "reply: 文字",
        "edit 新的文字",
        "= ticket 1 registered",
        "@ 2026-11-23 14:00",
        "a> b",
    ],
)
def test_what_is_not_exactly_a_form_is_text(typed: str) -> None:
    assert read_deed(typed) == Text(typed)
    assert parsed(f"{HEAD}王老师> {typed}\n").lines[-1].step == Does("王老师", Text(typed))


PROMISE = (1, Promise.PLAN_STEP)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("@ 2026-11-24 24:00", At(moment("2026-11-25T00:00"))),
        ("+ 8m", Wait(timedelta(minutes=8))),
        ("+ 30s", Wait(timedelta(seconds=30))),
        ("+ 2h", Wait(timedelta(hours=2))),
        ("+ 1d", Wait(timedelta(days=1))),
        ("+ 1 workday", WaitWorkdays(1)),
        ("+ 2 workdays", WaitWorkdays(2)),
        ("bot → 王老师: *14:10*", Hears("王老师", "*14:10*")),
        ("bot → 王老师: 有人说: a> b", Hears("王老师", "有人说: a> b")),
        ("bot → 王老师: nothing", HearsNothing("王老师")),
        ("bot → 王老师: has [催办]", Offers("王老师", "催办")),
        ("bot → 王老师: has no [催办]", OffersNot("王老师", "催办")),
        ("bot → 王老师: has no [催办] @3", OffersNot("王老师", "催办", 3)),
        ("bot → 王老师: has 催办", Hears("王老师", "has 催办")),
        ("= ticket 1 in_progress", TicketIs(1, State.IN_PROGRESS)),
        ("= ticket 1 reported 2026-11-23 14:00", TicketIs(1, Reported(moment("2026-11-23T14:00")))),
        ("= ticket 1 unconfirmed", TicketIs(1, Unconfirmed())),
        ("= ticket 1 round 2", TicketIs(1, Round(2))),
        ("= ticket 1 photos 3", TicketIs(1, Photos(3))),
        ("= ticket 1 waiting", TicketIs(1, Waiting())),
        ("= ticket 1 assignee 李工", TicketIs(1, Assignee("李工"))),
        ("= ticket 1 kind in_scope", TicketIs(1, Kind.IN_SCOPE)),
        ("= ticket 1 urgent", TicketIs(1, Urgent())),
        ("= ticket 1 count 1", TicketCount(1)),
        ("= tickets 0", TicketCount(0)),
        ("= promise 1 plan-step kept", PromiseIs(*PROMISE, 1, PromiseState.KEPT)),
        ("= promise 1 plan-step 2 broken", PromiseIs(*PROMISE, 2, PromiseState.BROKEN)),
        ("= promise 1 plan-step 2 due 2026-11-24 24:00", PromiseDue(*PROMISE, 2, moment("2026-11-25T00:00"))),
        ("= penalty 第一中学 claimable 500.00", PenaltySum("第一中学", PenaltyState.CLAIMABLE, 50000)),
        ("= record 1 客户咨询/反馈登记表", CanMake(1, Record.REGISTER)),
        ("= record 1 《客户回执》", CanMake(1, Record.RECEIPT)),
        ("= messages 李工 at most 4", AtMost("李工", 4)),
        ("! stop", Stop()),
        ("! restart", Restart()),
        ("! refuse 王老师 blocked", Refuse("王老师", "blocked")),
        ("! accept 王老师", Accept("王老师")),
    ],
)
def test_every_line_form_is_read(line: str, step: Step) -> None:
    assert parsed(f"{HEAD}{line}\n").lines[-1].step == step


@pytest.mark.parametrize(
    "line",
    [
        "报修",
        "王老师>",
        "王老师>报修",
        "赵老师> 报修",
        "bot -> 王老师: *",
        "bot → 王老师:",
        "bot → 赵老师: *",
        "bot → 赵老师: nothing",
        "bot → 赵老师: has [催办]",
        "= ticket 1 done",
        "= ticket 0 registered",
        "= ticket 1 assignee 赵老师",
        "= ticket one registered",
        "= ticket 1 reported 2026-11-23 25:00",
        "= promise 1 fault-repair kept",
        "= promise 1 fault-response due 2026-02-30 14:00",
        "= promise 1 fault-response fulfilled",
        "= penalty 第九中学 claimable 500.00",
        "= penalty 第一中学 claimed",
        "= record 1 登记表",
        "= messages 李工 4",
        "= weather fine",
        "+ 8",
        "+ 8 minutes",
        "+ soon",
        "+ 1.5h",
        "@ 2026-11-23 13:59",
        "@ tomorrow",
        "@ 2026-11-23",
        "@ 2026-11-23 24:01",
        "! start",
        "! pause",
        "! resend",
        "! refuse 王老师 rude",
        "! refuse 赵老师 blocked",
        "! refuse 王老师",
        "! accept 赵老师",
        "! together",
        "  王老师> 报修",
        "strict",
        "story",
        "# another title",
        "contract 第一中学",
    ],
)
def test_a_line_that_is_no_form_refuses_the_file_with_its_number(line: str) -> None:
    assert refused(f"{HEAD}{line}\n").number == FIRST_LINE


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("", 1, "empty"),
        ("cast\n  王老师 teacher 一中\nstory\n@ 2026-11-23 14:00\n", 1, "title"),
        ("# t\nstory\n@ 2026-11-23 14:00\n", 2, "cast"),
        ("# t\ncast\nstory\n@ 2026-11-23 14:00\n", 2, "cast"),
        ("# t\ncast\n  王老师 teacher 一中\n", 3, "story"),
        ("# t\ncast\n  王老师 teacher 一中\nstory\n", 4, "no line"),
        ("# t\ncast\n  王老师 teacher 一中\nstory\n王老师> 报修\n", 5, "clock"),
        ("# t\ncast\n  王老师 headmaster 一中\nstory\n@ 2026-11-23 14:00\n", 3, "role"),
        ("# t\ncast\n  王老师 teacher\nstory\n@ 2026-11-23 14:00\n", 3, "school"),
        ("# t\ncast\n  王老师 teacher 一中 on duty\nstory\n@ 2026-11-23 14:00\n", 3, "shifts"),
        ("# t\ncast\n  李工 engineer @fax\nstory\n@ 2026-11-23 14:00\n", 3, "channel"),
        ("# t\ncast\n  李工 engineer @web @wechat\nstory\n@ 2026-11-23 14:00\n", 3, "school"),
        ("# t\ncast\n  李工 engineer\ncast\n  张工 engineer\nstory\n@ 2026-11-23 14:00\n", 4, "place"),
        ("# t\ncast\n  李工 engineer\nscript\nstory\n@ 2026-11-23 14:00\n", 4, "place"),
        ("# t\n  李工 engineer\nstory\n@ 2026-11-23 14:00\n", 2, "indented"),
        ("# t\ncast\n  李工 engineer\ncontract 一中\n  colour red\nstory\n@ 2026-11-23 14:00\n", 5, "limit"),
        ("# t\ncast\n  李工 engineer\ncontract 一中\n  deposit lots\nstory\n@ 2026-11-23 14:00\n", 5, "sum"),
        ("# t\ncast\n  李工 engineer\ncontract 一中\n  accepted x\nstory\n@ 2026-11-23 14:00\n", 5, "date"),
        ("# t\ncast\n  李工 engineer\ncontract 一中\nstory\n@ 2026-11-23 14:00\n", 4, "nothing"),
    ],
)
def test_a_head_that_is_wrong_refuses_the_file_with_its_line(text: str, number: int, reason: str) -> None:
    error = refused(text)
    assert (error.number, reason in error.reason) == (number, True), error


def test_the_cast_says_who_everybody_is() -> None:
    """Several lines for one person; endings in any order; the school may stand with a vendor's role."""
    story = parsed(
        "# t\n\n-- who is who\ncast\n"
        "  王老师  teacher         第一中学  @telegram\n"
        "  王老师  representative  第二中学  @wechat\n"
        "  李工 engineer on duty @web\n"
        "  路人  teacher  第一中学  unbound\n"
        "strict\nstory\n@ 2026-11-23 14:00\n"
    )
    assert story.cast.lines == (
        CastLine(person="王老师", role=Role.TEACHER, school="第一中学", channel="telegram"),
        CastLine(person="王老师", role=Role.REPRESENTATIVE, school="第二中学", channel="wechat"),
        CastLine(person="李工", role=Role.ENGINEER, on_duty=True, channel="web"),
        CastLine(person="路人", role=Role.TEACHER, school="第一中学", unbound=True),
    )
    assert story.cast.channels("王老师", "web") == ("telegram", "wechat")
    assert story.cast.channels("路人", "web") == ("web",)
    assert story.strict


def test_a_contract_is_read_with_its_limits() -> None:
    story = parsed(
        "# t\ncast\n  李工 engineer\ncontract 第一中学\n  accepted 2026-03-01\n  deposit 50000.00\n"
        "  warranty_days 730\n  fault-response 20 minutes\n  urgent-fix-plan 5 workdays\n  usability\t2w\n"
        "story\n@ 2026-11-23 14:00\n"
    )
    contract = story.contract("第一中学")
    assert contract.deposit_fen == 5_000_000
    assert contract.limits == {
        "warranty_days": "730",
        "fault-response": "20 minutes",
        "urgent-fix-plan": "5 working days",
        "usability": "2 weeks",
    }
    assert story.contract("第二中学").accepted is None


def test_lines_under_together_belong_to_it() -> None:
    story = parsed(f"{HEAD}! together\n  王老师> 报修\n\n  -- and at once\n  李工> [接单]\n! resend\n")
    assert story.lines[-2].step == Together(
        ((8, Does("王老师", Text("报修"))), (11, Does("李工", Tap("接单"))))
    )
    assert story.lines[-1].step == Resend()
    assert refused(f"{HEAD}! together\n  王老师> 报修\n  = tickets 1\n").number == 9
    assert refused(f"{HEAD}! together\n  王老师> 报修\n  赵老师> 报修\n").number == 9


def test_the_desk_stops_and_starts_in_turn() -> None:
    assert [line.step for line in parsed(f"{HEAD}! stop\n+ 5m\n! start\n").lines[1::2]] == [Stop(), Start()]
    assert refused(f"{HEAD}! stop\n! stop\n").number == 8
    assert refused(f"{HEAD}! stop\n! restart\n").number == 8


def test_the_clock_is_never_set_back_also_after_waits() -> None:
    assert refused(f"{HEAD}+ 2 workdays\n@ 2026-11-25 13:59\n").number == 8
    parsed(f"{HEAD}+ 2 workdays\n@ 2026-11-25 14:00\n")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23 14:00", 2, "2026-11-25 14:00"),
        ("2026-11-27 20:00", 1, "2026-11-30 20:00"),
        ("2026-09-30 16:00", 3, "2026-10-10 16:00"),
        ("2026-10-01 03:00", 1, "2026-10-08 03:00"),
        ("2026-12-31 09:00", 1, "2027-01-01 09:00"),
    ],
)
def test_workdays_go_by_the_calendar_to_the_same_hour(start: str, days: int, end: str) -> None:
    """Holidays are passed, make-up days count; a year without a calendar has plain weekends."""
    assert after_workdays(read_moment(start), days) == read_moment(end)
