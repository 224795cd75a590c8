"""Asking for updates: confirmed only when committed, one poller at a time, and no webhook beside it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from bot.clock import SetClock
from bot.telegram.account import show_commands
from bot.telegram.channel import TelegramChannel
from bot.telegram.client import make_bot
from bot.telegram.polling import Polling
from bot.telegram.settings import read
from tests.doubles.desk import Desk, listening
from tests.doubles.platform import Said, Sequence
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.telegram.updates import Waiting
from tests.doubles.telegram.wire import ApiError, page
from tests.telegram.conftest import IMPATIENT, PUBLIC_URL


class Naps:
    """How long was slept, without sleeping."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def polled(clock: SetClock) -> AsyncIterator[TelegramPlatform]:
    """A double that waits to be asked."""
    double = TelegramPlatform(Sequence(), mode="polling")
    double.set_clock(clock.now())
    await double.start()
    yield double
    await double.stop()


@asynccontextmanager
async def polling_channel(
    double: TelegramPlatform, desk: Desk, clock: SetClock, naps: Naps
) -> AsyncIterator[TelegramChannel]:
    settings = read(double.settings())
    assert settings is not None
    channel = TelegramChannel(settings, clock.now, PUBLIC_URL, patience=IMPATIENT, sleep=naps)
    async with listening(channel, desk):
        yield channel


async def test_what_waits_is_heard_in_order_and_taps_are_answered(
    polled: TelegramPlatform, desk: Desk, clock: SetClock, naps: Naps
) -> None:
    """The same words, once each, without any webhook."""
    wang = await polled.enrol("王老师")
    async with polling_channel(polled, desk, clock, naps):
        for text in ("一", "二", "三"):
            await polled.say(wang, Said(text=text))
        await polled.resend()
        await polled.say(wang, Said(text="四"))
    assert [one.text for one in desk.heard] == ["一", "二", "三", "四"]
    assert polled.updates.waiting == []


async def test_a_webhook_that_was_left_is_taken_away_first(
    polled: TelegramPlatform, desk: Desk, clock: SetClock, naps: Naps
) -> None:
    """Else Telegram answers every question with a conflict."""
    polled.api.order("deleteWebhook", page(502, "Bad Gateway"))
    wang = await polled.enrol("王老师")
    async with polling_channel(polled, desk, clock, naps):
        await polled.say(wang, Said(text="一"))
    asked = [one.method for one in polled.api.calls if one.method in {"deletewebhook", "getupdates"}]
    assert asked[:3] == ["deletewebhook", "deletewebhook", "getupdates"]
    assert naps.taken[0] == 3.0


class Hand:
    """A poller in the test's own hand over a desk that may fail."""

    def __init__(self, double: TelegramPlatform, naps: Naps) -> None:
        settings = read(double.settings())
        assert settings is not None
        self.committed: list[int] = []
        self.fails = 0
        self.polling = Polling(make_bot(settings, IMPATIENT), self._take, 0, naps)

    async def _take(self, update: Mapping[str, object]) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the database is away")
        self.committed.append(int(str(update["update_id"])))


def waiting(double: TelegramPlatform, count: int) -> list[Waiting]:
    return [double.updates.put("message", {"text": str(at)}, 5) for at in range(count)]


async def test_an_update_is_confirmed_by_the_question_after_its_commit(
    polled: TelegramPlatform, naps: Naps
) -> None:
    """Between commit and confirmation a crash only brings it a second time."""
    hand = Hand(polled, naps)
    one, two = waiting(polled, 2)
    await hand.polling.once()
    assert hand.committed == [one.id, two.id]
    assert polled.updates.waiting == [one, two]
    await hand.polling.once()
    assert polled.updates.waiting == []


async def test_what_was_not_committed_is_asked_for_again(polled: TelegramPlatform, naps: Naps) -> None:
    """The first of three is safe, the database fails on none or some: nothing is skipped."""
    hand = Hand(polled, naps)
    made = waiting(polled, 3)
    hand.fails = 1
    with pytest.raises(ConnectionError):
        await hand.polling.once()
    assert polled.updates.waiting == made
    await hand.polling.once()
    await hand.polling.once()
    assert hand.committed == [one.id for one in made]
    assert polled.updates.waiting == []


async def test_numbers_that_begin_anew_are_heard(polled: TelegramPlatform, naps: Naps) -> None:
    """After a silent week Telegram may number from anywhere: nothing is held on to when all is confirmed."""
    hand = Hand(polled, naps)
    waiting(polled, 1)
    await hand.polling.once()
    await hand.polling.once()
    polled.updates.count = -500_000_000
    (lower,) = waiting(polled, 1)
    await hand.polling.once()
    assert hand.committed[-1] == lower.id


@pytest.mark.parametrize(
    ("fault", "nap"),
    [
        (ApiError(409, "terminated by other getUpdates request"), 30.0),
        (ApiError(401), 60.0),
        (page(502, "Bad Gateway"), 3.0),
    ],
    ids=["conflict", "wrong token", "busy"],
)
async def test_polling_goes_on_after_a_failure(
    polled: TelegramPlatform, desk: Desk, clock: SetClock, naps: Naps, fault: ApiError, nap: float
) -> None:
    """A second poller, a wrong token, a bad gateway: asked again after a while, and nothing was lost."""
    polled.api.order("getUpdates", fault)
    wang = await polled.enrol("王老师")
    async with polling_channel(polled, desk, clock, naps):
        await polled.say(wang, Said(text="一"))
    assert naps.taken == [nap]
    assert [one.text for one in desk.heard] == ["一"]


async def test_the_menu_is_shown_in_two_languages(polled: TelegramPlatform) -> None:
    """Chinese for who reads it, English for all others."""
    settings = read(polled.settings())
    assert settings is not None
    await show_commands(make_bot(settings, IMPATIENT))
    assert set(polled.methods.commands) == {"zh", ""}
    assert polled.methods.commands["zh"][0] == {"command": "report", "description": "报修"}
    assert polled.methods.commands[""][0] == {"command": "report", "description": "Report a fault"}
