"""How moments, spans, money and places on the earth are written out for a reader."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(at: datetime, now: datetime | None = None, zone: ZoneInfo = SHANGHAI) -> str:
    """ "14:10" today, "11-25 14:10" this year, else with the year. Midnight belongs to the day that ends: 24:00; but
    what happened at the beginning of today, at 00:00.
    """
    local = at.astimezone(zone)
    if now and at <= now and local.time() == time(0) and local.date() == now.astimezone(zone).date():
        return "00:00"
    return end(at, now, zone)


def end(at: datetime, now: datetime | None = None, zone: ZoneInfo = SHANGHAI) -> str:
    """The same of a due time or another end: at midnight it is always 24:00 of the day before, whenever it is read."""
    local = at.astimezone(zone)
    day, clock = local.date(), f"{local:%H:%M}"
    if local.time() == time(0):
        day, clock = day - timedelta(days=1), "24:00"
    today = now.astimezone(zone).date() if now else None
    if day == today:
        return clock
    if today and day.year == today.year:
        return f"{day:%m-%d} {clock}"
    return f"{day:%Y-%m-%d} {clock}"


def span(length: timedelta, language: str) -> str:
    """A length of time in two units at most: "1 小时 20 分" / "1 h 20 min"."""
    minutes = max(0, round(length.total_seconds() / 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    names = ("天", "小时", "分") if language == "zh" else ("d", "h", "min")
    parts = [f"{count} {name}" for count, name in zip((days, hours, left), names, strict=True) if count]
    return " ".join(parts[:2]) or f"0 {names[2]}"


def money(fen: int) -> str:
    """Yuan with two digits: ￥1,500.00."""
    sign = "-" if fen < 0 else ""
    return f"{sign}￥{yuan(abs(fen))}"


def yuan(fen: int) -> str:
    """The same without its sign, for a sentence that has it: 1,500.00. Not for a sum below zero."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def degrees(place: Mapping[str, float] | None) -> str:
    """What a phone sent as its place: "31.2000, 121.5000" (ten metres); empty where none was sent."""
    return f"{place['latitude']:.4f}, {place['longitude']:.4f}" if place else ""
