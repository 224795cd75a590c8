"""The one token holder: however many ask, whenever it ends, the platform is asked once."""

import asyncio
import random
from datetime import timedelta

import pytest
from aiohttp import web

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from bot.wechat.client import AnsweredError, NoAnswerError
from bot.wechat.settings import WechatSettings
from bot.wechat.tokens import EARLY, Fetched, Token, TokenHolder, TokenInMemory
from conversations.engine.messages import Fate
from tests.doubles.desk import outgoing
from tests.doubles.wechat import WechatPlatform
from tests.doubles.wechat.followers import LONG

USERS = 16


class Source:
    """A platform that gives tokens and counts; each fetch lets others run meanwhile."""

    def __init__(self, seconds: int = 7200) -> None:
        self.fetched = 0
        self.seconds = seconds

    async def fetch(self) -> Fetched:
        self.fetched += 1
        number = self.fetched
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return Fetched(f"t{number}", self.seconds)


async def test_sixteen_users_of_a_fresh_holder_fetch_one(clock: SetClock) -> None:
    """All get the same."""
    source = Source()
    holder = TokenHolder(TokenInMemory(), source.fetch, clock.now)
    tokens = await asyncio.gather(*(holder.current() for _ in range(USERS)))
    assert source.fetched == 1
    assert set(tokens) == {Token("t1", clock.now() + timedelta(seconds=7200), 1)}


async def test_sixteen_users_of_a_refused_token_fetch_one(clock: SetClock) -> None:
    """Each says which generation failed; only the first of them finds it still the current one."""
    source = Source()
    holder = TokenHolder(TokenInMemory(), source.fetch, clock.now)
    failed = await holder.current()
    tokens = await asyncio.gather(*(holder.renewed(failed.generation) for _ in range(USERS)))
    assert (source.fetched, {one.value for one in tokens}) == (2, {"t2"})
    assert (await holder.renewed(failed.generation)).value == "t2"
    assert source.fetched == 2


async def test_over_days_one_fetch_per_token(clock: SetClock) -> None:
    """Sixteen users at random moments of two days, some of them told that theirs has failed: never two at
    once."""
    source, chance = Source(), random.Random(1)
    store = TokenInMemory()
    holders = [TokenHolder(store, source.fetch, clock.now)] * USERS
    for _ in range(200):
        clock.set(clock.now() + timedelta(minutes=chance.randint(1, 30)))
        before = source.fetched
        tokens = await asyncio.gather(*(one.current() for one in holders))
        assert source.fetched <= before + 1
        assert len(set(tokens)) == 1
        assert clock.now() < tokens[0].expires_at
        if chance.random() < 0.1:
            again = await asyncio.gather(*(one.renewed(tokens[0].generation) for one in holders))
            assert {one.generation for one in again} == {tokens[0].generation + 1}
    assert 20 < source.fetched < 60


@pytest.mark.parametrize(
    ("left", "fetches"), [(EARLY + timedelta(seconds=1), 0), (EARLY, 1), (timedelta(0), 1)]
)
async def test_a_token_is_renewed_before_its_end(clock: SetClock, left: timedelta, fetches: int) -> None:
    """A request takes its time: a token must not end on the way."""
    store, source = TokenInMemory(), Source()
    await store.save(Token("old", clock.now() + left, 7), replaces=0)
    token = await TokenHolder(store, source.fetch, clock.now).current()
    assert (source.fetched, token.generation) == (fetches, 7 + fetches)


async def test_another_process_that_was_first_is_believed(clock: SetClock) -> None:
    """The store keeps the first of two renewals of one generation; the second gets that one."""
    store = TokenInMemory()
    first, second = Source(), Source()
    one = TokenHolder(store, first.fetch, clock.now)
    other = TokenHolder(store, second.fetch, clock.now)
    failed = await one.current()
    tokens = await asyncio.gather(one.renewed(failed.generation), other.renewed(failed.generation))
    assert len(set(tokens)) == 1
    assert tokens[0].generation == failed.generation + 1


async def test_a_failed_fetch_leaves_the_way_free(clock: SetClock) -> None:
    """The next user tries again; nothing half is stored."""
    answers: list[Fetched | Exception] = [NoAnswerError("down"), Fetched("t", 7200)]

    async def fetch() -> Fetched:
        one = answers.pop(0)
        if isinstance(one, Exception):
            raise one
        return one

    holder = TokenHolder(TokenInMemory(), fetch, clock.now)
    with pytest.raises(NoAnswerError):
        await holder.current()
    assert (await holder.current()).generation == 1


