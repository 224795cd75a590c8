"""What comes in is cleaned once: harmless to every screen and file after it, and otherwise exactly as written."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import sample
from bot.cleaning import clean, cleaned
from bot.clock import SetClock
from bot.house import House
from conversations.engine.messages import Incoming, Media, MediaKind
from storage.tables import Inbox, Ticket

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TEXTS = (
    ("打印机卡纸\t三楼\n第二行", "打印机卡纸\t三楼\n第二行"),
    ("一行\r\n又一行\r再一行", "一行\n又一行\n再一行"),
    ("a\x00b\x07c\x1bd\x7fe", "abcde"),
    ("发票\u202efdp.exe\u202c", "发票fdp.exe"),
    ("\u2066x\u2069", "x"),
    ("半个\ud83d字", "半个字"),
    ("=1+1 😀 𠮷 مرحبا #panic", "=1+1 😀 𠮷 مرحبا #panic"),
)


def message(text: str, number: int = 1) -> Incoming:
    return Incoming(
        channel="web",
        account="demo-wang",
        chat="demo-wang",
        external_id=f"m{number}",
        received_at=NOW,
        text=text,
        media=(Media(kind=MediaKind.FILE, name="日志\x00\u202e.txt", recognised="\x01"),),
        raw='{"text": "\x00\ud83d"}',
    )


def test_no_key_is_stored_that_no_database_takes() -> None:
    """What a button, a reply, a correction or a file is known by: a forged one is unknown, and nothing fails."""
    bad = "a\ud83d\x00b"
    one = cleaned(
        replace(
            message(""),
            tap=bad,
            shown_id=bad,
            edits=bad,
            scan=bad,
            language=bad,
            media=(Media(kind=MediaKind.PHOTO, media_type=bad, reference=bad, unique=bad),),
        )
    )
    (sent,) = one.media
    found = {one.tap, one.shown_id, one.edits, one.scan, one.language, sent.media_type, sent.reference, sent.unique}
    assert found == {"ab"}


@pytest.mark.parametrize(("written", "kept"), TEXTS)
def test_control_characters_and_disguises_go_and_everything_else_stays(written: str, kept: str) -> None:
    """Also in names of files and in the words that a platform recognised."""
    assert clean(written) == kept
    one = cleaned(message(written))
    assert (one.text, one.media[0].name, one.media[0].recognised, one.raw) == (
        kept,
        "日志.txt",
        "",
        '{"text": ""}',
    )


async def test_a_report_full_of_them_is_filed(database_url: str, tmp_path: Path) -> None:
    """On both databases, one of which takes no NUL and none half a character."""
    house = House(
        database_url=database_url,
        secret_key="k" * 32,
        media_dir=tmp_path,
        clock=SetClock(NOW),
        release="test",
    )
    await house.work.run(lambda session: sample.load(session, NOW))
    await house.receiving.receive(message("302教室\x00的成绩系统\ud83d打不开了\u202e", 1))
    await house.receiving.receive(replace(message("确认提交", 2), media=()))
    found = await house.work.read(lambda session: list(session.scalars(select(Ticket.text))))
    await house.stop()
    assert found == ["302教室的成绩系统打不开了"]


async def test_a_request_that_cannot_be_read_is_kept_whatever_is_in_it(database_url: str, tmp_path: Path) -> None:
    """Else it would be refused with an error, and a platform repeats it, or a poll stands still before it."""
    house = House(
        database_url=database_url,
        secret_key="k" * 32,
        media_dir=tmp_path,
        clock=SetClock(NOW),
        release="test",
    )
    await house.receiving.unreadable("telegram", "7\x00", '{"text": "\x00\ud83d"}', "KeyError")
    kept = await house.work.read(lambda session: session.execute(select(Inbox.state, Inbox.raw)).all())
    await house.stop()
    assert [tuple(one) for one in kept] == [("unreadable", '{"text": ""}')]
