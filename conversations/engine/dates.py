"""A date, or a date and a time, as people write them: 11-25 18点, 明天下午3点, 周五, in 2 hours.

Everything is seen from a given moment. Only the whole text counts: a date inside a sentence is no answer.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from conversations.engine import commands
from texts.formats import SHANGHAI

HALF_A_YEAR = timedelta(days=180)

_HAN = "〇零一二两三四五六七八九十"
_NUMBER = re.compile(rf"(?<![周期拜])[{_HAN}]+(?=\s*(?:点|时|分|月|日|号|天|个|小时|周|星期))")
_WEEKDAYS = {
    one: day for day, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for one in names
}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RELATIVE = {
    **dict.fromkeys(("今天", "今日", "今晚", "today", "tonight"), 0),
    **dict.fromkeys(("明天", "明日", "明晚", "明早", "tomorrow"), 1),
    **dict.fromkeys(("后天", "后日"), 2),
    "大后天": 3,
    **dict.fromkeys(("昨天", "昨日", "昨晚", "yesterday"), -1),
    "前天": -2,
}
_AFTERNOON = frozenset({"下午", "午后", "傍晚", "晚上", "夜里", "晚", "pm"})
_NIGHT = frozenset({"晚上", "夜里", "晚"})
_PERIOD = "凌晨|清晨|早上|早晨|上午|中午|下午|午后|傍晚|晚上|夜里|晚|早|am|pm"
_FULL = re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*[日号]?")
_MONTH = re.compile(r"(?<!\d)(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?")
_DAY = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*[日号]")
_WEEK = re.compile(
    r"(?P<which>上个?|下下个?|下个?|本|这个?)?\s*(?:周|星期|礼拜)\s*(?P<w>[一二三四五六日天1-7])(?![天周])"
)
_ENGLISH_WEEK = re.compile(rf"(?P<which>last|next|this)?\s*\b(?P<w>{'|'.join(_ENGLISH_DAYS)})[a-z]*\b")
_CLOCK = re.compile(
    rf"(?P<p>{_PERIOD})?\s*(?P<h>\d{{1,2}})\s*:\s*(?P<m>\d{{2}})(?::\d{{2}})?\s*(?P<q>am|pm)?"
)
_HOUR = re.compile(
    rf"(?P<p>{_PERIOD})?\s*(?P<h>\d{{1,2}})\s*[点时]\s*"
    r"(?:(?P<half>半)|(?P<quarter>[13一三])刻|(?P<m>\d{1,2})分?|整|钟)?"
)
_ENGLISH_HOUR = re.compile(r"(?P<h>\d{1,2})\s*(?P<p>am|pm)\b")
_SPAN = re.compile(
    r"(?:in\s*)?(?P<n>\d{1,3}|半)\s*个?(?P<half>半)?\s*"
    r"(?P<unit>小时|钟头|分钟|分|天|周|星期|hours?|minutes?|mins?|days?|weeks?)"
    r"(?P<half_after>半)?\s*(?:(?P<ago>[之以]?前|ago)|[之以]?[后内])?"
)
# Until when, by a part of the day alone: its end.
_UNTIL_PART = {
    **dict.fromkeys(("早上", "上午", "中午"), timedelta(hours=12)),
    **dict.fromkeys(("下午", "午后", "傍晚", "下班"), timedelta(hours=18)),
    **dict.fromkeys(("晚上", "夜里", "晚"), timedelta(hours=24)),
}
_END_OF_MONTH = re.compile(r"(?P<which>下个?|本|这个?|当)?月[底末]")
_END_OF_YEAR = re.compile(r"(?P<which>今|本|明)?年[底末]")
_NEXT_YEAR = re.compile(r"(?P<which>今|明)年(?=\s*\d)")
_REST = re.compile(r"(?:下班|[之以]?前|完成|内|左右|的|到|at|by|before|on|,|t|\s)*")


class Side(StrEnum):
    """On which side of now the moment must lie."""

    FUTURE = "future"
    PAST = "past"
    ANY = "any"


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
    local = now.astimezone(zone)
    words = _NUMBER.sub(_as_digits, commands.fold(text))
    words = _NEXT_YEAR.sub(lambda found: f"{local.year + (found['which'] == '明')}年", words)
    if (span := _SPAN.fullmatch(words)) and (after := _after(span, local, side)):
        return after
    day, words = _day_in(words, local.date(), side)
    clock, words = _clock_in(words)
    if clock is None and side is Side.FUTURE:
        clock, words = _until_part(words)
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
    """两小时后, 半天内, in 3 days: ahead, so never where the past is asked for; 半小时前 lies behind."""
    if side is Side.PAST and not span["ago"]:
        return None
    unit = span["unit"]
    amount = (0.5 if span["n"] == "半" else int(span["n"])) + (
        0.5 if span["half"] or span["half_after"] else 0
    )
    amount = -amount if span["ago"] else amount
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
        (_END_OF_MONTH, _end_of_month),
        (_END_OF_YEAR, _end_of_year),
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


def _end_of_month(found: "re.Match[str]", today: date, side: Side) -> date:
    months = today.year * 12 + today.month - 1 + ((found["which"] or "").startswith("下"))
    year, month = divmod(months + 1, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


def _end_of_year(found: "re.Match[str]", today: date, side: Side) -> date:
    return date(today.year + (found["which"] == "明"), 12, 31)


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


def _until_part(words: str) -> tuple[_Clock | None, str]:
    """明天下午, 周五下班前: until when, so to the end of that part of the day."""
    for part in sorted(_UNTIL_PART, key=len, reverse=True):
        if part in words:
            return _Clock(_UNTIL_PART[part], is_open=False), words.replace(part, "", 1)
    return None, words


def _clock(found: dict[str, str | None], *, is_written: bool) -> _Clock | None:
    """18:00 is on 24 hours; 3点 without a part of the day is in the afternoon, not at three at night."""
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
    elif (period == "am" and hour == 12) or (period in _NIGHT and hour == 12):
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
