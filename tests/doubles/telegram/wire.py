"""The Bot API's form on the wire: fields in four dresses, an envelope with `ok`, errors with a status."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
PAGE = (
    "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx/1.18.0</body></html>"
)


class ApiError(Exception):
    """A refusal in Telegram's words."""

    def __init__(self, code: int, words: str = "", **parameters: int) -> None:
        super().__init__(words)
        self.code = code
        self.description = f"{PHRASES[code]}: {words}" if words else PHRASES[code]
        self.parameters = parameters

    def response(self) -> web.Response:
        body: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return web.json_response(body, status=self.code)


def bad(words: str) -> ApiError:
    """400."""
    return ApiError(400, words)


def page(code: int, title: str) -> web.Response:
    """What stands before Telegram's servers answers in HTML."""
    return web.Response(status=code, text=PAGE.format(f"{code} {title}"), content_type="text/html")


@dataclass(frozen=True)
class Part:
    """An uploaded file."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Call:
    """One request as it came. `fields` are text, as forms are."""

    method: str
    fields: Mapping[str, str]
    parts: Mapping[str, Part] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """A whole number, None when absent."""
        value = self.fields.get(name, "")
        if not value:
            return None
        try:
            return int(value)
        except ValueError:
            raise bad(f"invalid {name} specified") from None

    def parsed(self, name: str) -> Any:
        """A field that holds JSON, None when absent."""
        if not self.fields.get(name):
            return None
        try:
            return json.loads(self.fields[name])
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None

    def says(self, name: str) -> bool:
        return self.fields.get(name, "").lower() in {"true", "1"}


async def read_call(request: web.Request) -> Call:
    """Query, form, multipart or JSON: Telegram takes all four."""
    fields = dict(request.query)
    parts: dict[str, Part] = {}
    if request.content_type == "application/json":
        given = await request.json()
        fields |= {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            parts[name] = Part(value.filename, value.file.read())
        else:
            assert isinstance(value, str)
            fields[name] = value
    return Call(request.match_info["method"].lower(), fields, parts)
