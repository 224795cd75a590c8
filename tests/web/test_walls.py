"""What a stranger, a forger or a broken client sends to the web chat: a 4xx, and nothing is stored."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, FormData
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from yarl import URL

from agreement.words import Role
from bot.clock import SetClock
from bot.house import House
from bot.mailbox import OutboxMailbox
from bot.web.channel import WebChannel
from bot.web.links import Links
from bot.web.uploads import MOST_BYTES, DiskUploads
from conversations.commanding import RULES
from conversations.menus import MENUS
from storage.tables import Account, Heartbeat, Inbox

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SECRET = "a secret that only this test knows"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


class Desk:
    """A house with only the web chat, and a client of it."""

    def __init__(self, house: House, http: ClientSession, links: Links) -> None:
        self._house = house
        self.http = http
        self.links = links
        self.url = f"http://127.0.0.1:{house.port}"

    def token(self, account: str = "wang") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.links.make(account, NOW)}"}

    async def stored(self) -> int:
        """Rows that anything left behind."""

        async def count(table: type[Inbox] | type[Account]) -> int:
            query = select(func.count()).select_from(table)
            return await self._house.work.read(lambda session: session.scalar(query) or 0)

        return await count(Inbox) + await count(Account)


    async def settle(self) -> None:
        await self._house.settle()

    async def was_down(self, how_long: timedelta) -> None:
        """It beat until then, and again from now on."""
        spans = [(NOW - timedelta(days=2), NOW - how_long), (NOW, NOW)]

        def beat(session: Session) -> None:
            session.execute(delete(Heartbeat))
            session.add_all(Heartbeat(began_at=began, last_at=last) for began, last in spans)

        await self._house.work.run(beat)

    async def sent_at(self) -> datetime | None:
        """When the one message counts as sent."""
        return await self._house.work.read(lambda session: session.scalar(select(Inbox.sent_at)))


@pytest.fixture
async def desk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = SetClock(NOW)
    house = House(database_url=sqlite_url, secret_key=SECRET, media_dir=tmp_path, clock=clock, release="test")
    links = Links(SECRET)
    house.add(WebChannel(links, OutboxMailbox(house.work, house.waking), DiskUploads(tmp_path), clock.now))
    await house.start("127.0.0.1", 0)
    async with ClientSession() as http:
        yield Desk(house, http, links)
    await house.stop()


def bomb(depth: int) -> bytes:
    return b'{"id":"1","text":' + b"[" * depth + b"]" * depth + b"}"


JSON = {"Content-Type": "application/json"}
WALLS: list[tuple[str, dict[str, str], bytes, int]] = [
    ("wrong content type", {"Content-Type": "text/plain"}, b'{"id":"1","text":"x"}', 415),
    ("an encoding that lies", JSON | {"Content-Encoding": "gzip"}, b'{"id":"1","text":"x"}', 415),
    ("an unknown encoding", JSON | {"Content-Encoding": "br"}, b'{"id":"1","text":"x"}', 415),
    ("more than 64 KiB", JSON, b'{"id":"1","text":"' + b"x" * 70_000 + b'"}', 413),
    ("no JSON", JSON, b"{", 400),
    ("a list", JSON, b"[]", 400),
    ("not UTF-8", JSON, b'{"id":"1","text":"\xff\xfe"}', 400),
    ("nested deeply", JSON, bomb(5_000), 400),
    ("no id", JSON, b'{"text":"x"}', 400),
    ("an id with blanks", JSON, b'{"id":"a b","text":"x"}', 400),
    ("a text that is a number", JSON, b'{"id":"1","text":5}', 400),
    ("a text too long", JSON, json.dumps({"id": "1", "text": "x" * 4001}).encode(), 400),
    ("an upload that never was", JSON, b'{"id":"1","uploads":[{"upload":"../../etc/passwd"}]}', 400),
    ("a place no float can hold", JSON, b'{"id":"1","uploads":[{"latitude":' + b"9" * 400 + b',"longitude":1}]}', 400),
    ("a place that is no number", JSON, b'{"id":"1","uploads":[{"latitude":NaN,"longitude":1}]}', 400),
    ("a place beyond the earth", JSON, b'{"id":"1","uploads":[{"latitude":1e999,"longitude":1}]}', 400),
    ("a place that is true", JSON, b'{"id":"1","uploads":[{"latitude":true,"longitude":1}]}', 400),
    (
        "a voice of a million years",
        JSON,
        b'{"id":"1","uploads":[{"upload":"' + b"a" * 64 + b'","type":"audio/ogg","seconds":' + b"9" * 30 + b"}]}",
        400,
    ),
    ("a wait of words", JSON, b'{"id":"1","text":"x","waited":"long"}', 400),
    ("a wait into the future", JSON, b'{"id":"1","text":"x","waited":-60}', 400),
    ("a wait of years", JSON, b'{"id":"1","text":"x","waited":99999999}', 400),
    (
        "a type with a line of its own",
        JSON,
        b'{"id":"1","uploads":[{"upload":"' + b"a" * 64 + b'","type":"image/x\\nSet-Cookie: a=b"}]}',
        400,
    ),
    ("ten uploads", JSON, json.dumps({"id": "1", "uploads": [{}] * 10}).encode(), 400),
]


@pytest.mark.parametrize(
    ("headers", "body", "status"), [row[1:] for row in WALLS], ids=[row[0] for row in WALLS]
)
async def test_a_wrong_request_is_refused_and_changes_nothing(
    desk: Desk, headers: dict[str, str], body: bytes, status: int
) -> None:
    """Each with the right token, so that only what is wrong decides."""
    url = f"{desk.url}/web/messages"
    async with desk.http.post(url, data=body, headers=desk.token() | headers) as answer:
        text = await answer.text()
        assert (answer.status, "Traceback" in text) == (status, False)
    assert await desk.stored() == 0


async def test_nobody_without_a_valid_token_is_heard(desk: Desk) -> None:
    """None, forged, cut, of another key, ended: all the same 401."""
    good = desk.links.make("wang", NOW)
    ended = desk.links.make("wang", NOW - timedelta(days=400))
    foreign = Links("another key").make("wang", NOW)
    moved = good.replace(good.partition(".")[0], "bGl1")  # somebody else's name under the same seal
    for token in ("", "x", good[:-1], ended, foreign, moved, "..", "a.b.c"):
        headers = {"Authorization": f"Bearer {token}"}
        async with desk.http.post(
            f"{desk.url}/web/messages", json={"id": "1", "text": "x"}, headers=headers
        ) as one:
            assert (token, one.status) == (token, 401)
        async with desk.http.get(f"{desk.url}/web/messages", headers=headers) as one:
            assert one.status == 401
    assert await desk.stored() == 0


def test_a_token_that_is_no_text_is_nobodys() -> None:
    """A header may hold any byte; aiohttp gives those that are no UTF-8 as half characters."""
    links = Links(SECRET)
    good = links.make("wang", NOW)
    assert [links.account_of(one, NOW) for one in ("a\udcff.1.x", good + "\udcff", "\udcff." + good)] == [None] * 3


@pytest.mark.parametrize(("waited", "sent_ago"), [(0, 0), (1200, 1200), (3600, 0)])
async def test_a_page_is_believed_only_about_the_time_when_the_desk_was_down(
    desk: Desk, waited: int, sent_ago: int
) -> None:
    """Down for the last half hour: nobody moves a report back by saying that it waited longer."""
    await desk.was_down(timedelta(minutes=30))
    body = {"id": "late", "text": "投影坏了", "waited": waited}
    async with desk.http.post(f"{desk.url}/web/messages", json=body, headers=desk.token()) as answer:
        assert answer.status == 200
    assert await desk.sent_at() == NOW - timedelta(seconds=sent_ago)


async def test_the_same_message_twice_is_one(desk: Desk) -> None:
    """A browser that saw no answer sends again with the same id."""
    receptions = []
    for _ in range(2):
        body = {"id": "once", "text": "你好"}
        async with desk.http.post(f"{desk.url}/web/messages", json=body, headers=desk.token()) as answer:
            receptions.append((await answer.json())["reception"])
    assert receptions == ["new", "seen"]


async def test_nobody_reads_what_another_was_sent(desk: Desk) -> None:
    """The sequence of the stream is the house's; the messages are each one's own."""
    async with desk.http.post(
        f"{desk.url}/web/messages", json={"id": "1", "text": "你好"}, headers=desk.token("wang")
    ) as answer:
        assert answer.status == 200
    async with desk.http.get(f"{desk.url}/web/messages", headers=desk.token("liu")) as answer:
        assert (await answer.json())["messages"] == []


UPLOADS: list[tuple[str, bytes, int]] = [
    ("a photo", PNG, 200),
    ("a text", "日志\n".encode(), 200),
    ("a program", b"MZ\x90\0" + b"\0" * 64, 415),
    ("a page", b"<html><script>alert(1)</script>", 415),
    ("nothing", b"", 415),
    ("too large", PNG + b"\0" * MOST_BYTES, 413),
]


@pytest.mark.parametrize(("content", "status"), [row[1:] for row in UPLOADS], ids=[row[0] for row in UPLOADS])
async def test_an_upload_is_judged_by_its_bytes(desk: Desk, content: bytes, status: int) -> None:
    """Whatever its name says."""
    form = FormData()
    form.add_field("file", content, filename="photo.png", content_type="image/png")
    async with desk.http.post(f"{desk.url}/web/uploads", data=form, headers=desk.token()) as answer:
        assert answer.status == status


PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\nx\r\n--b--\r\n'
BROKEN: list[tuple[str, dict[str, str], bytes, int]] = [
    ("an encoding that lies", {"Content-Encoding": "gzip"}, PART % b"a", 415),
    ("a name of twenty thousand letters", {}, PART % (b"a" * 20_000), 400),
    ("no boundary in it", {}, b"x", 400),
    ("a form in the form", {}, b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--", 400),
]


@pytest.mark.parametrize(("headers", "body", "status"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
async def test_a_broken_form_is_refused(desk: Desk, headers: dict[str, str], body: bytes, status: int) -> None:
    """Never a 5xx: whoever sends it learns that it is theirs to mend."""
    sent = desk.token() | {"Content-Type": "multipart/form-data; boundary=b"} | headers
    async with desk.http.post(f"{desk.url}/web/uploads", data=body, headers=sent) as answer:
        assert answer.status == status


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize(
    ("path", "kind"), [("messages", "application/json"), ("uploads", "multipart/form-data; boundary=b")]
)
async def test_a_lying_encoding_is_one_line_of_the_log(
    desk: Desk, path: str, kind: str, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Written to the socket as it is; the line bears the number that whoever was refused has read, and no traceback."""
    where = URL(desk.url)
    reader, writer = await asyncio.open_connection(where.host, where.port)
    headers = desk.token() | {"Content-Type": kind, "Content-Encoding": encoding, "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"POST /web/{path} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n{head}\r\nplain".encode())
    answer = (await reader.read()).decode()
    writer.close()
    number = answer.partition("X-Request-Id: ")[2][:8]
    assert answer.split()[1] == "415"
    assert [number in one.getMessage() for one in caplog.records] == [True]
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize(
    "sent",
    [
        "GET /web/chat?k=SECRET x HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer SECRET\x01\r\n\r\n",
        "POST /web/messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n",
    ],
)
async def test_what_is_no_http_is_one_line_of_the_log_without_what_it_said(
    desk: Desk, sent: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A blank in the address, a sign in a header that is none, a chunk without a length: the library quotes them."""
    where = URL(desk.url)
    reader, writer = await asyncio.open_connection(where.host, where.port)
    writer.write(sent.encode())
    answer = (await reader.read()).decode()
    writer.close()
    assert answer.split()[1] in {"400", "401"}
    assert "SECRET" not in caplog.text
    assert [one.exc_info for one in caplog.records] == [None]


@pytest.mark.parametrize(("name", "status"), [("x.exe", 415), ("安装.BAT", 415), ("x.js.", 415), ("x.txt", 200)])
async def test_an_upload_named_like_a_program_is_refused(desk: Desk, name: str, status: int) -> None:
    """Two letters are text by their bytes, and a script all the same."""
    form = FormData()
    form.add_field("file", b"MV", filename=name, content_type="text/plain")
    async with desk.http.post(f"{desk.url}/web/uploads", data=form, headers=desk.token()) as answer:
        assert answer.status == status


async def test_a_file_that_takes_the_name_of_a_program_later_is_left_out(desk: Desk) -> None:
    """Kept under a harmless name, sent under another: the words count, the file does not, and its sender reads so."""
    one = {"upload": "a" * 64, "name": "x.exe", "type": "text/plain"}
    body = {"id": "1", "text": "帮助", "uploads": [one]}
    async with desk.http.post(f"{desk.url}/web/messages", json=body, headers=desk.token()) as answer:
        assert answer.status == 200
    await desk.settle()
    async with desk.http.get(f"{desk.url}/web/messages", headers=desk.token()) as answer:
        (said,) = (await answer.json())["messages"]
    assert said["text"].startswith("📎 这种文件收不了：程序和脚本不收。")
    assert "直接写一句话或发张照片就能报修" in said["text"]


async def test_an_upload_needs_a_token_and_a_form(desk: Desk) -> None:
    """The route has a limit of its own, and no other door."""
    async with desk.http.post(f"{desk.url}/web/uploads", data=b"x") as answer:
        assert answer.status == 401
    async with desk.http.post(f"{desk.url}/web/uploads", data=b"x", headers=desk.token()) as answer:
        assert answer.status == 415


async def test_a_newcomer_is_answered_in_the_language_of_the_browser(desk: Desk) -> None:
    """The menu too, before and after the first word; what stands in it are words of the house."""
    english, chinese = desk.token("jane"), desk.token("wang")
    me = f"{desk.url}/web/me"
    async with desk.http.get(me) as answer:
        assert answer.status == 401
    async with desk.http.get(f"{me}?language=en", headers=english) as answer:
        assert await answer.json() == {"language": "en", "menu": ["Report", "Progress", "On duty", "Help", "Human"]}
    for token, language in ((english, "en-GB"), (chinese, "zh-CN")):
        body = {"id": "1", "text": "hello", "language": language}
        async with desk.http.post(f"{desk.url}/web/messages", json=body, headers=token) as answer:
            assert answer.status == 200
    async with desk.http.get(me, headers=english) as answer:
        assert (await answer.json())["language"] == "en"
    async with desk.http.get(f"{me}?language=en", headers=chinese) as answer:
        assert (await answer.json())["language"] == "zh"


async def test_what_somebody_chose_counts_for_more_than_what_their_browser_speaks(desk: Desk) -> None:
    """It says so with every message; the choice stays, and the menu follows it."""
    jane, me = desk.token("jane"), f"{desk.url}/web/me"
    for number, words in enumerate(("hello", "中文", "你好")):
        body = {"id": str(number), "text": words, "language": "en-GB"}
        async with desk.http.post(f"{desk.url}/web/messages", json=body, headers=jane) as answer:
            assert answer.status == 200
    async with desk.http.get(f"{me}?language=en", headers=jane) as answer:
        looking = await answer.json()
    assert (looking["language"], looking["menu"][0]) == ("zh", "报修")


def test_every_word_of_a_menu_is_a_command() -> None:
    """A button that is answered by "what do you mean?" would be worse than none."""
    assert {key for own in MENUS.values() for key in own} <= set(RULES)
    assert set(MENUS) == set(Role)
