"""The platform of a story: people with phones on one side, the desk's address on the other."""

import asyncio
import hashlib
import itertools
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from aiohttp import ClientError, ClientSession, web

from tests.doubles.platform import Said, Screens, Sequence, Shown, ShownButton, Traffic
from tests.doubles.wechat.api import Api
from tests.doubles.wechat.followers import LONG, SHORT, Follower
from tests.doubles.wechat.pushes import ACCOUNT, envelope, fields_of, passive, xml_of
from tests.doubles.wechat.sealing import Sealing
from tests.doubles.wechat.typing import typed_answer, typed_choice

APP_ID = "wx0123456789abcdef"
APP_SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "doubletoken1"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TRIES = 3
HANGS_UP_AFTER = timedelta(seconds=5)
SORRY = "该公众号暂时无法提供服务，请稍后再试"
CONTENTS = MappingProxyType({"photo": ("image", b"\xff\xd8\xff\xe0"), "voice": ("voice", b"#!AMR\n")})
OPENS = {"CLICK": SHORT, "SCAN": SHORT, "subscribe": SHORT, "scancode_waitmsg": SHORT, "scancode_push": SHORT}


class WechatPlatform:
    """See `tests.doubles.platform.Platform`. `api` holds the switches that a test may turn."""

    name = "wechat"

    def __init__(self, sequence: Sequence) -> None:
        self.traffic = Traffic()
        self.sealing = Sealing(APP_ID, TOKEN, AES_KEY)
        self.api = Api(APP_ID, APP_SECRET, Screens(sequence), self.traffic, datetime(2000, 1, 1, tzinfo=UTC))
        self.answers: list[tuple[int, str]] = []  # (status, body) of every push that was answered
        self._numbers = itertools.count(1)
        self._house_url = ""
        self._last: tuple[Follower, dict[str, object]] | None = None
        self._replied: set[str] = set()
        self._waiting: list[tuple[datetime, asyncio.Future[None]]] = []
        self._posts_at: datetime | None = None  # what was written before is brought later, and signed then

    async def start(self) -> None:
        self._phones = ClientSession()
        self._server = web.AppRunner(self.api.application(), access_log=None, shutdown_timeout=0.1)
        await self._server.setup()
        site = web.TCPSite(self._server, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._server.addresses[0][1]}"

    async def stop(self) -> None:
        await self._phones.close()
        await self._server.cleanup()

    def settings(self) -> Mapping[str, str]:
        return {
            "YINGNUO_WECHAT_APP_ID": APP_ID,
            "YINGNUO_WECHAT_APP_SECRET": APP_SECRET,
            "YINGNUO_WECHAT_TOKEN": TOKEN,
            "YINGNUO_WECHAT_AES_KEY": AES_KEY,
            "YINGNUO_WECHAT_BASE_URL": self.url,
        }

    def connect(self, house_url: str) -> None:
        self._house_url = house_url

    def set_clock(self, now: datetime) -> None:
        """Also hangs up on every push that has waited for five seconds by this clock."""
        self.api.now = now
        self._posts_at = max(now, self._posts_at or now)
        for at, waiter in self._waiting:
            if at <= now and not waiter.done():
                waiter.set_result(None)

    async def enrol(self, name: str) -> str:
        """A follower. By the rules of stories being bound opens the first window."""
        openid = "o" + hashlib.sha256(f"{name}{next(self._numbers)}".encode()).hexdigest()[:27]
        follower = self.api.followers[openid] = Follower(openid, name)
        follower.acts(self.api.now, LONG)
        return openid

    async def say(self, account: str, said: Said) -> None:
        follower = self.api.followers[account]
        if said.tap is not None:
            await self.push(account, self._tapped(follower, said.tap, said.tap_message_id))
            return
        if said.replies_to:
            for words in typed_answer(self.screen(account), said.replies_to, said.text):
                await self.push(account, {"MsgType": "text", "Content": words})
            return
        for fields in fields_of(said, self._media(said)):
            await self.push(account, fields)

    async def resend(self) -> None:
        """The same message, sealed and signed anew: as after an answer that was lost on the way."""
        assert self._last is not None
        follower, fields = self._last
        await self._try(follower, fields)

    async def follow(self, account: str, scene: str = "") -> None:
        """The person follows the account, perhaps by a code with a scene."""
        self.api.followers[account].is_following = True
        key = f"qrscene_{scene}" if scene else ""
        await self.push(account, {"MsgType": "event", "Event": "subscribe", "EventKey": key})

    async def leave(self, account: str) -> None:
        """The person stops following."""
        self.api.followers[account].is_following = False
        await self.push(account, {"MsgType": "event", "Event": "unsubscribe", "EventKey": ""})

    async def click(self, account: str, key: str) -> None:
        """A tap on the account's menu."""
        await self.push(account, {"MsgType": "event", "Event": "CLICK", "EventKey": key})

    def screen(self, account: str) -> list[Shown]:
        return self.api.screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        self.api.followers[account].refused = reason

    async def push(self, account: str, fields: Mapping[str, object]) -> None:
        """One message or event, pushed up to three times until the desk answers."""
        follower = self.api.followers[account]
        whole = {
            "ToUserName": ACCOUNT,
            "FromUserName": account,
            "CreateTime": int(self.api.now.timestamp()),
            **fields,
        }
        if whole["MsgType"] != "event":
            whole["MsgId"] = 24_000_000_000_000_000 + next(self._numbers)
        opens = OPENS.get(str(whole.get("Event"))) or (SHORT if "bizmsgmenuid" in whole else LONG)
        if whole["MsgType"] != "event" or str(whole["Event"]) in OPENS:
            follower.acts(self.api.now, opens)
        self._last = (follower, whole)
        for _ in range(TRIES):
            if await self._try(follower, whole):
                return
        self.api.show(follower, SORRY)

    async def _try(self, follower: Follower, fields: Mapping[str, object]) -> bool:
        """Whether the desk answered in time."""
        posting = asyncio.create_task(self._post(xml_of(fields)))
        hanging_up = asyncio.get_running_loop().create_future()
        waiting = (self.api.now + HANGS_UP_AFTER, hanging_up)
        self._waiting.append(waiting)
        try:
            await asyncio.wait({posting, hanging_up}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting.remove(waiting)
        if not posting.done():
            posting.cancel()
            return False
        try:
            status, body = posting.result()
        except ClientError:
            return False
        self.answers.append((status, body))
        if status == 200:
            self._take_answer(follower, fields, body)
        return status == 200

    async def _post(self, inner: str) -> tuple[int, str]:
        query, body = envelope(self.sealing, inner, self._posts_at or self.api.now, f"nonce{next(self._numbers)}")
        headers = {"Content-Type": "text/xml"}
        self.traffic.to_house += 1
        address = f"{self._house_url}/wechat"
        async with self._phones.post(address, params=query, data=body.encode(), headers=headers) as response:
            return response.status, await response.text()

    def _take_answer(self, follower: Follower, fields: Mapping[str, object], body: str) -> None:
        """A reply is shown once, however often the message was pushed; it costs none of the window."""
        reply = passive(self.sealing, body)
        if reply is None:
            return
        assert reply.account == follower.openid, "the reply is for somebody else"
        key = str(fields.get("MsgId") or (follower.openid, fields["CreateTime"], fields["Event"]))
        if key not in self._replied:
            self._replied.add(key)
            self.api.show(follower, reply.text)

    def _tapped(self, follower: Follower, button: ShownButton, message_id: str) -> dict[str, object]:
        """A line of a msgmenu comes back with its id; a line of a list is typed."""
        if words := follower.menu_lines.get(button.data):
            return {"MsgType": "text", "Content": words, "bizmsgmenuid": button.data}
        typed = typed_choice(self.screen(follower.openid), message_id, button)
        return {"MsgType": "text", "Content": typed}

    def _media(self, said: Said) -> str:
        if said.media_kind not in CONTENTS:
            return ""
        kind, start = CONTENTS[said.media_kind]
        return self.api.keep(kind, said.media_name or said.media_kind, start + said.media_name.encode())
