"""How an office writes moments, days, phones and people on paper (records §1)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from desk.case_file import CaseFile
from desk.happened import Somebody
from texts.say import render, say

LANGUAGE: Final = "zh"  # the records are the agreement's, and the agreement is in Chinese
CHANNELS: Final = ("wechat", "web", "phone", "paper", "visit")  # of 《客户咨询/反馈登记表》; all else is 其他


def word(key: str, /, **values: object) -> str:
    """A word or sentence of the texts as it stands on paper."""
    return render(say(key, **values), LANGUAGE)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """2026-11-23 14:02; the end of a day is its 24:00."""
    local = at.astimezone(zone)
    if local.time() == time(0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def second(at: datetime, zone: ZoneInfo) -> str:
    """2026-11-23 15:52:07, where evidence wants the second."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def day(at: datetime, zone: ZoneInfo) -> str:
    """2026年11月23日, as beside a signature."""
    local = at.astimezone(zone)
    return f"{local.year}年{local.month}月{local.day}日"


def masked(phone: str) -> str:
    """138****8000 on copies that leave the house; a short number keeps its two last digits."""
    digits = [place for place, sign in enumerate(phone) if sign.isdigit()]
    hidden = digits[3:-4] if len(digits) >= 11 else digits[:-2]
    return "".join("*" if place in hidden else sign for place, sign in enumerate(phone))


def channel(name: str) -> str:
    """微信, 网页, 电话 …"""
    return word(f"channel.{name}")


def names(people: Iterable[Somebody]) -> str:
    """Each once, in order: 李工、张工."""
    return "、".join(dict.fromkeys(one.name for one in people))


def case_moment(case: CaseFile, at: datetime | None) -> str:
    """The moment in the case's zone; empty for none."""
    return moment(at, case.zone) if at is not None else ""
