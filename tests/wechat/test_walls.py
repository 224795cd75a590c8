"""The walls of the door: what does not prove to come from the platform, now and sealed, changes nothing."""

import gzip
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from bot.wechat.settings import Pair, WechatSettings
from tests.doubles.desk import Desk, listening, outgoing
from tests.doubles.wechat import WechatPlatform
from tests.doubles.wechat.pushes import ACCOUNT, envelope, xml_of
from tests.doubles.wechat.sealing import Sealing

XML = {"Content-Type": "text/xml"}
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<xml><ToUserName>&c;</ToUserName><Encrypt>{encrypt}</Encrypt></xml>"
)


@dataclass
class Door:
    """The channel's address, and a hand that knocks as the platform would."""

    url: str
    web: ClientSession
    clock: SetClock
    sealing: Sealing

    def sealed(self, content: str = "投影坏了", msg_id: int = 1) -> tuple[dict[str, str], str]:
        """A rightly sealed text."""
        inner = xml_of(
            {
                "ToUserName": ACCOUNT,
                "FromUserName": "oAbc",
                "CreateTime": int(self.clock.now().timestamp()),
                "MsgType": "text",
                "Content": content,
                "MsgId": msg_id,
            }
        )
        return envelope(self.sealing, inner, self.clock.now(), "n1")

    async def post(
        self, query: Mapping[str, str], body: str | bytes, headers: Mapping[str, str] = XML
    ) -> tuple[int, str]:
        data = body.encode() if isinstance(body, str) else body
        address = f"{self.url}/wechat"
        async with self.web.post(address, params=query, data=data, headers=headers) as response:
            return response.status, await response.text()


@pytest.fixture
async def door(
    channel: WechatChannel, platform: WechatPlatform, clock: SetClock, desk: Desk
) -> AsyncIterator[Door]:
    async with ClientSession() as web:
        yield Door(platform._house_url, web, clock, platform.sealing)


async def test_the_console_is_answered_its_own_echo(door: Door) -> None:
    """The GET with which the console checks the address is plain, also in safe mode."""
    timestamp = str(int(door.clock.now().timestamp()))
    query = {
        "timestamp": timestamp,
        "nonce": "n",
        "echostr": "<b>42</b>",
        "signature": door.sealing.signature(timestamp, "n"),
    }
    async with door.web.get(f"{door.url}/wechat", params=query) as response:
        assert (response.status, await response.text()) == (200, "<b>42</b>")
        assert response.content_type == "text/plain"


@pytest.mark.parametrize(
    "change",
    [
        {"signature": "0" * 40},
        {"signature": ""},
        {"signature": "é"},
        {"timestamp": ""},
        {"timestamp": "1"},
        {"timestamp": "soon"},
        {"timestamp": "9" * 30},
        {"nonce": "other"},
        {"echostr": ""},
        {"echostr": "e" * 257},
    ],
    ids=str,
)
async def test_a_wrong_check_of_the_address_is_refused(door: Door, change: dict[str, str]) -> None:
    """Forged, stale or senseless: a 4xx, and nothing is echoed."""
    timestamp = str(int(door.clock.now().timestamp()))
    query = {
        "timestamp": timestamp,
        "nonce": "n",
        "echostr": "42",
        "signature": door.sealing.signature(timestamp, "n"),
        **change,
    }
    async with door.web.get(f"{door.url}/wechat", params=query) as response:
        assert 400 <= response.status < 500
        assert "42" not in await response.text()


@pytest.mark.parametrize(
    "change",
    [
        {"msg_signature": "0" * 40},
        {"msg_signature": ""},
        {"msg_signature": "é" * 40},
        {"nonce": "other"},
        {"timestamp": "1"},
        {"timestamp": ""},
        {"timestamp": "-5"},
        {"timestamp": "１７"},
    ],
    ids=str,
)
async def test_a_forged_push_is_refused(door: Door, desk: Desk, change: dict[str, str]) -> None:
    """Each value that is signed was changed: 403, and the desk hears nothing."""
    query, body = door.sealed()
    assert (await door.post({**query, **change}, body))[0] == 403
    assert (desk.calls, desk.unread) == (0, {})


