"""Reading tables of the questions: what people write, and what it means on Monday 2026-11-23 at 14:00."""

from datetime import UTC, date, datetime, timedelta

import pytest

from conversations.engine import commands
from conversations.engine.asking import Answer, Asked, Question, Reading, Sets, Unfit, Unread
from conversations.engine.dates import read_moment
from conversations.engine.gathering import Content, Spot
from conversations.engine.heard import Heard
from conversations.engine.messages import Media, MediaKind
from conversations.engine.questions import (
    Afterword,
    Choice,
    Confirm,
    Day,
    Location,
    Mark,
    Moment,
    Number,
    Option,
    Papers,
    Phone,
    Photos,
    Place,
    Side,
    Someone,
    Summary,
    Text,
    WordsOrMoment,
)
from tests.engine.player import START, picture
from texts.formats import SHANGHAI
from texts.say import say


def asked_of(question: object, **given: object) -> Asked:
    assert isinstance(question, Question)
    return Asked(question=question, name=question.name, prompt=say("label.what"), now=START, **given)  # type: ignore[arg-type]


def read(question: object, text: str = "", *media: Media) -> Reading:
    asked = asked_of(question)
    return asked.question.read(Heard(at=START, text=text, media=media), asked)


MOMENTS = [
    ("2026-11-25 18:00", "11-25 18:00"),
    ("2026-11-25T18:00", "11-25 18:00"),
    ("2026/11/25 18：00", "11-25 18:00"),
    ("2026年11月25日 18时30分", "11-25 18:30"),
    ("2026.11.25", "11-26 00:00"),
    ("11-25 18点", "11-25 18:00"),
    ("11-25", "11-26 00:00"),
    ("１１月２５日", "11-26 00:00"),
    ("11月25号下午3点", "11-25 15:00"),
    ("十一月二十五日下午三点半", "11-25 15:30"),
    ("25号", "11-26 00:00"),
    ("25日18:00前", "11-25 18:00"),
    ("明天下午3点", "11-24 15:00"),
    ("明天3点", "11-24 15:00"),
    ("明天 03:00", "11-24 03:00"),
    ("明天", "11-25 00:00"),
    ("明天。", "11-25 00:00"),
    ("明早8点", "11-24 08:00"),
    ("明晚8点", "11-24 20:00"),
    ("今天", "11-24 00:00"),
    ("今晚十点", "11-23 22:00"),
    ("今天24:00", "11-24 00:00"),
    ("后天上午10点一刻", "11-25 10:15"),
    ("大后天", "11-27 00:00"),
    ("周五", "11-28 00:00"),
    ("周五下班前17:30", "11-27 17:30"),
    ("周五下班前", "11-27 18:00"),
    ("明天中午", "11-24 12:00"),
    ("本周五下午", "11-27 18:00"),
    ("明晚", "11-25 00:00"),
    ("月底", "12-01 00:00"),
    ("月底前", "12-01 00:00"),
    ("下个月底", "01-01 00:00"),
    ("年底", "01-01 00:00"),
    ("3天前", None),
    ("周五下午5点前", "11-27 17:00"),
    ("星期五 18:00", "11-27 18:00"),
    ("礼拜天", "11-30 00:00"),
    ("周一", "11-24 00:00"),
    ("下周一", "12-01 00:00"),
    ("下周三上午9点", "12-02 09:00"),
    ("本周日", "11-30 00:00"),
    ("18:00", "11-23 18:00"),
    ("下午5点", "11-23 17:00"),
    ("8点", "11-23 20:00"),
    ("3点", "11-23 15:00"),
    ("两小时后", "11-23 16:00"),
    ("半小时内", "11-23 14:30"),
    ("一个半小时后", "11-23 15:30"),
    ("30分钟后", "11-23 14:30"),
    ("三天后", "11-27 00:00"),
    ("两周内", "12-08 00:00"),
    ("tomorrow 3pm", "11-24 15:00"),
    ("friday", "11-28 00:00"),
    ("Fri 5:30 pm", "11-27 17:30"),
    ("next monday at 9am", "11-30 09:00"),
    ("in 2 hours", "11-23 16:00"),
    ("中午12点", None),
    ("明天中午12点", "11-24 12:00"),
    ("2月30日", None),
    ("25:70", None),
    ("尽快", None),
    ("周五把缓存清掉", None),
    ("302教室的电脑坏了", None),
    ("11", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), MOMENTS)
