"""The walls of the door: what does not prove to come from Telegram changes nothing, and nothing ends in a 5xx."""

import asyncio
import gzip
import json
import logging
from collections.abc import Mapping

import pytest
from aiohttp import ClientSession
from yarl import URL

from bot.clock import SetClock
from bot.telegram.account import PATH
from bot.telegram.channel import SECRET_HEADER, TelegramChannel
from bot.telegram.settings import TelegramSettings
from tests.doubles.desk import BUTTONS, Desk, outgoing
from tests.doubles.platform import Said
from tests.doubles.telegram import TelegramPlatform
from tests.doubles.telegram.api import HANG
from tests.doubles.telegram.platform import SECRET, TOKEN
from tests.doubles.telegram.wire import ApiError

pytestmark = pytest.mark.usefixtures("channel")

RIGHT = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}
UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1795500000,
        "text": "投影坏了",
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "王"},
    },
}


async def knock(platform: TelegramPlatform, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of one request at the webhook."""
    async with ClientSession() as session:
        address = platform.pushing.house_url + PATH
        async with session.post(address, data=body, headers=dict(headers)) as answer:
            assert "Traceback" not in await answer.text()
            return answer.status


def body(update: object = UPDATE) -> bytes:
    return json.dumps(update).encode()


async def test_the_right_secret_is_let_in(platform: TelegramPlatform, desk: Desk) -> None:
    """So that the tests below fail for their own reason."""
    assert await knock(platform, body(), RIGHT) == 200
    assert [one.text for one in desk.heard] == ["投影坏了"]


REFUSED: list[tuple[str, bytes, Mapping[str, str], int]] = [
    ("no secret", body(), {"Content-Type": "application/json"}, 401),
    ("an empty secret", body(), {**RIGHT, SECRET_HEADER: ""}, 401),
    ("a wrong secret", body(), {**RIGHT, SECRET_HEADER: SECRET[:-1] + "x"}, 401),
    ("half a secret", body(), {**RIGHT, SECRET_HEADER: SECRET[:-1]}, 401),
    ("a secret in other letters", body(), {**RIGHT, SECRET_HEADER: "密钥".encode().decode("latin-1")}, 401),
    ("a form", body(), {**RIGHT, "Content-Type": "application/x-www-form-urlencoded"}, 415),
    ("plain text", body(), {**RIGHT, "Content-Type": "text/plain"}, 415),
    ("compressed", gzip.compress(body()), {**RIGHT, "Content-Encoding": "gzip"}, 415),
    ("an encoding that lies", body(), {**RIGHT, "Content-Encoding": "deflate"}, 415),
    ("no JSON", b"update_id=1", RIGHT, 400),
    ("cut off", body()[:-5], RIGHT, 400),
    ("no object", b"[1]", RIGHT, 400),
    ("no UTF-8", b'{"update_id": "\xc4\xe3"}', RIGHT, 400),
    ("nested deeply", b'{"update_id":' + b"[" * 9000 + b"]" * 9000 + b"}", RIGHT, 400),
    ("too large", b'{"update_id":1,"x":"' + b"x" * 65536 + b'"}', RIGHT, 413),
    ("three megabytes", b"x" * 3 * 2**20, RIGHT, 413),
]


@pytest.mark.parametrize(("name", "sent", "headers", "status"), REFUSED, ids=[row[0] for row in REFUSED])
async def test_what_does_not_belong_is_refused(
    platform: TelegramPlatform, desk: Desk, name: str, sent: bytes, headers: Mapping[str, str], status: int
) -> None:
    """A 4xx, and the desk hears nothing, not even of something unreadable."""
    assert await knock(platform, sent, headers) == status, name
    assert (desk.calls, desk.unread) == (0, {})


async def test_a_secret_of_other_bytes_is_refused(platform: TelegramPlatform, desk: Desk) -> None:
    """Written to the socket as it is: a header may hold bytes that are no text."""
    where = URL(platform.pushing.house_url)
    reader, writer = await asyncio.open_connection(where.host, where.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n"
    writer.write(head.encode() + SECRET_HEADER.encode() + b": \xff\xfe\r\n\r\n")
    assert (await reader.readline()).split()[1] == b"401"
    writer.close()
    assert desk.calls == 0


async def test_other_methods_and_paths_are_refused(platform: TelegramPlatform, desk: Desk) -> None:
    """405 and 404, never a page that tells something."""
    async with ClientSession() as session:
        async with session.get(platform.pushing.house_url + PATH) as answer:
            assert answer.status == 405
        async with session.post(
            platform.pushing.house_url + PATH + "/x", data=body(), headers=RIGHT
        ) as answer:
            assert answer.status == 404
    assert desk.calls == 0


async def test_the_same_update_twice_is_heard_once(platform: TelegramPlatform, desk: Desk) -> None:
    """The 2xx was lost: the number is the same, and so is the message."""
    assert [await knock(platform, body(), RIGHT) for _ in range(3)] == [200, 200, 200]
    assert (len(desk.heard), desk.calls) == (1, 3)


async def test_an_update_without_a_number_is_kept_under_its_digest(
    platform: TelegramPlatform, desk: Desk
) -> None:
    """The same one twice is kept once, in every process."""
    for _ in range(2):
        assert await knock(platform, body({"message": []}), RIGHT) == 200
    (key,) = desk.unread
    assert len(key) == 33
    assert key.startswith("?")


@pytest.mark.parametrize("fault", [None, HANG, ApiError(400, "query is too old"), ApiError(500)], ids=str)
async def test_every_tap_is_answered_once_and_its_fate_harms_nothing(
    channel: TelegramChannel, platform: TelegramPlatform, desk: Desk, wang: str, fault: ApiError | str | None
) -> None:
    """Right after the commit, whatever Telegram says to it; no spinner turns for ever."""
    await channel.send(outgoing(wang, "选", buttons=BUTTONS))
    shown = platform.screen(wang)[-1]
    if fault is not None:
        platform.api.order("answerCallbackQuery", fault)
    await platform.say(wang, Said(tap=shown.buttons[0], tap_message_id=shown.message_id))
    assert [one.tap for one in desk.heard] == ["d.submit"]
    assert platform.api.counts["answercallbackquery"] == 1
    assert platform.pushing.answers == [200]


async def test_a_tap_that_cannot_be_read_is_answered_too(
    platform: TelegramPlatform, desk: Desk, wang: str
) -> None:
    """Its own number is all that the answer needs."""
    query = platform.taps.make(platform.people[int(wang)], platform.chats.now)
    await platform.emit("callback_query", {"id": query.id}, wang)
    assert platform.taps.unanswered() == []
    assert len(desk.unread) == 1


async def test_no_secret_and_no_words_in_the_log(
    channel: TelegramChannel, platform: TelegramPlatform, wang: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither token nor secret nor what people say, at our own loggers' finest level, whatever goes wrong."""
    caplog.set_level(logging.DEBUG, logger="bot")
    for fault in (HANG, ApiError(500), ApiError(401), ApiError(403, "bot was blocked by the user")):
        platform.api.order("sendMessage", fault)
        platform.api.order("answerCallbackQuery", fault)
        outcome = await channel.send(outgoing(wang, "张三的成绩"))
        assert TOKEN not in outcome.detail + outcome.reason
    await platform.emit("message", {"text": "张三的成绩"}, 1)
    assert TOKEN not in caplog.text
    assert SECRET not in caplog.text
    assert "张三" not in caplog.text


def test_settings_print_no_secret(settings: TelegramSettings, clock: SetClock) -> None:
    """A settings object may end up in a log line."""
    assert TOKEN not in repr(settings)
    assert SECRET not in repr(settings)