async def test_a_sealed_body_under_anothers_signature_is_refused(door: Door, desk: Desk) -> None:
    """The signature covers the body: a captured address signs no other one."""
    query, _ = door.sealed("one")
    _, body = door.sealed("two")
    assert (await door.post(query, body))[0] == 403
    assert desk.calls == 0


@pytest.mark.parametrize("encrypt_type", ["", "raw", "aes"])
async def test_a_plain_push_is_refused(door: Door, desk: Desk, encrypt_type: str) -> None:
    """In plain mode the signature does not cover the body, however right it is."""
    query, _ = door.sealed()
    body = xml_of(
        {
            "ToUserName": ACCOUNT,
            "FromUserName": "oAbc",
            "CreateTime": 1,
            "MsgType": "text",
            "Content": "hi",
            "MsgId": 1,
        }
    )
    answer = await door.post({**query, "encrypt_type": encrypt_type}, body)
    assert answer == (403, "encrypted mode only")
    assert desk.calls == 0


async def test_in_compatible_mode_only_the_sealed_part_is_read(door: Door, desk: Desk) -> None:
    """The clear fields beside it are signed by nobody."""
    query, body = door.sealed("sealed words")
    clear = body.replace(
        "<Encrypt>", "<FromUserName>oMallory</FromUserName><Content>clear</Content><Encrypt>"
    )
    assert (await door.post(query, clear))[0] == 200
    assert [(one.account, one.text) for one in desk.heard] == [("oAbc", "sealed words")]


@pytest.mark.parametrize(("seconds", "status"), [(-301, 403), (-300, 200), (0, 200), (300, 200), (301, 403)])
async def test_a_push_is_fresh_for_five_minutes(
    door: Door, clock: SetClock, seconds: int, status: int
) -> None:
    """Either clock may be behind; beyond five minutes a captured request is worth nothing."""
    query, body = envelope(
        door.sealing,
        xml_of(
            {
                "ToUserName": ACCOUNT,
                "FromUserName": "oAbc",
                "CreateTime": 1700000000,
                "MsgType": "text",
                "Content": "hi",
                "MsgId": 1,
            }
        ),
        clock.now() + timedelta(seconds=seconds),
        "n1",
    )
    assert (await door.post(query, body))[0] == status


async def test_a_replay_changes_nothing(door: Door, desk: Desk) -> None:
    """The same request within the five minutes is a repetition: heard once, booked once."""
    query, body = door.sealed()
    answers = [await door.post(query, body) for _ in range(3)]
    assert {status for status, _ in answers} == {200}
    assert (len(desk.heard), len(desk.booked)) == (1, 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("success", 400),
        ("<xml>", 400),
        ("<xml/>", 403),
        ("<xml></xml></xml>", 400),
        ("[1]", 400),
        ("<json><Encrypt>x</Encrypt></json>", 400),
        ("<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>", 400),
        ("<xml><Encrypt><a>b</a></Encrypt></xml>", 400),
        (b"<xml>\xc4\xe3</xml>", 400),
        (b"\x00", 400),
        ("<!DOCTYPE xml SYSTEM 'http://127.0.0.1/x'><xml/>", 400),
        ("<a>" * 9, 400),
        ("<xml><Encrypt>" + "A" * 88 + "</Encrypt></xml>", 403),
    ],
    ids=[f"body{at}" for at in range(14)],
)
async def test_a_body_that_is_no_envelope_is_refused(
    door: Door, desk: Desk, body: str | bytes, status: int
) -> None:
    """Broken, nested, doubled, not ours: a 4xx, never a 5xx, and nothing is kept."""
    query, _ = door.sealed()
    assert (await door.post(query, body))[0] == status
    assert (desk.calls, desk.unread) == (0, {})


@pytest.mark.parametrize(("depth", "status"), [(7, 200), (8, 400), (9000, 400)])
async def test_deep_nesting_is_refused_though_the_seal_is_right(
    door: Door, desk: Desk, depth: int, status: int
) -> None:
    """Beside a right seal, eight levels with the root are the most: real pushes have five."""
    query, body = door.sealed()
    nested = body.replace("<Encrypt>", "<a>" * depth + "</a>" * depth + "<Encrypt>")
    assert (await door.post(query, nested))[0] == status
    assert len(desk.heard) == (1 if status == 200 else 0)