def test_moments(text: str, expected: str | None) -> None:
    """A date alone ends at 24:00; weekdays are the nearest ones; more than a date is no date."""
    reading = read(Moment("until"), text)
    if expected is None:
        assert isinstance(reading, Unread | Unfit)
        return
    at = datetime.strptime(f"2026-{expected}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
    at = at.replace(year=2027) if at.month < START.month else at
    assert reading == Answer(at.astimezone(UTC))


@pytest.mark.parametrize("text", ["2026-11-22", "11-23 13:59", "昨天", "上周五", "14:00", "11-20"])
def test_past_moments_are_asked_again(text: str) -> None:
    """A past moment is an answer that does not fit, not words of another sentence."""
    reading = read(Moment("until"), text)
    assert isinstance(reading, Unfit)
    assert reading.why.key == "dialog.moment_past"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13:50", "11-23 13:50"),
        ("上午9点", "11-23 09:00"),
        ("昨天下午4点", "11-22 16:00"),
        ("上周五 10:00", "11-20 10:00"),
        ("周五 10:00", "11-20 10:00"),
        ("22号8:00", "11-22 08:00"),
        ("30号8:00", "10-30 08:00"),
        ("半小时前", "11-23 13:30"),
        ("10分钟前", "11-23 13:50"),
        ("两个小时之前", "11-23 12:00"),
        ("现在", "11-23 14:00"),
        ("刚才", "11-23 14:00"),
    ],
)
def test_moments_of_the_past(text: str, expected: str) -> None:
    """When a request was received: seen backwards, with 现在 at hand."""
    at = datetime.strptime(f"2026-{expected}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
    assert read(Moment("received", side=Side.PAST), text) == Answer(at.astimezone(UTC))


@pytest.mark.parametrize(("text", "why"), [("昨天", "dialog.time_wanted"), ("15:00", "dialog.moment_future")])
def test_what_a_moment_of_the_past_may_not_be(text: str, why: str) -> None:
    """A clock starts at it, so a date alone is not enough; and it lies not ahead."""
    reading = read(Moment("received", side=Side.PAST), text)
    assert isinstance(reading, Unfit)
    assert reading.why.key == why


def test_the_turn_of_the_year() -> None:
    """A date without a year is the nearer one across the turn of the year."""
    december = datetime(2026, 12, 30, 4, 0, tzinfo=UTC)
    said = read_moment("1-5", december, Side.FUTURE)
    assert said is not None
    assert said.day == date(2027, 1, 5)
    said = read_moment("12-30 9:00", datetime(2027, 1, 2, 4, 0, tzinfo=UTC), Side.PAST)
    assert said is not None
    assert said.day == date(2026, 12, 30)
    said = read_moment("5号", december, Side.FUTURE)
    assert said is not None
    assert said.day == date(2027, 1, 5)


def test_next_year_by_its_word() -> None:
    """明年1月5日, and the end of a month that is the year's last."""
    said = read_moment("明年1月5日", START, Side.FUTURE)
    assert said is not None
    assert said.day == date(2027, 1, 5)


def test_a_kept_moment_that_passed_holds_no_more() -> None:
    """The date was in time when it was said; before it is submitted it is judged again."""
    question = Moment("until")
    assert question.holds(START + timedelta(seconds=1), asked_of(question))
    assert not question.holds(START, asked_of(question))


def test_days() -> None:
    """A day is a date; today still counts, yesterday is asked again."""
    assert read(Day("day"), "今天") == Answer(date(2026, 11, 23))
    assert isinstance(read(Day("day"), "昨天"), Unfit)
    assert isinstance(read(Day("day"), "改天"), Unread)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1200", 120_000),
        ("1,200.50", 120_050),
        ("￥500", 50_000),
        ("５００元", 50_000),
        ("1.5 元", 150),
        ("2万", 2_000_000),
        ("1.5万元", 1_500_000),
        ("三百", None),
        ("0", None),
        ("-5", None),
        ("1.234", None),
        ("500 左右", None),
    ],
)
def test_numbers(text: str, fen: int | None) -> None:
    """A sum is said in yuan and kept in fen."""
    reading = read(Number("sum"), text)
    assert reading == Answer(fen) if fen is not None else isinstance(reading, Unread | Unfit)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("010 6552 9988", "01065529988"),
        ("4008001234", "4008001234"),
        ("123", None),
        ("没有", None),
    ],
)
def test_phones(text: str, digits: str | None) -> None:
    """A phone number is kept as digits."""
    reading = read(Phone("phone"), text)
    assert reading == Answer(digits) if digits else isinstance(reading, Unread)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("5", 5),
        ("1", 1),
        ("非常满意", 5),
        ("很不满意", 1),
        ("一般", 3),
        ("4.", 4),
        ("Very satisfied", 5),
        ("6", None),
    ],
)
def test_marks(text: str, mark: int | None) -> None:
    """Marks are counted by their own numbers: 5 is very satisfied, though it stands first."""
    question = Mark("mark")
    asked = asked_of(question, numbers=tuple((str(n), str(n)) for n in range(5, 0, -1)))
    reading = question.read(Heard(at=START, text=text), asked)
    assert reading == Answer(mark) if mark else isinstance(reading, Unread | Unfit)
    assert [one.number for one in question.offers(asked)] == ["5", "4", "3", "2", "1"]


def test_texts() -> None:
    """Words are kept as typed; too long is told with the limit; nothing is an answer where it may be."""
    assert read(Text("words"), "  两行\n文字 。 ") == Answer("两行\n文字 。")
    assert isinstance(read(Text("words", most=3), "四个字了"), Unfit)
    assert isinstance(read(Place("place"), "字" * 61), Unfit)
    assert read(Text("words", nothing=say("label.end")), "没有") == Answer("")
    assert isinstance(read(Text("words"), "", Media(kind=MediaKind.STICKER)), Unread)