async def test_a_token_is_not_printed(clock: SetClock) -> None:
    """Not by accident either."""
    assert "secret" not in repr(Token("secret", clock.now(), 1)) + repr(Fetched("secret", 1))


# --- over HTTP, against the platform's own judgement


async def crowd(channel: WechatChannel, platform: WechatPlatform) -> list[Fate]:
    people = [await platform.enrol(f"老师{at}") for at in range(USERS)]
    sendings = (channel.send(outgoing(person, "您好", key=person)) for person in people)
    return [one.fate for one in await asyncio.gather(*sendings)]


async def test_a_crowd_sends_with_one_token(channel: WechatChannel, platform: WechatPlatform) -> None:
    """Sixteen messages side by side, and the menu besides: one fetch."""
    assert await crowd(channel, platform) == [Fate.SENT] * USERS
    assert platform.api.tokens.fetched == 1


async def test_a_crowd_outlives_a_token_that_somebody_else_revoked(
    channel: WechatChannel, platform: WechatPlatform
) -> None:
    """40001 for all of them at once: one renewal, each message repeated once and shown once."""
    await crowd(channel, platform)
    platform.api.tokens.revoke()
    calls = platform.api.calls["message/custom/send"]
    assert await crowd(channel, platform) == [Fate.SENT] * USERS
    assert platform.api.tokens.fetched == 2
    assert platform.api.calls["message/custom/send"] <= calls + 2 * USERS
    assert len(platform.api.sent) == 2 * USERS


async def test_a_crowd_outlives_the_tokens_end(
    channel: WechatChannel, platform: WechatPlatform, clock: SetClock
) -> None:
    """Two hours later the next token is fetched before the old one is refused."""
    await crowd(channel, platform)
    clock.set(clock.now() + timedelta(hours=3))
    platform.set_clock(clock.now())
    for follower in platform.api.followers.values():
        follower.acts(clock.now(), LONG)
    assert await crowd(channel, platform) == [Fate.SENT] * USERS
    assert (platform.api.tokens.fetched, len(platform.api.sent)) == (2, 2 * USERS)


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_platform_that_goes_on_refusing_is_asked_twice(
    channel: WechatChannel, platform: WechatPlatform, wang: str, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    """wechatpy repeats without limit here: 485 fetches for one message. One renewal, one repetition, an
    alarm."""
    platform.api.order("custom/send", code, times=100)
    outcome = await channel.send(outgoing(wang, "您好"))
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "configuration")
    assert platform.api.calls["message/custom/send"] == 2
    assert platform.api.tokens.fetched <= 2
    assert "access token is not accepted" in caplog.text


async def test_two_desks_share_one_token(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, wang: str
) -> None:
    """Processes with a common store fetch once for all."""
    store = TokenInMemory()
    desks = [WechatChannel(settings, clock.now, tokens=store) for _ in range(2)]
    for at, desk in enumerate(desks):
        assert (await desk.send(outgoing(wang, "您好", key=str(at)))).fate is Fate.SENT
        await desk.stop()
    assert platform.api.tokens.fetched == 1


@pytest.mark.parametrize(
    ("code", "reason"), [(40164, "configuration"), (40125, "configuration"), (-1, "down")]
)
async def test_without_a_token_nothing_was_sent(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, wang: str, code: int, reason: str
) -> None:
    """The token endpoint's own errors say why, and the message is not lost."""
    platform.api.order("stable_token", code)
    channel = WechatChannel(settings, clock.now)
    outcome = await channel.send(outgoing(wang, "您好"))
    await channel.stop()
    assert (outcome.fate, outcome.reason) == (Fate.LATER if reason == "down" else Fate.REFUSED, reason)
    assert platform.api.sent == []


@pytest.mark.parametrize(
    "body", ['{"access_token": ""}', "<html>", "[]", '{"access_token": "x", "expires_in": "7200"}']
)
async def test_an_answer_without_a_token_is_no_token(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, wang: str, body: str
) -> None:
    """A proxy's page or half an answer: certainly not sent, so it may go later."""
    platform.api.odd_answers["stable_token"] = lambda: web.Response(text=body)
    channel = WechatChannel(settings, clock.now)
    outcome = await channel.send(outgoing(wang, "您好"))
    await channel.stop()
    assert (outcome.fate, outcome.reason) == (Fate.LATER, "down")


def test_an_error_says_its_code_and_nothing_else() -> None:
    """The platform's words may name an address or a person: they are kept apart from what is logged."""
    assert str(AnsweredError(40164, "invalid ip 1.2.3.4")) == "errcode 40164"