async def test_an_entity_bomb_is_refused_though_its_seal_is_right(door: Door, desk: Desk) -> None:
    """A document type is refused before any parser builds anything."""
    query, body = door.sealed()
    encrypt = body.split("<Encrypt>")[1].split("</Encrypt>")[0]
    assert (await door.post(query, BOMB.format(encrypt=encrypt)))[0] == 400
    assert desk.calls == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/json"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": ""}, 415),
        ({**XML, "Content-Encoding": "gzip"}, 415),
        ({**XML, "Content-Encoding": "br"}, 415),
        ({**XML, "Content-Encoding": "zstd"}, 415),
        ({**XML, "Content-Encoding": "deflate"}, 415),
        ({**XML, "Content-Encoding": "nonsense"}, 415),
    ],
    ids=str,
)
async def test_a_wrong_type_or_a_lying_encoding_is_refused(
    door: Door, desk: Desk, headers: dict[str, str], status: int
) -> None:
    """The platform pushes XML, uncompressed: neither header is believed."""
    query, body = door.sealed()
    assert (await door.post(query, body, headers))[0] == status
    assert desk.calls == 0


async def test_a_compressed_body_is_refused(door: Door, desk: Desk) -> None:
    """Also one that really is: a small bomb unfolds to anything."""
    query, body = door.sealed()
    headers = {**XML, "Content-Encoding": "gzip"}
    assert (await door.post(query, gzip.compress(body.encode()), headers))[0] == 415
    assert desk.calls == 0


@pytest.mark.parametrize(("size", "status"), [(64 * 1024, 403), (64 * 1024 + 1, 413), (3 * 2**20, 413)])
async def test_a_body_over_64_kib_is_too_large(door: Door, desk: Desk, size: int, status: int) -> None:
    """At the limit it is read (and here refused for being plain), a byte more is not."""
    query, _ = door.sealed()
    body = "<xml><a>" + "x" * (size - len("<xml><a></a></xml>")) + "</a></xml>"
    assert (await door.post(query, body))[0] == status
    assert desk.calls == 0


@pytest.mark.parametrize(
    "inner",
    [
        "",
        "no xml",
        "{}",
        "<xml/>",
        "<xml><MsgType>text</MsgType></xml>",
        "<a>" * 100,
        "<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>",
        xml_of(
            {
                "ToUserName": "g",
                "FromUserName": "o",
                "CreateTime": 1700000000,
                "MsgType": "text",
                "MsgId": 1,
                "A": {"b": {"c": {"d": {"e": {"f": {"g": {"h": "i"}}}}}}},
            }
        ),
        "<xml><MsgType>text</MsgType><MsgType>event</MsgType></xml>",
        xml_of({"ToUserName": "g", "FromUserName": "o", "CreateTime": "x", "MsgType": "text", "MsgId": 1}),
        xml_of({"ToUserName": "g", "FromUserName": "o", "CreateTime": 9**20, "MsgType": "text", "MsgId": 1}),
        xml_of(
            {
                "ToUserName": "g",
                "FromUserName": "o",
                "CreateTime": 1700000000,
                "MsgType": "text",
                "MsgId": "a",
            }
        ),
        xml_of({"ToUserName": "g", "FromUserName": "o", "CreateTime": 1700000000, "MsgType": "text"}),
        xml_of(
            {"ToUserName": "g", "FromUserName": "", "CreateTime": 1700000000, "MsgType": "text", "MsgId": 1}
        ),
        xml_of(
            {
                "ToUserName": "g",
                "FromUserName": "o o",
                "CreateTime": 1700000000,
                "MsgType": "text",
                "MsgId": 1,
            }
        ),
        xml_of(
            {"ToUserName": "g", "FromUserName": "o", "CreateTime": 1700000000, "MsgType": "image", "MsgId": 1}
        ),
        xml_of(
            {
                "ToUserName": "g",
                "FromUserName": "o",
                "CreateTime": 1700000000,
                "MsgType": "location",
                "MsgId": 1,
                "Location_X": "nan",
                "Location_Y": "1",
            }
        ),
        xml_of(
            {
                "ToUserName": "g",
                "FromUserName": "o",
                "CreateTime": 1700000000,
                "MsgType": "text",
                "MsgId": 1,
                "Content": {"a": "b"},
            }
        ),
    ],
    ids=[f"inner{at}" for at in range(18)],
)
async def test_what_is_rightly_sealed_but_cannot_be_read_is_kept(
    door: Door, desk: Desk, clock: SetClock, inner: str
) -> None:
    """Once however often it comes, with its text, answered 200 "success": the person is shown no error of
    ours."""
    for nonce in ("n1", "n2"):
        query, body = envelope(door.sealing, inner, clock.now(), nonce)
        assert await door.post(query, body) == (200, "success")
    assert desk.calls == 0
    assert [raw for raw, _ in desk.unread.values()] == [inner]