def test_a_recognised_voice_is_words() -> None:
    """What the platform recognised in a voice message is what was said, and no photo."""
    voice = Media(kind=MediaKind.VOICE, reference="v", recognised="打印机坏了")
    assert read(Text("words"), "", voice) == Answer("打印机坏了")
    assert not Photos("photos").takes(voice)
    assert Photos("photos").takes(Media(kind=MediaKind.VOICE, reference="v"))


def test_choices_in_either_language() -> None:
    """A label counts in either language, full width, in any case; other words only where given."""
    kinds = Choice("kind", options=(Option("fault", say("label.yes"), also=("坏了",)), Option("b", "Ｂ 楼")))
    for text in ("是", "YES", "ｙｅｓ", "坏了!", " yes. "):
        assert read(kinds, text) == Answer("fault")
    assert read(kinds, "b 楼") == Answer("b")
    assert isinstance(read(kinds, "1"), Unread), "a number means nothing before a list was shown"
    likely = asked_of(kinds, likely=("b",))
    assert [one.key for one in kinds.offers(likely)] == ["b", "fault"]
    assert isinstance(kinds.tapped("gone", likely), Unfit)


def test_confirms() -> None:
    """Yes and no have free words; anything else is neither."""
    enough = Confirm("enough")
    assert (read(enough, "是的"), read(enough, "否"), read(enough, "no")) == (
        Answer(True),
        Answer(False),
        Answer(False),
    )
    assert isinstance(read(enough, "也许"), Unread)


def test_summaries_take_everyday_words_for_yes() -> None:
    """好的 at the summary is the tap, not news about the fault."""
    sure = Summary("sure", joins="what")
    for text in ("好的", "OK", "确认提交", "提交", "没问题。"):
        assert read(sure, text) == Answer("submit")


def test_papers_and_locations() -> None:
    """A paper is words and/or files; a location is a point or none."""
    file = Media(kind=MediaKind.FILE, reference="f", name="预案.pdf")
    assert read(Papers("paper"), "见附件", file) == Answer(Content("见附件", (file,)))
    assert read(Papers("paper"), "", file) == Answer(Content("", (file,)))
    assert isinstance(read(Papers("paper")), Unread)
    spot = Media(kind=MediaKind.LOCATION, latitude=31.2, longitude=121.5)
    assert read(Location("spot"), "", spot) == Answer(Spot(31.2, 121.5))
    assert read(Location("spot"), "不发位置") == Answer(None)
    assert isinstance(read(Location("spot"), "校门口", picture("a")), Unread)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("１", 1), ("①", 1), ("1.", 1), ("(3)", 3), ("〇", 0), ("一", 1), ("十", 10), ("十二", 12),
     ("二十", 20), ("1号", None), ("一中", None), ("12345", None), ("-1", None), ("", None)],
)  # fmt: skip
def test_numbers_as_a_whole_message(text: str, number: int | None) -> None:
    """A number counts only as the whole message."""
    assert commands.number(text) == number


@pytest.mark.parametrize("text", ["返回", "返回。", " BACK ", "Ｂack!", "0", "０", "0."])
def test_back_in_its_forms(text: str) -> None:
    """Full width, case and final punctuation are folded; inside a sentence it is a word."""
    assert commands.is_back(text)
    assert not commands.is_back(f"点{text}没反应")


def test_names_of_questions() -> None:
    """A name is what buttons and stored answers carry: letters, digits and _ only."""
    with pytest.raises(ValueError, match="question name"):
        Text("what?")


PEOPLE = (Option("7", "王老师"), Option("8", "孙老师"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("孙老师", Answer("8")),
        ("钱老师", Answer("+钱老师")),
        ("郑老师 13611112222", Answer("+郑老师 13611112222")),
    ],
)
def test_a_person_is_one_of_the_list_or_a_new_name_typed_at_once(text: str, expected: Reading) -> None:
    """Nobody needs to tap that the name is new; a number still means the list."""
    question = Someone("person")
    asked = asked_of(question, among=PEOPLE, numbers=(("1", "7"), ("2", "8")))
    assert question.read(Heard(at=START, text=text), asked) == expected
    assert question.read(Heard(at=START, text="1"), asked) == Answer("7")
    assert isinstance(question.read(Heard(at=START, text="3"), asked), Unfit)


def test_a_time_typed_for_words_corrects_the_time_that_was_taken_for_granted() -> None:
    """登记 from a talk takes the time of its first words; whoever knows better types it."""
    question = WordsOrMoment("words", moment=Moment("received", side=Side.PAST))
    assert read(question, "13:50") == Sets("received", "13:50")
    assert read(question, "打印机坏了") == Answer("打印机坏了")
    assert read(question, "15:00 打印机坏了") == Answer("15:00 打印机坏了")


def test_words_that_may_follow_put_no_button_under_a_thumb() -> None:
    """The newest card stays the ticket's; a word leaves the question."""
    question = Afterword("more", nothing=say("label.end"))
    assert question.offers(asked_of(question)) == ()
    assert read(question, "结束") == Answer("")
    assert read(question, "又黑了") == Answer("又黑了")
