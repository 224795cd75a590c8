"""One attempt of several parts: what was shown is not shown again, what was not sent is not taken for lost."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from bot.wechat.channel import WechatChannel
from bot.wechat.windows import Kind, WindowsInMemory
from conversations.engine.messages import Fate, File, MediaKind, Outgoing
from tests.doubles.desk import Desk, outgoing
from tests.doubles.platform import Said
from tests.doubles.wechat import WechatPlatform


@pytest.fixture
def photo(tmp_path: Path) -> File:
    """A stored photo."""
    file = tmp_path / "digest"
    file.write_bytes(b"\xff\xd8\xff\xe0")
    return File(kind=MediaKind.PHOTO, name="screen.jpg", media_type="image/jpeg", path=str(file))


def with_photo(wang: str, photo: File, text: str = "看") -> Outgoing:
    return Outgoing(key="1", chat=wang, account=wang, text=text, files=(photo,))


async def test_a_second_attempt_goes_on_where_the_first_ended(
    channel: WechatChannel, platform: WechatPlatform, wang: str, photo: File
) -> None:
    """The photo was shown, then the platform was busy: the text alone goes later."""
    platform.api.order("custom/send", 0)
    platform.api.order("custom/send", -1)
    message = with_photo(wang, photo)
    assert [(await channel.send(message)).fate for _ in range(2)] == [Fate.LATER, Fate.SENT]
    assert [one.text for one in platform.screen(wang)] == ["<photo screen.jpg>", "看"]
    assert (await channel.send(message)).fate is Fate.SENT
    assert len(platform.screen(wang)) == 4, (
        "a message that was sent whole is forgotten: sent again it begins anew"
    )


async def test_a_message_that_is_another_one_meanwhile_is_sent_whole(
    channel: WechatChannel, platform: WechatPlatform, wang: str
) -> None:
    """It is rendered anew for each attempt: a short one had no second part, and was booked as sent without a word."""
    platform.api.order("custom/send", 0)
    platform.api.order("custom/send", -1)
    assert (await channel.send(outgoing(wang, "字" * 1500))).fate is Fate.LATER
    assert (await channel.send(outgoing(wang, "#1 已撤回"))).fate is Fate.SENT
    assert platform.screen(wang)[-1].text == "#1 已撤回"


async def test_a_long_text_comes_in_order(
    channel: WechatChannel, platform: WechatPlatform, wang: str
) -> None:
    """Cut at line breaks, each piece a message of its own."""
    lines = [f"{at}" + "字" * 250 for at in range(5)]
    assert (await channel.send(outgoing(wang, "\n".join(lines)))).fate is Fate.SENT
    shown = [one.text for one in platform.screen(wang)]
    assert (len(shown), "\n".join(shown)) == (3, "\n".join(lines))


async def test_an_upload_without_an_answer_was_certainly_not_sent(
    channel: WechatChannel, platform: WechatPlatform, wang: str, photo: File
) -> None:
    """Nobody has seen anything of it, so it goes later instead of being left unsure."""
    platform.api.odd_answers["media/upload"] = lambda: web.Response(text="<html>")
    outcome = await channel.send(with_photo(wang, photo))
    assert (outcome.fate, outcome.reason) == (Fate.LATER, "down")
    assert platform.screen(wang) == []


async def test_a_photo_over_ten_megabytes_is_too_large(
    channel: WechatChannel, platform: WechatPlatform, wang: str, photo: File
) -> None:
    """The platform would refuse it after all of it was uploaded."""
    await asyncio.to_thread(Path(photo.path).write_bytes, b"\xff\xd8\xff" + b"x" * 10 * 2**20)
    outcome = await channel.send(with_photo(wang, photo))
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "too_large")
    assert platform.api.calls["media/upload"] == 0


async def test_a_file_that_is_not_there_is_an_alarm(
    channel: WechatChannel, wang: str, photo: File, caplog: pytest.LogCaptureFixture
) -> None:
    """The media folder is gone or not mounted; the words still reach the person by the next channel."""
    await asyncio.to_thread(Path(photo.path).unlink)
    outcome = await channel.send(with_photo(wang, photo))
    assert (outcome.fate, outcome.reason) == (Fate.REFUSED, "configuration")
    assert "cannot be read" in caplog.text


async def test_a_picture_that_wechat_does_not_show_is_named(
    channel: WechatChannel, platform: WechatPlatform, wang: str
) -> None:
    """HEIC, WebP and the like are refused by the platform."""
    heic = File(kind=MediaKind.PHOTO, name="IMG_1.heic", media_type="image/heic", path="nowhere")
    await channel.send(with_photo(wang, heic))
    assert [one.text for one in platform.screen(wang)] == ["📎 IMG_1.heic\n看"]


async def test_voices_and_videos_go_out(
    channel: WechatChannel, platform: WechatPlatform, wang: str, tmp_path: Path
) -> None:
    """Each by its own type."""
    file = tmp_path / "digest"
    file.write_bytes(b"bytes")
    files = (
        File(kind=MediaKind.VOICE, name="v.amr", media_type="audio/amr", path=str(file)),
        File(kind=MediaKind.VIDEO, name="v.mp4", media_type="video/mp4", path=str(file)),
    )
    await channel.send(Outgoing(key="1", chat=wang, account=wang, text="", files=files))
    assert [one.text for one in platform.screen(wang)] == ["<voice v.amr>", "<video v.mp4>"]


async def test_each_part_costs_one_of_the_window(
    channel: WechatChannel, platform: WechatPlatform, windows: WindowsInMemory, wang: str, photo: File
) -> None:
    """Photo and text are two messages; an upload is none."""
    await platform.say(wang, Said(text="在吗"))
    await channel.send(with_photo(wang, photo))
    window = await windows.get(wang)
    assert window is not None
    assert (window.kind, window.left) == (Kind.LONG, 3)


async def test_an_answer_too_long_for_the_request_arrives_all_the_same(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """Given back by the request, then sent in pieces by customer service messages."""
    message = outgoing(wang, "\n".join(["字" * 400] * 2), key="k")
    desk.answer = lambda _incoming: message
    await platform.say(wang, Said(text="全部"))
    assert [(key, one.fate) for key, one in desk.booked] == [("k", Fate.LATER)]
    await channel.send(message)
    assert [len(one.text) for one in platform.screen(wang)] == [400, 400]


@pytest.mark.usefixtures("channel")
async def test_an_account_whose_verification_ends_is_an_alarm(
    platform: WechatPlatform, desk: Desk, wang: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An expired verification silences every message of ours: the operator reads it in the log."""
    await platform.push(wang, {"MsgType": "event", "Event": "verify_expired", "ExpiredTime": "1790000000"})
    assert "announces verify_expired" in caplog.text
    assert platform.answers == [(200, "success")]
