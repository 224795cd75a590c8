"""The double itself: as strict as the platform, so that what it lets pass may be believed."""

import json
from datetime import timedelta

import pytest
from aiohttp import ClientSession, web

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from tests.doubles.desk import BUTTONS, Desk, outgoing
from tests.doubles.platform import Said, ShownButton
from tests.doubles.wechat import WechatPlatform
from tests.doubles.wechat.followers import LONG, SHORT, Follower
from tests.doubles.wechat.platform import APP_ID, APP_SECRET, SORRY
from tests.doubles.wechat.sealing import Sealing

SEND = "/cgi-bin/message/custom/send"


async def ask(
    platform: WechatPlatform, path: str, body: object, *, escaped: bool = False, token: str | None = None
) -> int:
    """One call as a desk makes it; the errcode."""
    value = platform.api.tokens.give(platform.api.now)[0] if token is None else token
    raw = json.dumps(body, ensure_ascii=escaped)
    async with (
        ClientSession() as web,
        web.post(platform.url + path, params={"access_token": value}, data=raw.encode()) as response,
    ):
        code = (await response.json()).get("errcode", 0)
        assert isinstance(code, int)
        return code


def text(to: str, content: str = "x") -> dict[str, object]:
    return {"touser": to, "msgtype": "text", "text": {"content": content}}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, 0),
        ({"touser": "nobody"}, 40003),
        ({"text": {"content": ""}}, 44004),
        ({"text": {"content": "字" * 683}}, 45002),
        ({"text": {"content": "字" * 682}}, 0),
        ({"msgtype": "image", "image": {"media_id": "gone"}}, 40007),
        ({"msgtype": "file", "file": {}}, 40008),
        (
            {
                "msgtype": "msgmenu",
                "msgmenu": {"head_content": "", "list": [{"id": "1", "content": "a"}] * 11},
            },
            45098,
        ),
    ],
    ids=str,
)
async def test_what_it_refuses(
    platform: WechatPlatform, wang: str, change: dict[str, object], code: int
) -> None:
    """By the documented codes."""
    assert await ask(platform, SEND, {**text(wang), **change}) == code


async def test_it_refuses_escapes(platform: WechatPlatform, wang: str) -> None:
    """JSON must be real UTF-8."""
    assert await ask(platform, SEND, text(wang, "字"), escaped=True) == 40033


@pytest.mark.parametrize(("token", "code"), [("", 41001), ("invented", 40001)])
async def test_it_knows_its_tokens(platform: WechatPlatform, wang: str, token: str, code: int) -> None:
    """Missing and not one of ours."""
    assert await ask(platform, SEND, text(wang), token=token) == code


async def test_a_token_ends_and_the_next_comes_five_minutes_before(
    platform: WechatPlatform, wang: str, clock: SetClock
) -> None:
    """The same one until then; near its end another, while the old one works on; then 42001."""
    first, seconds = platform.api.tokens.give(clock.now())
    assert (seconds, len(first) >= 512) == (7200, True)
    for moved, same, code in ((6899, True, 0), (1, False, 0), (299, False, 0), (1, False, 42001)):
        clock.set(clock.now() + timedelta(seconds=moved))
        platform.set_clock(clock.now())
        assert (platform.api.tokens.give(clock.now())[0] == first) is same
        assert platform.api.tokens.judge(first, clock.now()) == code


async def test_the_old_token_endpoint_makes_the_others_void(platform: WechatPlatform, wang: str) -> None:
    """Two holders would fight for ever: that is why the desk uses the stable one."""
    first, _ = platform.api.tokens.give(platform.api.now)
    address = f"{platform.url}/cgi-bin/token"
    query = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
    async with ClientSession() as web, web.get(address, params=query) as response:
        assert (await response.json())["access_token"] != first
    assert await ask(platform, SEND, text(wang), token=first) == 40001


@pytest.mark.parametrize(("opens", "messages"), [(LONG, 5), (SHORT, 3)])
async def test_its_windows(clock: SetClock, opens: tuple[int, timedelta], messages: int) -> None:
    """So many messages, for so long, to the second."""
    one = Follower("o", "王老师")
    assert one.takes(clock.now()) == 45015
    one.acts(clock.now(), opens)
    assert [one.takes(clock.now()) for _ in range(messages + 1)] == [0] * messages + [45047]
    one.acts(clock.now(), opens)
    assert one.takes(clock.now() + opens[1] - timedelta(seconds=1)) == 0
    assert one.takes(clock.now() + opens[1]) == 45015


async def test_a_desk_that_answers_500_is_pushed_to_three_times(platform: WechatPlatform, wang: str) -> None:
    """Then the person is told that the account cannot serve."""
    platform.api.odd_answers["/wechat"] = lambda: web.Response(status=500)
    platform.connect(platform.url)
    await platform.say(wang, Said(text="在吗"))
    assert [status for status, _ in platform.answers] == [500] * 3
    assert [one.text for one in platform.screen(wang)] == [SORRY]


async def test_a_desk_that_is_down_is_pushed_to_three_times(platform: WechatPlatform, wang: str) -> None:
    """No connection is treated alike."""
    platform.connect("http://127.0.0.1:1")
    await platform.say(wang, Said(text="在吗"))
    assert (platform.traffic.to_house, [one.text for one in platform.screen(wang)]) == (3, [SORRY])


async def test_an_older_list_is_answered_by_the_tickets_number(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """A digit means the newest list, so a person who means an older card names its ticket."""
    platform.api.takes_menus = False
    desk.answer = lambda _incoming: None
    for number in (1, 2):
        await channel.send(outgoing(wang, f"🔔 新单 #{number}\n投影坏了", key=str(number), buttons=BUTTONS))
    older, newer = platform.screen(wang)
    for shown in (older, newer):
        await platform.say(wang, Said(tap=shown.buttons[0], tap_message_id=shown.message_id))
    assert [one.text for one in desk.heard] == ["确认提交 1", "1"]


async def test_an_answer_to_a_card_names_its_ticket(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """WeChat hands no quotation on to an account."""
    labels = (BUTTONS[0], BUTTONS[1])
    await channel.send(outgoing(wang, "没有单号", key="0", buttons=labels))
    answer = ShownButton(label="答复", data="a")
    platform.api.screens.show(
        account=wang, message_id="c", text="👌 #7 已接单", buttons=(answer,), is_edit=False, at=None
    )
    await platform.say(wang, Said(text="马上来", replies_to="c"))
    await platform.say(wang, Said(text="好", replies_to=platform.screen(wang)[0].message_id))
    assert [one.text for one in desk.heard] == ["答复 7", "马上来", "好"]


def test_the_seal_refuses_what_was_tampered_with() -> None:
    """Padding, length and receiver are checked, which the libraries do not all do."""
    sealing = Sealing("wx0123456789abcdef", "token", "k" * 43)
    assert sealing.decrypt(sealing.encrypt("好")) == "好"
    other = Sealing("wxffffffffffffffff", "token", "k" * 43)
    with pytest.raises(ValueError, match="another account"):
        other.decrypt(sealing.encrypt("好"))
    with pytest.raises(ValueError, match=r"padding|block"):
        Sealing("wx0123456789abcdef", "token", "z" * 43).decrypt(sealing.encrypt("好"))
