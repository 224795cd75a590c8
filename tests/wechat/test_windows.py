"""The windows: what each act opens, what larger means, and that the count is the platform's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SetClock
from bot.wechat import windows
from bot.wechat.channel import WechatChannel
from bot.wechat.windows import Act, Kind, Verdict, Window, WindowsInMemory, opened, taken, verdict
from conversations.engine.messages import Fate, Outgoing
from tests.doubles.desk import Desk, outgoing
from tests.doubles.platform import Said
from tests.doubles.wechat import WechatPlatform

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DAYS, MINUTE, SECOND = timedelta(hours=48), timedelta(minutes=1), timedelta(seconds=1)


@pytest.mark.parametrize(
    ("act", "kind", "messages", "lasts"),
    [
        (Act.MESSAGE, Kind.LONG, 5, DAYS),
        (Act.CLICK, Kind.SHORT, 3, MINUTE),
        (Act.TAP, Kind.SHORT, 3, MINUTE),
        (Act.SCAN, Kind.SHORT, 3, MINUTE),
        (Act.FOLLOW, Kind.SHORT, 3, MINUTE),
    ],
)
def test_what_each_act_opens(act: Act, kind: Kind, messages: int, lasts: timedelta) -> None:
    """The rules since June 2023, one row per act."""
    assert opened(None, act, NOW) == Window(kind, NOW, NOW + lasts, messages)


LARGER: list[tuple[str, Window, Act, int, timedelta]] = [
    (
        "a tap in an open long window leaves its time",
        Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 4),
        Act.TAP,
        4,
        DAYS,
    ),
    ("and lifts its count", Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 1), Act.TAP, 3, DAYS),
    (
        "a message makes a short window long",
        Window(Kind.SHORT, NOW - SECOND, NOW + MINUTE, 3),
        Act.MESSAGE,
        5,
        DAYS,
    ),
    ("quotas do not add up", Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 5), Act.MESSAGE, 5, DAYS),
    ("a closed window is worth nothing", Window(Kind.LONG, NOW - DAYS, NOW, 5), Act.CLICK, 3, MINUTE),
    ("used up is opened anew", Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 0), Act.MESSAGE, 5, DAYS),
]


@pytest.mark.parametrize(("name", "before", "act", "left", "lasts"), LARGER, ids=[row[0] for row in LARGER])
def test_the_larger_wins(name: str, before: Window, act: Act, left: int, lasts: timedelta) -> None:
    """Count and time each become the larger of both."""
    after = opened(before, act, NOW)
    assert (after.left, after.until_at - NOW) == (left, lasts)


def test_a_repetition_counts_nothing() -> None:
    """The platform pushes an act again: what was sent meanwhile stays sent."""
    after = taken(opened(None, Act.MESSAGE, NOW))
    assert opened(after, Act.MESSAGE, NOW) == after


@given(st.lists(st.tuples(st.sampled_from(list(Act)), st.integers(1, 100_000), st.booleans()), max_size=20))
def test_an_act_never_takes_anything_away(acts: list[tuple[Act, int, bool]]) -> None:
    """Whatever happened before, an act leaves at least what it gives by itself, and never more than five."""
    window: Window | None = None
    at = NOW
    for act, seconds, sends in acts:
        at += timedelta(seconds=seconds)
        before, window = window, opened(window, act, at)
        alone = opened(None, act, at)
        assert alone.left <= window.left <= 5
        assert alone.until_at <= window.until_at
        assert before is None or before.until_at <= window.until_at
        window = taken(window) if sends else window


VERDICTS: list[tuple[str, Window | None, int, int, Verdict]] = [
    ("unknown", None, 1, 0, Verdict.ASK),
    ("open", Window(Kind.LONG, NOW, NOW + SECOND, 1), 1, 0, Verdict.OPEN),
    ("closed this instant", Window(Kind.LONG, NOW, NOW, 5), 1, 0, Verdict.ASK),
    ("used up", Window(Kind.LONG, NOW, NOW + DAYS, 0), 1, 0, Verdict.ASK),
    ("too few for all parts", Window(Kind.LONG, NOW, NOW + DAYS, 2), 3, 0, Verdict.TOO_FEW),
    ("the last one is kept", Window(Kind.LONG, NOW, NOW + DAYS, 1), 1, 1, Verdict.RESERVED),
    ("the last but one is not", Window(Kind.LONG, NOW, NOW + DAYS, 2), 1, 1, Verdict.OPEN),
    ("closed is not asked for a courtesy", Window(Kind.LONG, NOW, NOW, 5), 1, 1, Verdict.RESERVED),
]


@pytest.mark.parametrize(
    ("name", "window", "messages", "reserve", "expected"), VERDICTS, ids=[row[0] for row in VERDICTS]
)
def test_whether_it_may_be_sent(
    name: str, window: Window | None, messages: int, reserve: int, expected: Verdict
) -> None:
    """One row per case."""
    assert verdict(window, NOW, messages=messages, reserve=reserve) is expected


def test_what_the_platform_says_is_believed() -> None:
    """45015 closes, 45047 empties; neither invents an act."""
    before = Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 3)
    assert windows.used_up(before, NOW) == Window(Kind.LONG, NOW - SECOND, NOW + DAYS, 0)
    assert windows.closed(before, NOW) == Window(Kind.SHUT, NOW - SECOND, NOW, 0)
    assert opened(windows.closed(None, NOW), Act.MESSAGE, NOW + SECOND).left == 5
    assert windows.used_up(None, NOW).left == 0


# --- over HTTP: our count beside the platform's own


async def test_five_messages_and_no_sixth(
    channel: WechatChannel,
    platform: WechatPlatform,
    windows: WindowsInMemory,
    wang: str,
    desk: Desk,
    clock: SetClock,
) -> None:
    """A message opens five; the reply in its answer costs none of them; the sixth is refused as quota."""
    await platform.say(wang, Said(text="在吗"))
    fates = [(await channel.send(outgoing(wang, f"{at}", key=str(at)))).fate for at in range(5)]
    assert fates == [Fate.SENT] * 5
    sixth = await channel.send(outgoing(wang, "6", key="6"))
    assert (sixth.fate, sixth.reason) == (Fate.REFUSED, "quota")
    window = await windows.get(wang)
    assert window == Window(Kind.LONG, clock.now(), clock.now() + DAYS, 0)
    assert platform.api.followers[wang].left == 0


async def test_after_48_hours_the_window_is_closed(
    channel: WechatChannel, platform: WechatPlatform, wang: str, clock: SetClock
) -> None:
    """To the second: open a second before, refused as window at the instant; the next message opens it
    anew."""
    await platform.say(wang, Said(text="在吗"))
    for moved, fate in ((DAYS - SECOND, Fate.SENT), (SECOND, Fate.REFUSED)):
        clock.set(clock.now() + moved)
        platform.set_clock(clock.now())
        outcome = await channel.send(outgoing(wang, "通知", key=str(moved)))
        assert outcome.fate is fate
    assert outcome.reason == "window"
    await platform.say(wang, Said(text="在"))
    assert (await channel.send(outgoing(wang, "通知", key="3"))).fate is Fate.SENT


@pytest.mark.parametrize("act", ["click", "scan", "follow", "tap"])
async def test_a_short_window_is_three_in_a_minute(
    channel: WechatChannel,
    platform: WechatPlatform,
    windows: WindowsInMemory,
    wang: str,
    clock: SetClock,
    act: str,
) -> None:
    """A menu, a code, following, a line of a msgmenu: each gives three, for a minute."""
    follower = platform.api.followers[wang]
    follower.until_at = None
    follower.menu_lines["d"] = "好"
    match act:
        case "click":
            await platform.click(wang, "progress")
        case "scan":
            await platform.say(wang, Said(scan="room"))
        case "follow":
            await platform.follow(wang)
        case _:
            await platform.push(wang, {"MsgType": "text", "Content": "好", "bizmsgmenuid": "d"})
    assert await windows.get(wang) == Window(Kind.SHORT, clock.now(), clock.now() + MINUTE, 3)
    outcomes = [await channel.send(outgoing(wang, "x", key=str(at))) for at in range(4)]
    assert [one.fate for one in outcomes] == [Fate.SENT] * 3 + [Fate.REFUSED]
    assert outcomes[-1].reason == "quota"


async def test_a_card_that_nobody_must_act_on_leaves_the_last_message(
    channel: WechatChannel, platform: WechatPlatform, windows: WindowsInMemory, wang: str
) -> None:
    """There are no edits here: showing a card anew costs a message of the window, so the last one is kept."""
    await platform.say(wang, Said(text="在吗"))
    for at in range(6):
        card = Outgoing(key=f"c{at}", chat=wang, account=wang, text="卡片", edits="old", quiet=True)
        outcome = await channel.send(card)
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "quota")
    window = await windows.get(wang)
    assert window is not None
    assert window.left == 1
    assert (await channel.send(outgoing(wang, "催办", key="loud"))).fate is Fate.SENT


async def test_half_a_message_is_not_begun(
    channel: WechatChannel, platform: WechatPlatform, windows: WindowsInMemory, wang: str, clock: SetClock
) -> None:
    """Three parts and two messages left: nothing is sent, and the next channel takes the whole."""
    await windows.set(wang, Window(Kind.LONG, clock.now(), clock.now() + DAYS, 2))
    outcome = await channel.send(outgoing(wang, "字" * 1500))
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "quota")
    assert platform.screen(wang) == []


async def test_who_left_has_no_window(
    channel: WechatChannel, platform: WechatPlatform, windows: WindowsInMemory, wang: str, clock: SetClock
) -> None:
    """Unfollowing closes it at once."""
    await platform.leave(wang)
    window = await windows.get(wang)
    assert window is not None
    assert window.until_at == clock.now()
    assert (await channel.send(outgoing(wang, "您好"))).reason == "blocked"


async def test_a_push_that_was_lost_does_not_mute_a_person(
    channel: WechatChannel, platform: WechatPlatform, windows: WindowsInMemory, wang: str, clock: SetClock
) -> None:
    """We know of no open window, the platform does: it is asked."""
    await windows.set(wang, Window(Kind.LONG, clock.now() - 2 * DAYS, clock.now() - DAYS, 0))
    assert (await channel.send(outgoing(wang, "您好"))).fate is Fate.SENT
