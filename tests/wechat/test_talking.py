"""One message there and back: words, choices, taps, photos and voices over the wire, both ways."""

from pathlib import Path

import pytest

from bot.channel import FetchError
from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from conversations.engine.messages import Button, Contact, Fate, File, Media, MediaKind, Outgoing
from tests.doubles.desk import BUTTONS, Desk, outgoing
from tests.doubles.platform import Said, ShownButton
from tests.doubles.wechat import WechatPlatform

JPEG = b"\xff\xd8\xff\xe0 a photo"


@pytest.mark.usefixtures("channel")
async def test_words_are_heard_and_answered_in_the_same_request(
    platform: WechatPlatform, desk: Desk, wang: str, clock: SetClock
) -> None:
    """The reply comes passively, with its choices to type, and is booked as sent."""
    await platform.say(wang, Said(text="投影仪坏了"))
    (heard,) = desk.heard
    assert (heard.text, heard.account, heard.chat, heard.sent_at) == ("投影仪坏了", wang, wang, clock.now())
    (shown,) = platform.screen(wang)
    assert shown.text == "收到：投影仪坏了"
    assert shown.buttons == (ShownButton(label="确认提交", data="1"), ShownButton(label="修改", data="2"))
    assert [(key, one.fate) for key, one in desk.booked] == [(f"k{heard.external_id}", Fate.SENT)]
    assert platform.api.calls["message/custom/send"] == 0


@pytest.mark.usefixtures("channel")
async def test_a_numbered_choice_is_typed(platform: WechatPlatform, desk: Desk, wang: str) -> None:
    """Tapping a line of a numbered list sends its number as words."""
    await platform.say(wang, Said(text="投影仪坏了"))
    shown = platform.screen(wang)[0]
    await platform.say(wang, Said(tap=shown.buttons[1], tap_message_id=shown.message_id))
    assert (desk.heard[1].text, desk.heard[1].tap) == ("2", "")


