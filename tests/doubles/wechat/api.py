"""The platform's API as the desk sees it: tokens, customer service messages, media, menu, codes to scan.

Everything answers 200 with an `errcode`, as the real one does; what the double is told to refuse it refuses.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.doubles.platform import Screens, ShownButton, Traffic
from tests.doubles.wechat.followers import Follower
from tests.doubles.wechat.showing import split_list
from tests.doubles.wechat.tokens import Tokens

MOST_TEXT_BYTES = 2048
MOST_LINES = 10
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Stored:
    """A medium on the platform."""

    kind: str
    name: str
    content: bytes


@dataclass
class Api:
    """The account on the platform. Tests turn its switches; a story only refuses."""

    app_id: str
    app_secret: str
    screens: Screens
    traffic: Traffic
    now: datetime
    followers: dict[str, Follower] = field(default_factory=dict)
    tokens: Tokens = field(default_factory=Tokens)
    media: dict[str, Stored] = field(default_factory=dict)
    menu: dict[str, Any] | None = None
    scenes: dict[str, str] = field(default_factory=dict)
    orders: list[tuple[str, int]] = field(
        default_factory=list
    )  # (path's end, errcode) answered once, in order
    odd_answers: dict[str, Callable[[], web.Response]] = field(default_factory=dict)  # path's end → instead
    takes_menus: bool = True  # a test account does not
    calls: Counter[str] = field(default_factory=Counter)
    sent: list[dict[str, Any]] = field(default_factory=list)  # bodies of custom/send that were taken
    count: int = 0

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._counted], client_max_size=12 * 2**20)
        app.add_routes(
            [
                web.post("/cgi-bin/stable_token", self._stable_token),
                web.get("/cgi-bin/token", self._old_token),
                web.post("/cgi-bin/message/custom/send", self._send),
                web.post("/cgi-bin/media/upload", self._upload),
                web.get("/cgi-bin/media/get", self._download),
                web.post("/cgi-bin/qrcode/create", self._qrcode),
                web.post("/cgi-bin/menu/create", self._create_menu),
                web.get("/cgi-bin/menu/get", self._get_menu),
            ]
        )
        return app

    def order(self, path: str, code: int, times: int = 1) -> None:
        """The next calls whose path ends so are answered with this error; 0 lets one pass."""
        self.orders += [(path, code)] * times

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.traffic.from_house += 1
        self.calls[request.path.removeprefix("/cgi-bin/")] += 1
        if odd := next((make for end, make in self.odd_answers.items() if request.path.endswith(end)), None):
            await request.read()
            return odd()
        if code := self._ordered(request.path):
            return answer(code)
        if not request.path.endswith("token") and (code := self._judged(request)):
            return answer(code)
        return await handler(request)

    def _ordered(self, path: str) -> int:
        for at, (end, code) in enumerate(self.orders):
            if path.endswith(end):
                del self.orders[at]
                return code
        return 0

    def _judged(self, request: web.Request) -> int:
        return self.tokens.judge(request.query.get("access_token", ""), self.now)

    async def _stable_token(self, request: web.Request) -> web.Response:
        given = await request.json()
        return self._token(given.get("appid"), given.get("secret"))

    async def _old_token(self, request: web.Request) -> web.Response:
        """Each call makes the token before it void: a desk that uses it beside the other fights with
        itself."""
        self.tokens.revoke()
        return self._token(request.query.get("appid"), request.query.get("secret"))

    def _token(self, app_id: object, secret: object) -> web.Response:
        if app_id != self.app_id:
            return answer(40013)
        if secret != self.app_secret:
            return answer(40125)
        value, seconds = self.tokens.give(self.now)
        return web.json_response({"access_token": value, "expires_in": seconds})

    async def _send(self, request: web.Request) -> web.StreamResponse:
        raw = (await request.read()).decode()
        if "\\u" in raw:
            return answer(40033)
        body = json.loads(raw)
        follower = self.followers.get(body.get("touser", ""))
        if follower is None:
            return answer(40003)
        if follower.refused == "down":
            return web.Response(status=503, text="<html>busy</html>")
        if follower.refused == "timeout":
            return hang_up(request)
        code = self._wrong_with(body) or follower.takes(self.now)
        if not code:
            self.sent.append(body)
            self._show(follower, body)
        return answer(code)

    def _wrong_with(self, body: dict[str, Any]) -> int:
        content = body.get(str(body.get("msgtype")), {})
        match body.get("msgtype"):
            case "text":
                size = len(content["content"].encode())
                return 44004 if not size else 45002 if size > MOST_TEXT_BYTES else 0
            case "msgmenu" if not self.takes_menus:
                return 40200
            case "msgmenu":
                too_long = len(content["head_content"].encode()) > MOST_TEXT_BYTES
                return 45098 if len(content["list"]) > MOST_LINES else 45002 if too_long else 0
            case "image" | "voice" | "video" as kind:
                stored = self.media.get(content["media_id"])
                return 0 if stored is not None and stored.kind == kind else 40007
            case _:
                return 40008

    def _show(self, follower: Follower, body: dict[str, Any]) -> None:
        kind = body["msgtype"]
        content = body[kind]
        if kind == "text":
            self.show(follower, content["content"])
        elif kind == "msgmenu":
            lines = {one["id"]: one["content"] for one in content["list"]}
            follower.menu_lines |= lines
            buttons = tuple(ShownButton(label=label, data=data) for data, label in lines.items())
            self._on_screen(follower, content["head_content"] + content["tail_content"], buttons)
        else:
            word = {"image": "photo"}.get(kind, kind)
            self._on_screen(follower, f"<{word} {self.media[content['media_id']].name}>", ())

    def show(self, follower: Follower, text: str) -> None:
        """A text on the person's screen; a numbered list at its end is something to type."""
        self._on_screen(follower, *split_list(text))

    def _on_screen(self, follower: Follower, text: str, buttons: tuple[ShownButton, ...]) -> None:
        self.count += 1
        self.screens.show(
            account=follower.openid,
            message_id=f"w{self.count}",
            text=text,
            buttons=buttons,
            is_edit=False,
            at=self.now,
        )

    def keep(self, kind: str, name: str, content: bytes) -> str:
        """A medium that somebody sent; its MediaId."""
        self.count += 1
        media_id = f"media_{self.count:04d}_" + "m" * 50
        self.media[media_id] = Stored(kind, name, content)
        return media_id

    async def _upload(self, request: web.Request) -> web.Response:
        kind = request.query["type"]
        part = (await request.post())["media"]
        assert isinstance(part, web.FileField)
        media_id = self.keep(kind, part.filename, part.file.read())
        return web.json_response(
            {"type": kind, "media_id": media_id, "created_at": int(self.now.timestamp())}
        )

    async def _download(self, request: web.Request) -> web.Response:
        stored = self.media.get(request.query.get("media_id", ""))
        if stored is None:
            return answer(40007)
        if stored.kind == "video":
            return web.json_response({"video_url": stored.content.decode()})
        types = {"image": "image/jpeg", "voice": "audio/amr"}
        return web.Response(
            body=stored.content, content_type=types.get(stored.kind, "application/octet-stream")
        )

    async def _qrcode(self, request: web.Request) -> web.Response:
        scene = (await request.json())["action_info"]["scene"]["scene_str"]
        address = f"http://weixin.qq.com/q/{len(self.scenes):04d}"
        self.scenes[address] = scene
        return web.json_response({"ticket": f"gQ{len(self.scenes)}", "url": address})

    async def _create_menu(self, request: web.Request) -> web.Response:
        self.menu = await request.json()
        return answer(0)

    async def _get_menu(self, _request: web.Request) -> web.Response:
        if self.menu is None:
            return answer(46003)
        return web.json_response({"menu": self.menu})


def answer(code: int) -> web.Response:
    """As the platform words it."""
    return web.json_response(
        {"errcode": code, "errmsg": "ok" if not code else f"refused hint: [double] rid: {code}"}
    )


def hang_up(request: web.Request) -> web.Response:
    """The request was read and nobody will know what became of it."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
