"""A file that a page gives to be taken away, under a Chinese name that every browser reads."""

from urllib.parse import quote

from aiohttp import web

from console.pages import HEADERS


def attachment(content: bytes, media_type: str, name: str) -> web.Response:
    """The response that is kept as a file of this name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers = {**HEADERS, "Content-Disposition": disposition}
    return web.Response(body=content, content_type=media_type, headers=headers)
