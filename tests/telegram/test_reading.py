"""What a thumb does, over the wire, as the desk hears it."""

import json

import pytest

from bot.telegram.channel import TelegramChannel
from bot.telegram.reading import COMMANDS
from conversations.engine.messages import Contact, MediaKind
from tests.doubles.desk import BUTTONS, Desk, outgoing
from tests.doubles.platform import Said
from tests.doubles.telegram import TelegramPlatform

pytestmark = pytest.mark.usefixtures("channel")

WORDS: list[tuple[str, str, str]] = [
    # typed, the words heard, the payload of a link
    ("投影坏了", "投影坏了", ""),
    ("/report", "报修", ""),
    ("/progress@yingnuo_bot", "进度", ""),
    ("/PROGRESS", "进度", ""),
    ("/start", "帮助", ""),
    ("/start r_302", "", "r_302"),
    ("/nonsense now", "/nonsense now", ""),
    ("12345", "12345", ""),
    ("null", "null", ""),
    ("😀 <b>&amp;", "😀 <b>&amp;", ""),
]


@pytest.mark.parametrize(("typed", "words", "scan"), WORDS)
async def test_words_and_commands(
    platform: TelegramPlatform, desk: Desk, wang: str, typed: str, words: str, scan: str
) -> None:
    """A command is the word that it stands for; a link's payload is a scanned code."""
    await platform.say(wang, Said(text=typed))
    (heard,) = desk.heard
    assert (heard.text, heard.scan, heard.contact) == (words, scan, Contact.MESSAGE)
    assert (heard.account, heard.chat, heard.name, heard.language) == (wang, wang, "王老师", "zh-hans")
    assert heard.sent_at == heard.received_at


def test_every_command_stands_for_a_word() -> None:
    """Telegram takes Latin names only."""
    assert all(name.isascii() and name.islower() for name in COMMANDS)


MEDIA: list[tuple[Said, MediaKind, str]] = [
    (Said(media_kind="photo", media_name="a.jpg"), MediaKind.PHOTO, "photo.jpg"),
    (Said(media_kind="photo", media_name="a.jpg", text="302投影"), MediaKind.PHOTO, "photo.jpg"),
    (Said(media_kind="voice", media_name="a.ogg", seconds=7), MediaKind.VOICE, "voice.ogg"),
    (Said(media_kind="file", media_name="报错日志.txt"), MediaKind.FILE, "报错日志.txt"),
    (Said(media_kind="file", media_name="证据.png"), MediaKind.PHOTO, "证据.png"),
    (Said(media_kind="location", latitude=31.2, longitude=121.4), MediaKind.LOCATION, ""),
    (Said(media_kind="sticker", media_name="s.webp"), MediaKind.STICKER, "🙂"),
]


@pytest.mark.parametrize(
    ("said", "kind", "name"), MEDIA, ids=[f"{row[0].media_kind}{at}" for at, row in enumerate(MEDIA)]
)
async def test_what_is_not_words(
    platform: TelegramPlatform, desk: Desk, wang: str, said: Said, kind: MediaKind, name: str
) -> None:
    """Kind, name, caption, length and place arrive; what has bytes can be fetched."""
    await platform.say(wang, said)
    (heard,) = desk.heard
    (medium,) = heard.media
    assert (medium.kind, medium.name, heard.text) == (kind, name, said.text)
    assert medium.seconds == said.seconds
    assert (medium.latitude or 0.0, medium.longitude or 0.0) == (said.latitude, said.longitude)
    assert bool(medium.reference) == (kind not in {MediaKind.LOCATION, MediaKind.STICKER})


async def test_the_bytes_of_a_photo(
    channel: TelegramChannel, platform: TelegramPlatform, desk: Desk, wang: str
) -> None:
    """The largest of the sizes."""
    await platform.say(wang, Said(media_kind="photo", media_name="a.jpg"))
    content = b"".join([chunk async for chunk in channel.fetch(desk.heard[0].media[0])])
    assert content.startswith(b"\xff\xd8\xff")
    assert content == next(iter(platform.files.kept.values())).content


