"""The State Council's notice of the year's holidays, as pasted: 一、元旦：1月1日至3日放假调休，共3天。

Every sentence that names a day must be understood, every weekday in brackets and every 共N天 must be right: a
notice read half would move due times wrongly. The errors say which words could not be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from agreement.announced import WEEKDAYS, Announced, AnnouncedError

YEAR: Final = re.compile(r"(\d{4})年(?:(?!\d{4}年).){0,40}?(?:节假日|放假)")
NUMBER: Final = re.compile(r"国办发明电〔\d{4}〕\d+号")
SECTION: Final = re.compile(r"[一二三四五六七八九十]{1,2}、([^：:。\d]{2,20})[：:]")
END: Final = re.compile(r"节假日期间|国务院办公厅\d{4}年")
BRACKETS: Final = re.compile(r"[（(]([^（()）]*)[）)]")
A_DAY: Final = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日((?:[（(][^（()）]*[）)])?)"
SPAN: Final = re.compile(A_DAY + r"(?:(?:至|到|-|—|－|~)" + A_DAY + ")?")
COUNT: Final = re.compile(r"共(\d{1,2})天")
WEEKDAY: Final = re.compile(rf"(?:星期|周)([{WEEKDAYS}天])")
ADVICE: Final = ("鼓励", "建议", "倡导")  # what follows is no obligation


@dataclass(frozen=True)
class Span:
    """Days from one to the other, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each of them."""
        yield from (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


def read_notice(text: str) -> Announced:
    """The days that the notice announces. Raises AnnouncedError naming the words it could not read."""
    squeezed = re.sub(r"\s+", "", text)
    year = _year(squeezed)
    sections = list(_sections(squeezed))
    if not sections:
        raise AnnouncedError('no holiday found: each begins like "一、元旦：1月1日放假"')
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    for name, body in sections:
        _read_section(name, body, year, off, work)
    number = NUMBER.search(squeezed)
    return Announced(year, off, work, number[0] if number else "")


def _year(text: str) -> int:
    found = YEAR.search(text)
    if found is None:
        raise AnnouncedError(
            'the year is not said: paste the notice with its heading ("关于2027年部分节假日安排")'
        )
    return int(found[1])


def _sections(text: str) -> Iterator[tuple[str, str]]:
    heads = list(SECTION.finditer(text))
    ends = [*(one.start() for one in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=False):
        body = text[head.end() : end]
        yield head[1], END.split(body)[0]


def _read_section(name: str, body: str, year: int, off: dict[date, str], work: dict[date, str]) -> None:
    rests: set[date] = set()
    for sentence in (one for one in re.split(r"[。；;]", body) if one):
        plain = BRACKETS.sub("", sentence)
        if plain.startswith(ADVICE) or not re.search(r"\d日", plain):
            continue
        found = list(_days(name, sentence, year))
        if plain.endswith("上班"):
            work.update(dict.fromkeys(found, name))
        elif "放假" in plain or plain.endswith(("补休", "休息")):
            rests.update(found)
            _count(name, sentence, len(found))
        else:
            raise AnnouncedError(f'{name}: "{sentence}" says neither 放假 nor 上班')
    if not rests:
        raise AnnouncedError(f'{name}: no day of rest found in "{body[:40]}"')
    off.update(dict.fromkeys(sorted(rests), name))


def _count(name: str, sentence: str, days: int) -> None:
    said = COUNT.search(sentence)
    if said and int(said[1]) != days:
        raise AnnouncedError(f'{name}: "{sentence}" names {days} days and says {said[0]}')


def _days(name: str, sentence: str, year: int) -> Iterator[date]:
    """Every day that the sentence names. A month once said holds for the days after it."""
    rest, month = sentence, 0
    for found in SPAN.finditer(sentence):
        first, month = _day(name, sentence, found.groups()[:4], (year, month))
        last = first
        if found[7]:
            last, month = _day(name, sentence, found.groups()[4:], (first.year, month))
        if not first <= last <= first + timedelta(days=30):
            raise AnnouncedError(f'{name}: "{found[0]}" in "{sentence}" is no span of days')
        yield from Span(first, last).days()
        rest = rest.replace(found[0], "", 1)
    if stray := re.search(r"\d{1,2}[月日]", BRACKETS.sub("", rest)):
        raise AnnouncedError(f'{name}: "{stray[0]}" in "{sentence}" could not be read as a day')


def _day(
    name: str, sentence: str, parts: tuple[str | None, ...], before: tuple[int, int]
) -> tuple[date, int]:
    """The day, and the month it stands in. `before` is the year and the month that hold where none is said."""
    said_year, said_month, said_day, brackets = parts
    month = int(said_month) if said_month else before[1]
    try:
        day = date(int(said_year) if said_year else before[0], month, int(said_day or 0))
    except ValueError as error:
        raise AnnouncedError(
            f'{name}: "{said_month or "?"}月{said_day}日" in "{sentence}" is no day'
        ) from error
    weekday = WEEKDAY.search(brackets or "")
    if weekday and WEEKDAYS.index(weekday[1].replace("天", "日")) != day.weekday():
        raise AnnouncedError(
            f"{name}: {day} is a 星期{WEEKDAYS[day.weekday()]}, the notice says {weekday[0]}: is it {day.year}'s?"
        )
    return day, month
