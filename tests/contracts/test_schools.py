"""Schools from a file: rooms with lasting codes, systems by all their names, and who reports by such a code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from agreement.toml_lines import PolicyError
from agreement.words import Role
from bot.clock import SetClock
from bot.entering_schools import enter_schools, print_codes
from bot.house import House
from bot.inviting import make_invite
from conversations.engine.messages import Incoming
from desk.schools import RoomCode
from storage.tables import Outbox

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
TEXT = '[[school]]\nname = "第一中学"\nrooms = ["302教室 / 302", "机房"]\nsystems = ["成绩系统 / 查分系统"]\n'


async def test_a_room_keeps_its_code(database_url: str) -> None:
    """The QR is on the wall: entering the file again, with another name for the room, changes no code."""
    first = await enter_schools(database_url, NOW, TEXT, "schools.toml")
    again = await enter_schools(database_url, NOW, TEXT.replace("/ 302", "/ 三楼302"), "schools.toml")
    assert first == again
    assert [one.room for one in first] == ["302教室", "机房"]
    assert len({one.code for one in first}) == 2


async def test_whoever_scans_it_reports_at_once(database_url: str, tmp_path: Path) -> None:
    """The sentence is read by the school's own names."""
    code = (await enter_schools(database_url, NOW, TEXT, "schools.toml"))[0].code
    house = House(
        database_url=database_url, secret_key="k" * 32, media_dir=tmp_path, clock=SetClock(NOW), release="test"
    )
    for number, (scan, text) in enumerate([(code, ""), ("", "查分系统打不开")]):
        await house.receiving.receive(
            Incoming(
                channel="web", account="x", chat="x", external_id=str(number), received_at=NOW, text=text, scan=scan
            )
        )
    said = await house.work.read(lambda session: session.scalars(select(Outbox.body).order_by(Outbox.id)).all())
    await house.stop()
    assert "第一中学 302教室" in said[0]["text"]
    assert "成绩系统" in said[-1]["text"]


async def test_an_invite_may_be_typed_after_a_room_was_scanned(database_url: str, tmp_path: Path) -> None:
    """It is no report of those letters."""
    code = (await enter_schools(database_url, NOW, TEXT, "schools.toml"))[0].code
    await make_invite(database_url, NOW, "Lnq-BCDSzxCi6_DZ", Role.TEACHER, "第一中学")
    house = House(
        database_url=database_url, secret_key="k" * 32, media_dir=tmp_path, clock=SetClock(NOW), release="test"
    )
    for number, (scan, text) in enumerate([(code, ""), ("", "Lnq-BCDSzxCi6_DZ"), ("", "吴老师"), ("", "13800000009")]):
        await house.receiving.receive(
            Incoming(
                channel="web", account="x", chat="x", external_id=str(number), received_at=NOW, text=text, scan=scan
            )
        )
    said = await house.work.read(lambda session: session.scalars(select(Outbox.body).order_by(Outbox.id)).all())
    await house.stop()
    assert said[-1]["text"].startswith("欢迎，吴老师！第一中学")


async def test_an_invite_to_a_school_that_nobody_knows_names_those_that_are(database_url: str) -> None:
    """第1中学 beside 第一中学 is a slip of the pen more often than a new school; the first of all is none."""
    said = [
        await make_invite(database_url, NOW, f"code-{number}", Role.TEACHER, school)
        for number, school in enumerate(["第一中学", "第一中学", "第1中学"])
    ]
    assert said == [[], (), ["第一中学"]]


async def test_each_channel_has_its_address() -> None:
    """The platforms are asked for their own; what is not connected has none."""
    lines: list[str] = []

    async def telegram(code: str) -> str:
        return f"https://t.me/desk_bot?start={code}"

    async def wechat(code: str) -> str:
        return f"http://weixin.qq.com/q/{code}"

    rooms = [RoomCode("第一中学", "机房", "abc")]
    await print_codes(rooms, "https://desk", lines.append, telegram=telegram, wechat=wechat)
    assert [one.split()[-1] for one in lines[1:]] == [
        "https://desk/web/room/abc", "https://t.me/desk_bot?start=abc", "http://weixin.qq.com/q/abc",
    ]  # fmt: skip
    lines.clear()
    await print_codes(rooms, "https://desk", lines.append)
    assert [one.split()[-1] for one in lines[1:]] == ["https://desk/web/room/abc"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (TEXT.replace("/ 302", "/ "), 3),
        (TEXT + TEXT, 6),
        (TEXT.replace("systems", "sistems"), 4),
        (TEXT.replace('"机房"', '"302教室"'), 3),
    ],
)
async def test_a_mistake_is_named_by_its_line(sqlite_url: str, text: str, line: int) -> None:
    """Nothing is entered."""
    with pytest.raises(PolicyError, match=f"schools.toml, line {line}:"):
        await enter_schools(sqlite_url, NOW, text, "schools.toml")
