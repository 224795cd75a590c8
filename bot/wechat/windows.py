"""When a person may be written to: each act of theirs opens a window of so many messages for so long.

Source: fact sheet §2 (rules since 12 June 2023). No interface of the platform tells the state of a window, so
it is counted here and corrected by what the platform answers. Pure rules; whoever calls tells the time.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol


class Act(StrEnum):
    """What a person did that opens a window."""

    MESSAGE = "message"
    CLICK = "click"  # a menu of type click or scancode
    TAP = "tap"  # a line of a msgmenu: a menu click by the platform's remark, no message
    SCAN = "scan"
    FOLLOW = "follow"


class Kind(StrEnum):
    """Which rule a window stands under."""

    LONG = "long"
    SHORT = "short"
    SHUT = "shut"  # the platform said so, or the person left


@dataclass(frozen=True)
class Rule:
    kind: Kind
    messages: int
    lasts: timedelta


LONG = Rule(Kind.LONG, 5, timedelta(hours=48))
SHORT = Rule(Kind.SHORT, 3, timedelta(minutes=1))
RULES = {Act.MESSAGE: LONG, Act.CLICK: SHORT, Act.TAP: SHORT, Act.SCAN: SHORT, Act.FOLLOW: SHORT}


@dataclass(frozen=True)
class Window:
    """What may still be sent to one person: `left` messages before `until_at`; opened by an act at
    `opened_at`."""

    kind: Kind
    opened_at: datetime
    until_at: datetime
    left: int


class Verdict(StrEnum):
    """Whether a message may be sent now."""

    OPEN = "open"
    ASK = "ask"  # unknown or closed as far as we know: the platform decides
    TOO_FEW = "too_few"  # fewer messages are left than it needs
    RESERVED = "reserved"  # what nobody must act on waits for a better time


class WindowStore(Protocol):
    """Where the windows are kept, one per account; shared by all processes."""

    async def get(self, account: str) -> Window | None: ...

    async def set(self, account: str, window: Window) -> None: ...


class WindowsInMemory:
    """For one process: a restart forgets, and an unknown window is simply tried."""

    def __init__(self) -> None:
        self._windows: dict[str, Window] = {}

    async def get(self, account: str) -> Window | None:
        return self._windows.get(account)

    async def set(self, account: str, window: Window) -> None:
        self._windows[account] = window


def opened(before: Window | None, act: Act, at: datetime) -> Window:
    """The window after this act. Quotas do not add up: count and time each become the larger of both.

    An act that was counted already (a platform's retry) changes nothing.
    """
    rule = RULES[act]
    fresh = Window(rule.kind, at, at + rule.lasts, rule.messages)
    if before is None:
        return fresh
    if at <= before.opened_at:
        return before
    if before.until_at <= at:
        return fresh
    kind = before.kind if before.until_at > fresh.until_at else fresh.kind
    return Window(kind, at, max(before.until_at, fresh.until_at), max(before.left, fresh.left))


def verdict(window: Window | None, now: datetime, *, messages: int, reserve: int = 0) -> Verdict:
    """Whether so many messages may be sent now and leave `reserve` of them in the window.

    An open window is believed; a closed one is asked about, for the push that opened it anew may have been lost
    while the desk was down, and asking costs one call.
    """
    if window is None:
        return Verdict.ASK
    left = window.left if now < window.until_at else 0
    if reserve and left < messages + reserve:
        return Verdict.RESERVED
    if left == 0:
        return Verdict.ASK
    return Verdict.TOO_FEW if left < messages else Verdict.OPEN


def taken(window: Window) -> Window:
    """The window after one message of ours."""
    return replace(window, left=max(window.left - 1, 0))


def closed(before: Window | None, now: datetime) -> Window:
    """The platform says that the window is closed (45015), or the person left."""
    return Window(Kind.SHUT, before.opened_at if before else now, now, 0)


def used_up(before: Window | None, now: datetime) -> Window:
    """The platform says that the window's messages are used up (45047)."""
    if before is None or before.until_at <= now:
        return Window(Kind.LONG, now, now + LONG.lasts, 0)
    return replace(before, left=0)