async def test_a_tap_names_its_message(
    channel: TelegramChannel, platform: TelegramPlatform, desk: Desk, wang: str
) -> None:
    """The data comes back as it was given, and the message that carried it."""
    sent = await channel.send(outgoing(wang, "选", buttons=BUTTONS))
    shown = platform.screen(wang)[-1]
    await platform.say(wang, Said(tap=shown.buttons[1], tap_message_id=shown.message_id))
    (heard,) = desk.heard
    assert (heard.tap, heard.shown_id, heard.account) == ("d.change", sent.message_id, wang)


async def test_a_correction_and_an_answer_name_what_they_are_about(
    channel: TelegramChannel, platform: TelegramPlatform, desk: Desk, wang: str
) -> None:
    """The corrected message by its own id; the answered one by the desk's."""
    await platform.say(wang, Said(text="投影坏"))
    await platform.say(wang, Said(text="投影坏了", edits="last"))
    question = await channel.send(outgoing(wang, "哪间教室？"))
    await platform.say(wang, Said(text="302", replies_to=question.message_id))
    first, corrected, answer = desk.heard
    assert (corrected.edits, corrected.text) == (first.message_id, "投影坏了")
    assert corrected.external_id != first.external_id
    assert answer.shown_id == question.message_id


async def test_leaving_and_coming_back(platform: TelegramPlatform, desk: Desk, wang: str) -> None:
    """Blocking the bot and starting it again are heard at once."""
    await platform.block(wang)
    await platform.unblock(wang)
    assert [one.contact for one in desk.heard] == [Contact.LEFT, Contact.FOLLOWED]


async def test_groups_are_not_answered_yet(platform: TelegramPlatform, desk: Desk, wang: str) -> None:
    """A message in a group is kept and left alone: group chats come later."""
    person = platform.people[int(wang)]
    group = {"id": -100123, "type": "supergroup", "title": "信息中心"}
    message = {
        "message_id": 7,
        "from": person.user(),
        "chat": group,
        "date": platform.chats.date,
        "text": "投影坏了",
    }
    await platform.emit("message", message, -100123)
    assert [one.contact for one in desk.heard] == [Contact.IGNORED]


@pytest.mark.parametrize("kind", ["poll", "hologram_of_2027"])
async def test_what_we_did_not_ask_for_is_left_alone(
    platform: TelegramPlatform, desk: Desk, kind: str
) -> None:
    """Answered 200, so that Telegram does not repeat it for a day; nobody is alarmed."""
    platform.updates.kinds = ()
    await platform.emit(kind, {"id": "1"}, 1)
    assert platform.pushing.answers == [200]
    assert (desk.calls, desk.unread) == (0, {})


BROKEN: list[tuple[str, dict[str, object]]] = [
    ("no chat", {"message_id": 1, "date": 1}),
    ("no date", {"message_id": 1, "chat": {"id": 1, "type": "private"}}),
    ("a list for a message", {"message_id": [], "date": "soon", "chat": [], "from": 3}),
    ("no sender", {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}),
    (
        "a date beyond all calendars",
        {
            "message_id": 1,
            "date": 10**18,
            "chat": {"id": 1, "type": "private"},
            "from": {"id": 1, "is_bot": False, "first_name": "x"},
            "text": "x",
        },
    ),
]


@pytest.mark.parametrize(("name", "message"), BROKEN, ids=[row[0] for row in BROKEN])
async def test_what_cannot_be_read_is_stored_as_failed_and_answered(
    platform: TelegramPlatform, desk: Desk, wang: str, name: str, message: dict[str, object]
) -> None:
    """Rightly sent and unreadable: kept whole, and this chat is not blocked for a day."""
    await platform.emit("message", message, 1)
    assert platform.pushing.answers == [200], name
    assert desk.heard == []
    ((key, (raw, _)),) = desk.unread.items()
    assert json.loads(raw)["message"] == message
    assert key == str(json.loads(raw)["update_id"])
    await platform.say(wang, Said(text="投影坏了"))
    assert [one.text for one in desk.heard] == ["投影坏了"]