async def test_a_message_sealed_with_another_key_or_for_another_account_is_kept(
    door: Door, desk: Desk, clock: SetClock
) -> None:
    """Signed with our token but not to be opened: somebody changed the key in the console and not here."""
    for other in (
        replace(door.sealing, aes_key="Z" * 43),
        replace(door.sealing, app_id="wxffffffffffffffff"),
    ):
        query, body = envelope(other, "<xml/>", clock.now(), "n")
        assert await door.post(query, body) == (200, "success")
    assert {reason for _, reason in desk.unread.values()} == {"neither key opens it for this account"}


async def test_an_old_pair_goes_on_working_beside_the_new_one(
    settings: WechatSettings, platform: WechatPlatform, clock: SetClock, desk: Desk
) -> None:
    """A change in the console takes effect at once; each push is answered with the pair that sealed it."""
    old = Pair(platform.sealing.token, platform.sealing.aes_key)
    new = Pair("newtoken", "N" * 43)
    channel = WechatChannel(replace(settings, pair=new, previous=old), clock.now)
    openid = await platform.enrol("王老师")
    async with listening(channel, desk) as url:
        platform.connect(url)
        for sealing in (
            platform.sealing,
            replace(platform.sealing, token="newtoken", aes_key="N" * 43),
            replace(platform.sealing, aes_key="N" * 43),
        ):
            platform.sealing = sealing
            await platform.push(openid, {"MsgType": "text", "Content": sealing.token})
    tokens = [old.token, "newtoken"]
    assert [one.text for one in platform.screen(openid)][:2] == [f"收到：{token}" for token in tokens]
    assert len(desk.unread) == 1, "a token with the other's key opens nothing"


async def test_a_desk_that_cannot_take_it_lets_the_platform_repeat(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Not "success", for nothing was kept; no 5xx either. The next try is taken."""
    failures = [ConnectionError("database"), ConnectionError("database")]
    receive = desk.receive

    async def flaky(incoming, *, passive_until=None):  # type: ignore[no-untyped-def]
        if failures:
            raise failures.pop()
        return await receive(incoming, passive_until=passive_until)

    desk.receive = flaky  # type: ignore[method-assign]
    await platform.push(wang, {"MsgType": "text", "Content": "在吗"})
    assert [status for status, _ in platform.answers] == [429, 429, 200]
    assert [one.text for one in platform.screen(wang)] == ["收到：在吗"]
    assert caplog.text.count("was not taken") == 2


async def test_logs_hold_no_person_no_words_no_token(
    channel: WechatChannel, door: Door, platform: WechatPlatform, wang: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Refusals, unreadable pushes and failed calls are logged without what they held."""
    caplog.set_level(0)
    query, body = door.sealed("电话 13800138000")
    await door.post({**query, "msg_signature": "0" * 40}, body)
    platform.api.order("custom/send", 48001)
    await channel.send(outgoing(wang, "电话 13800138000"))
    secrets = (
        "13800138000",
        wang,
        "oAbc",
        platform.sealing.token,
        platform.sealing.aes_key,
        "token-1",
        platform.api.app_secret,
        query["signature"],
    )
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(ours) == 2
    assert not [line for line in ours if any(secret in line for secret in secrets)]
