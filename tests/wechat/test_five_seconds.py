"""The five seconds: an answer in time carries the reply, a late one gives it back, a repetition changes
nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import SetClock
from bot.wechat.answering import LEASE, Answering
from bot.wechat.channel import WechatChannel
from bot.wechat.settings import WechatSettings
from conversations.engine.messages import Contact, Fate, Incoming
from tests.doubles.desk import Desk, listening, outgoing
from tests.doubles.platform import Said
from tests.doubles.wechat import WechatPlatform
from tests.doubles.wechat.platform import SORRY

NO_TIME = 0.02  # of real time, where the budget is to run out
AMPLE = 30.0


@asynccontextmanager
async def held(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, desk: Desk, budget_seconds: float
) -> AsyncIterator[None]:
    """A desk that answers nobody until its gate is set."""
    desk.gate = asyncio.Event()
    channel = WechatChannel(settings, clock.now, budget_seconds=budget_seconds)
    async with listening(channel, desk) as url:
        platform.connect(url)
        try:
            yield
        finally:
            desk.gate.set()


async def until(condition, tries: int = 20_000) -> None:  # type: ignore[no-untyped-def]
    """Let the loop run until it holds."""
    for _ in range(tries):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happened")


async def test_a_reply_that_is_not_ready_in_time_is_given_back(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, desk: Desk, wang: str
) -> None:
    """The platform hears "success"; the reply is booked as certainly not sent, so delivery sends it at
    once."""
    async with held(settings, platform, clock, desk, NO_TIME):
        await platform.say(wang, Said(text="慢"))
        assert platform.answers == [(200, "success")]
        assert desk.gate is not None
        desk.gate.set()
        await until(lambda: desk.booked)
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]
    assert platform.screen(wang) == []


async def test_a_repetition_waits_for_the_first_ones_result(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, desk: Desk, wang: str
) -> None:
    """The platform hangs up after five seconds and pushes again; the house converses once, the second try
    carries."""
    async with held(settings, platform, clock, desk, AMPLE):
        saying = asyncio.create_task(platform.say(wang, Said(text="慢")))
        await until(lambda: desk.calls == 1)
        to_house = platform.traffic.to_house
        platform.set_clock(clock.now() + timedelta(seconds=5))
        await until(lambda: platform.traffic.to_house == to_house + 1)
        assert desk.gate is not None
        desk.gate.set()
        await saying
    assert (desk.calls, len(desk.heard)) == (1, 1)
    assert [one.text for one in platform.screen(wang)] == ["收到：慢"]
    assert [one.fate for _, one in desk.booked] == [Fate.SENT]


async def test_three_tries_without_an_answer_excuse_the_account(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, desk: Desk, wang: str
) -> None:
    """That is what the person sees of a desk that never answers; whatever it says later is given to
    delivery."""
    async with held(settings, platform, clock, desk, AMPLE):
        saying = asyncio.create_task(platform.say(wang, Said(text="慢")))
        for tries in (1, 2, 3):
            await until(lambda tries=tries: (platform.traffic.to_house, desk.calls) == (tries, 1))
            clock.set(clock.now() + timedelta(seconds=5))
            platform.set_clock(clock.now())
        await saying
        assert [one.text for one in platform.screen(wang)] == [SORRY]
        assert desk.gate is not None
        desk.gate.set()
        await until(lambda: desk.booked)
    assert desk.calls == 1
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]


@pytest.mark.usefixtures("channel")
async def test_a_repetition_after_the_answer_finds_the_same_reply(
    platform: WechatPlatform, desk: Desk, wang: str, clock: SetClock
) -> None:
    """An answer that was lost on the way is given again, conversed and booked once; after 20 s it is
    forgotten."""
    await platform.say(wang, Said(text="在吗"))
    await platform.resend()
    assert (desk.calls, len(desk.booked)) == (1, 1)
    assert platform.answers[0][1] != "success"
    assert platform.answers[1][1] != "success"
    clock.set(clock.now() + timedelta(seconds=20))
    platform.set_clock(clock.now())
    await platform.resend()
    assert (desk.calls, len(desk.booked), platform.answers[-1]) == (2, 1, (200, "success"))
    assert len(platform.screen(wang)) == 1


@pytest.mark.usefixtures("channel")
async def test_the_lease_ends_before_the_platform_hangs_up(
    platform: WechatPlatform, desk: Desk, wang: str, clock: SetClock
) -> None:
    """The desk is asked to lease its reply for four and a half seconds of its own clock."""
    await platform.say(wang, Said(text="在吗"))
    assert desk.asked_until == [clock.now() + timedelta(seconds=4.5)]


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("size", [2049, 601])
async def test_a_reply_that_no_passive_text_can_hold_is_given_back(
    platform: WechatPlatform, desk: Desk, wang: str, size: int
) -> None:
    """Too long for one text: WeChat would drop the whole of it."""
    desk.answer = lambda incoming: outgoing(incoming.account, "长" * size)
    await platform.say(wang, Said(text="说"))
    assert platform.answers == [(200, "success")]
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]


@pytest.mark.usefixtures("channel")
async def test_silence_is_answered_success(platform: WechatPlatform, desk: Desk, wang: str) -> None:
    """No reply, nothing to book."""
    desk.answer = lambda _incoming: None
    await platform.say(wang, Said(text="嗯"))
    assert (platform.answers, desk.booked) == ([(200, "success")], [])


def incoming(clock: SetClock, external_id: str = "1") -> Incoming:
    return Incoming(
        channel="wechat",
        account="o",
        chat="o",
        external_id=external_id,
        received_at=clock.now(),
        text="x",
        contact=Contact.MESSAGE,
    )


async def test_a_reply_is_not_given_to_whoever_hung_up(clock: SetClock, desk: Desk) -> None:
    """Booked as certainly not sent instead."""
    answering = Answering(desk, clock.now, AMPLE)
    assert await answering.answer(incoming(clock), lambda: False) is None
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]


async def test_a_reply_is_not_carried_after_its_lease(clock: SetClock, desk: Desk) -> None:
    """By then delivery may be sending it: the person would read it twice."""
    desk.gate = asyncio.Event()
    answering = Answering(desk, clock.now, AMPLE)
    waiting = asyncio.create_task(answering.answer(incoming(clock), lambda: True))
    await until(lambda: desk.calls == 1)
    clock.set(clock.now() + LEASE)
    desk.gate.set()
    assert await waiting is None
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]


async def test_stopping_lets_what_is_conversed_finish(clock: SetClock, desk: Desk) -> None:
    """A deploy in the middle of a message loses neither it nor its reply."""
    desk.gate = asyncio.Event()
    answering = Answering(desk, clock.now, 0.0)
    assert await answering.answer(incoming(clock), lambda: True) is None
    stopping = asyncio.create_task(answering.stop())
    await asyncio.sleep(0)
    desk.gate.set()
    await stopping
    assert [one.fate for _, one in desk.booked] == [Fate.LATER]