async def test_a_msgmenu_comes_back_as_the_tap_it_was_sent_with(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """A message of its own accord carries lines to tap; the line's id is the button's data, untouched."""
    outcome = await channel.send(outgoing(wang, "已派单", key="7", buttons=BUTTONS))
    assert (outcome.fate, outcome.message_id) == (Fate.SENT, "7")
    shown = platform.screen(wang)[0]
    assert (shown.text, [one.data for one in shown.buttons]) == ("已派单", ["d.submit", "d.change"])
    await platform.say(wang, Said(tap=shown.buttons[0], tap_message_id=shown.message_id))
    assert (desk.heard[0].tap, desk.heard[0].text) == ("d.submit", "")


async def test_six_choices_go_as_a_list(channel: WechatChannel, platform: WechatPlatform, wang: str) -> None:
    """A msgmenu is comfortable up to five lines; beyond, numbers are typed, and 0 is the way back."""
    buttons = tuple(Button(label=f"选项{at}", data=f"d{at}") for at in range(5))
    await channel.send(outgoing(wang, "哪个？", buttons=(*buttons, Button(label="返回", data="b"))))
    shown = platform.screen(wang)[0]
    assert shown.text == "哪个？"
    assert [one.data for one in shown.buttons] == ["1", "2", "3", "4", "5", "0"]


async def test_a_photo_comes_in_and_its_bytes_can_be_fetched(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """The reference that came is what `fetch` needs."""
    await platform.say(wang, Said(media_kind="photo", media_name="screen.jpg", text="花屏"))
    (photo,) = desk.heard[0].media
    assert photo.kind is MediaKind.PHOTO
    assert b"".join([chunk async for chunk in channel.fetch(photo)]).endswith(b"screen.jpg")
    assert desk.heard[1].text == "花屏"


async def test_a_photo_goes_out_before_its_words(
    channel: WechatChannel, platform: WechatPlatform, wang: str, tmp_path: Path
) -> None:
    """Uploaded first, shown by its name, then the text: two messages of the window."""
    file = tmp_path / "abc"
    file.write_bytes(JPEG)
    photo = File(kind=MediaKind.PHOTO, name="screen.jpg", media_type="image/jpeg", path=str(file))
    outcome = await channel.send(Outgoing(key="1", chat=wang, account=wang, text="#1 的照片", files=(photo,)))
    assert outcome.fate is Fate.SENT
    assert [one.text for one in platform.screen(wang)] == ["<photo screen.jpg>", "#1 的照片"]
    assert [one.content for one in platform.api.media.values()] == [JPEG]


async def test_an_expired_reference_is_uploaded_again(
    channel: WechatChannel, platform: WechatPlatform, wang: str, tmp_path: Path
) -> None:
    """A photo that came from WeChat is sent by its MediaId, and from the file once that has ended."""
    file = tmp_path / "abc"
    file.write_bytes(JPEG)
    known = platform.api.keep("image", "known.jpg", JPEG)
    for reference, shown in ((known, "<photo known.jpg>"), ("gone", "<photo new.jpg>")):
        photo = File(
            kind=MediaKind.PHOTO, name="new.jpg", media_type="image/jpeg", path=str(file), reference=reference
        )
        await channel.send(Outgoing(key=reference, chat=wang, account=wang, text="", files=(photo,)))
        assert platform.screen(wang)[-1].text == shown


async def test_what_an_account_cannot_send_is_named(
    channel: WechatChannel, platform: WechatPlatform, wang: str, tmp_path: Path
) -> None:
    """A service account sends no files and no places: the reader is told that there is one."""
    files = (
        File(kind=MediaKind.FILE, name="log.txt", media_type="text/plain", path=str(tmp_path / "log.txt")),
        File(kind=MediaKind.LOCATION, name="校门", media_type="", path="", latitude=31.2, longitude=121.5),
    )
    await channel.send(Outgoing(key="1", chat=wang, account=wang, text="见附件", files=files))
    assert platform.screen(wang)[0].text == "📎 log.txt\n📍 校门 31.200000,121.500000\n见附件"


async def test_a_voice_brings_what_was_recognised(
    platform: WechatPlatform, channel: WechatChannel, desk: Desk, wang: str
) -> None:
    """Recognition is optional; the recording is always there."""
    await platform.say(wang, Said(media_kind="voice", seconds=5, text="投影坏了"))
    await platform.say(wang, Said(media_kind="voice", seconds=5))
    first, second = (one.media[0] for one in desk.heard)
    assert (first.recognised, second.recognised) == ("投影坏了", "")
    assert (first.kind, first.media_type) == (MediaKind.VOICE, "audio/amr")
    assert b"".join([chunk async for chunk in channel.fetch(first)]).startswith(b"#!AMR")


@pytest.mark.usefixtures("channel")
async def test_a_place_a_sticker_and_a_file(platform: WechatPlatform, desk: Desk, wang: str) -> None:
    """What the platform hands on only as an excuse is not taken for the person's words."""
    await platform.say(wang, Said(media_kind="location", latitude=31.2, longitude=121.5))
    await platform.say(wang, Said(media_kind="sticker"))
    await platform.say(wang, Said(media_kind="file", media_name="log.txt"))
    place, sticker, file = desk.heard
    assert (place.media[0].latitude, place.media[0].longitude) == (31.2, 121.5)
    assert [one.kind for one in (*sticker.media, *file.media)] == [MediaKind.STICKER, MediaKind.STICKER]
    assert sticker.text == ""


@pytest.mark.usefixtures("channel")
async def test_following_by_a_room_code_scanning_and_the_menu(
    platform: WechatPlatform, desk: Desk, wang: str
) -> None:
    """A first scan follows, a later one only scans, a tap on the menu is its word; leaving asks for no
    answer."""
    await platform.follow(wang, "room-302")
    await platform.say(wang, Said(scan="room-303"))
    await platform.click(wang, "progress")
    await platform.leave(wang)
    assert [(one.contact, one.scan, one.text) for one in desk.heard] == [
        (Contact.FOLLOWED, "room-302", ""),
        (Contact.MESSAGE, "room-303", ""),
        (Contact.MESSAGE, "", "进度"),
        (Contact.LEFT, "", ""),
    ]
    assert desk.asked_until[-1] is None


async def test_a_medium_that_is_gone_is_given_up(channel: WechatChannel) -> None:
    """After three days the platform has it no more; asking again would not help."""
    with pytest.raises(FetchError) as caught:
        [chunk async for chunk in channel.fetch(Media(kind=MediaKind.PHOTO, reference="gone"))]
    assert caught.value.permanent


async def test_a_video_is_fetched_from_the_platforms_own_address_only(
    channel: WechatChannel, platform: WechatPlatform
) -> None:
    """The address of a video comes in JSON; one that points elsewhere is not followed."""
    photo = platform.api.keep("image", "v.mp4", b"frames")
    token, _ = platform.api.tokens.give(platform.api.now)
    good = f"{platform.url}/cgi-bin/media/get?media_id={photo}&access_token={token}"
    for address, permanent in ((good, None), ("http://169.254.169.254/latest", True)):
        reference = platform.api.keep("video", "v", address.encode())
        media = Media(kind=MediaKind.VIDEO, reference=reference)
        if permanent is None:
            assert b"".join([chunk async for chunk in channel.fetch(media)]) == b"frames"
        else:
            with pytest.raises(FetchError, match="not the platform's"):
                [chunk async for chunk in channel.fetch(media)]
