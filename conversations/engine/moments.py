"""Questions answered with a date, or a date and a time, in the ways in which people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conversations.engine import commands
from conversations.engine.asking import Answer, Asked, Option, Question, Reading, Unfit, Unread
from conversations.engine.heard import Heard
from texts.formats import SHANGHAI
from texts.say import Say, say

HALF_A_YEAR = timedelta(days=180)
NOW = Option("now", say("label.now"), also=("刚才", "刚刚", "right now"))

_HAN = "〇零一二两三四五六七八九十"
_NUMBER = re.compile(rf"[{_HAN}]+(?=\s*(?:点|时|分|月|日|号|天|个|小时|周后|星期后))")
_WEEKDAYS = {
    one: day for day, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for one in names
}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = {
    "大后天": 3, "后天": 2, "明天": 1, "明日": 1, "今天": 0, "今日": 0, "今晚": 0, "昨天": -1, "昨日": -1,
    "前天": -2, "明晚": 1, "明早": 1, "昨晚": -1, "tomorrow": 1, "today": 0, "tonight": 0, "yesterday": -1, } 
    # fmt: skip _PERIOD = r"凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|晚|早|am|pm" _AFTERNOON =
    frozenset({"下午", "午后", "傍晚", "晚上", "夜里", "晚", "pm"}) _FULL =
    re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?") _MONTH =
    re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?") _DAY =
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*[日号]") _WEEK = re.compile(
    r"(?P<which>上个?|下下个?|下个?|本|这个?)?\s*(?:周|星期|礼拜)\s*(?P<w>[一二三四五六日天1-7])(?![天周])" )
    _ENGLISH_WEEK = re.compile(rf"(?P<which>last|next|this)?\s*\b(?P<w>{'|'.join(_ENGLISH_DAYS)})[a-z]*\b")
    _CLOCK = re.compile(
    rf"(?P<p>{_PERIOD})?\s*(?P<h>\d{{1,2}})\s*:\s*(?P<m>\d{{2}})(?::\d{{2}})?\s*(?P<q>am|pm)?" ) _HOUR =
    re.compile(
    rf"(?P<p>{_PERIOD})?\s*(?P<h>\d{{1,2}})\s*[点时]\s*(?:(?P<half>半)|(?P<quarter>[13一三])刻|(?P<m>\d{{1,2}})分?|整|钟)?"
    ) _ENGLISH_HOUR = re.compile(r"(?:at\s*)?(?P<h>\d{1,2})\s*(?P<p>am|pm)\b") _SPAN = re.compile(
    r"(?:in\s*)?(?P<n>\d{1,3}|半)\s*个?(?P<half>半)?\s*(?P<unit>小时|钟头|分钟|分|天|周|星期|hours?|minutes?|mins?|days?|weeks?)"
    r"(?P<half_after>半)?\s*(?:之|以)?(?:后|内)?" ) _REST =
    re.compile(r"(?:[之以]?前|完成|内|左右|的|到|at|by|before|on|,|，|t|\s)*")


class Side(StrEnum):
    """On which side of now the moment must lie."""

    FUTURE = "future"
    PAST = "past"
    ANY = "any"


@dataclass(frozen=True)
class Moment(Question[datetime]):
    """A date and time, timezone-aware UTC. A date alone ends at that day's 24:00 and is never moved for a day off.

    A past one is asked again (`side`). On the past side a date alone is not enough, and 现在 can be tapped.
    """

    side: Side = Side.FUTURE
    zone: ZoneInfo = SHANGHAI

    @property
    def shape(self) -> object:
        return datetime

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (NOW,) if self.side is Side.PAST else ()

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if self.side is not Side.FUTURE and NOW.is_named(heard.words):
            return Answer(heard.at.astimezone(UTC))
        said = read_moment(heard.words, asked.now, self.side, self.zone)
        if said is None:
            return Unread(say("dialog.moment_wanted"))
        if said.clock is None and self.side is Side.PAST:
            return Unfit(say("dialog.time_wanted"))
        at = said.at(self.zone)
        return Answer(at) if self.holds(at, asked) else Unfit(self._wrong_side(at))

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(asked.now.astimezone(UTC)) if key == NOW.key else Unread()

    def holds(self, value: datetime, asked: Asked) -> bool:
        if self.side is Side.FUTURE:
            return value > asked.now
        return self.side is Side.ANY or value <= asked.now

    def _wrong_side(self, at: datetime) -> Say:
        return say("dialog.moment_past" if self.side is Side.FUTURE else "dialog.moment_future", at=at)


@dataclass(frozen=True)
class Day(Question[date]):
    """A date in the zone of the contract; a past one is asked again (`side`)."""

    side: Side = Side.FUTURE
    zone: ZoneInfo = SHANGHAI

    @property
    def shape(self) -> object:
        return date

    def read(self, heard: Heard, asked: Asked) -> Reading:
        said = read_moment(heard.words, asked.now, self.side, self.zone)
        if said is None:
            return Unread(say("dialog.moment_wanted"))
        is_right = self.holds(said.day, asked)
        wrong = "dialog.moment_past" if self.side is Side.FUTURE else "dialog.moment_future"
        return Answer(said.day) if is_right else Unfit(say(wrong, at=Said(said.day, None).at(self.zone)))

    def holds(self, value: date, asked: Asked) -> bool:
        today = asked.now.astimezone(self.zone).date()
        if self.side is Side.FUTURE:
            return value >= today
        return self.side is Side.ANY or value <= today


@dataclass(frozen=True)
class Said:
    """A day and, where one was said, the time on it (hours may be 24: the end of the day)."""

    day: date
    clock: timedelta | None

    def at(self, zone: ZoneInfo) -> datetime:
        clock = timedelta(days=1) if self.clock is None else self.clock
        return (datetime.combine(self.day, time(0), zone) + clock).astimezone(UTC)


def read_moment(text: str, now: datetime, side: Side, zone: ZoneInfo = SHANGHAI) -> Said | None:
    """The day and time that the whole text names, seen from `now`; None when it names none or says more."""
    words = _NUMBER.sub(_as_digits, commands.fold(text))
    local = now.astimezone(zone)
    if (span := _SPAN.fullmatch(words)) and (after := _after(span, local, side)):
        return after
    day, words = _day_in(words, local.date(), side)
    clock, words = _clock_in(words)
    if not _REST.fullmatch(words) or (day is None and clock is None):
        return None
    if day is None and clock is not None:
        return _nearest(local, clock, side)
    return Said(day, clock.length) if day and clock else Said(day, None) if day else None


@dataclass(frozen=True)
class _Clock:
    length: timedelta  # since the day began
    is_open: bool  # no part of the day was named: 3点 may be in the afternoon


def _as_digits(found: "re.Match[str]") -> str:
    value = commands.chinese_number(found.group())
    return found.group() if value is None else str(value)


def _after(span: "re.Match[str]", local: datetime, side: Side) -> Said | None:
    """两小时后, 半天内, in 3 days: only ahead, so never where the past is asked for."""
    if side is Side.PAST:
        return None
    unit = span["unit"]
    amount = (0.5 if span["n"] == "半" else int(span["n"])) + (
        0.5 if span["half"] or span["half_after"] else 0
    )
    if unit.startswith(("天", "day", "周", "星期", "week")):
        days = int(amount * (7 if unit.startswith(("周", "星期", "week")) else 1))
        return Said(local.date() + timedelta(days=days), None)
    at = local + (
        timedelta(hours=amount) if unit.startswith(("小时", "钟头", "hour")) else timedelta(minutes=amount)
    )
    return Said(at.date(), at.replace(tzinfo=None) - datetime.combine(at.date(), time(0)))


def _day_in(words: str, today: date, side: Side) -> tuple[date | None, str]:
    """The day that is named, and the words without it. A day that does not exist is none."""
    for name in sorted(_RELATIVE, key=len, reverse=True):
        if name in words:
            part = name[-1] if name[-1] in "晚早" else ""
            return today + timedelta(days=_RELATIVE[name]), words.replace(name, part, 1)
    for pattern, dated in (
        (_FULL, _full),
        (_MONTH, _in_year),
        (_DAY, _in_month),
        (_WEEK, _week),
        (_ENGLISH_WEEK, _week),
    ):
        if found := pattern.search(words):
            try:
                day = dated(found, today, side)
            except ValueError:  # 2月30日: no such day
                return None, words
            return day, words[: found.start()] + words[found.end() :]
    return None, words


def _full(found: "re.Match[str]", today: date, side: Side) -> date:
    return date(int(found["y"]), int(found["m"]), int(found["d"]))


def _in_year(found: "re.Match[str]", today: date, side: Side) -> date:
    """Without a year it is this one, or across the turn of the year the nearer one."""
    day = date(today.year, int(found["m"]), int(found["d"]))
    if side is not Side.PAST and today - day > HALF_A_YEAR:
        return day.replace(year=today.year + 1)
    if side is Side.PAST and day - today > HALF_A_YEAR:
        return day.replace(year=today.year - 1)
    return day


def _in_month(found: "re.Match[str]", today: date, side: Side) -> date:
    """5号 said on the 20th is next month's; where the past is asked for, the last one there was."""
    number = int(found["d"])
    year, month = today.year, today.month
    if side is Side.FUTURE and number < today.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if side is Side.PAST and number > today.day:
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, number)


