"""What every door checks first: size, type, depth. A wrong request gets a 4xx and changes nothing."""

import json

from aiohttp import ClientPayloadError, web
from aiohttp.http_exceptions import HttpProcessingError

MOST_DEPTH = 32


async def read_body(request: web.Request, *, limit: int, content_types: tuple[str, ...]) -> bytes:
    """The body, at most `limit` bytes. Raises 413, 415 or 400."""
    if request.content_type not in content_types:
        raise web.HTTPUnsupportedMediaType(text="content type")
    if request.content_length is not None and request.content_length > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=request.content_length)
    body = bytearray()
    try:
        async for chunk in request.content.iter_chunked(16 * 1024):
            body += chunk
            if len(body) > limit:
                raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=len(body))
    except (ClientPayloadError, HttpProcessingError) as error:
        raise web.HTTPBadRequest(text="body") from error
    return bytes(body)


def read_json(body: bytes) -> dict[str, object]:
    """A JSON object, not nested deeper than a real message. Raises 400."""
    try:
        text = body.decode("utf-8")
        _refuse_depth(text)
        value = json.loads(text, parse_constant=_refuse_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="json") from error
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="json object")
    return value


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON: PostgreSQL would not store them."""
    raise ValueError(name)


def _refuse_depth(text: str) -> None:
    """Brackets are counted before parsing: deep nesting costs the parser its stack."""
    depth, in_string, escaped = 0, False, False
    for char in text:
        if in_string:
            in_string, escaped = (char != '"' or escaped), char == "\\" and not escaped
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > MOST_DEPTH:
                raise ValueError("nested too deeply")
        elif char in "]}":
            depth -= 1