def _week(found: "re.Match[str]", today: date, side: Side) -> date:
    """周五 is the nearest one; 本周, 下周 and 上周 are weeks that begin on Monday."""
    named = found["w"]
    weekday = _ENGLISH_DAYS.index(named) if named in _ENGLISH_DAYS else _WEEKDAYS[named]
    which = (found["which"] or "").removesuffix("个")
    monday = today - timedelta(days=today.weekday())
    weeks = {"上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
    if which:
        return monday + timedelta(weeks=weeks[which], days=weekday)
    if side is Side.PAST:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _clock_in(words: str) -> tuple[_Clock | None, str]:
    for pattern in (_CLOCK, _HOUR, _ENGLISH_HOUR):
        if found := pattern.search(words):
            clock = _clock(found.groupdict(), is_written=pattern is _CLOCK)
            return clock, (words[: found.start()] + words[found.end() :]) if clock else words
    return None, words


def _clock(found: dict[str, str | None], *, is_written: bool) -> _Clock | None:
    """18:00 is written on 24 hours; 3点 without a part of the day is the afternoon's where nobody works at three."""
    hour, minute = int(found["h"] or 0), int(found.get("m") or 0)
    if found.get("half"):
        minute = 30
    if quarter := found.get("quarter"):
        minute = 15 if quarter in "1一" else 45
    period = found.get("p") or found.get("q")
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if (period in _AFTERNOON and hour < 12) or (period == "中午" and hour < 3):
        hour += 12
    elif (period == "am" and hour == 12) or (period in {"晚上", "夜里", "晚"} and hour == 12):
        hour = 0 if period == "am" else 24
    elif period is None and not is_written and 1 <= hour <= 6:
        hour += 12
    return _Clock(
        timedelta(hours=hour, minutes=minute), is_open=period is None and not is_written and hour < 12
    )


def _nearest(local: datetime, clock: _Clock, side: Side) -> Said:
    """A time alone is today's; 8点 said in the evening of a day is the one still ahead."""
    begun = datetime.combine(local.date(), time(0), local.tzinfo)
    is_over = begun + clock.length <= local
    if (
        side is Side.FUTURE
        and is_over
        and clock.is_open
        and begun + clock.length + timedelta(hours=12) > local
    ):
        return Said(local.date(), clock.length + timedelta(hours=12))
    return Said(local.date(), clock.length)
