"""What a voice provider tells: refused when forged, stale or replayed, else handed on once."""

from collections.abc import Mapping
from typing import Protocol

from aiohttp import web

from bot.guards import read_body
from bot.voice.http import CALLBACK
from bot.voice.port import ForgedError, Told

MOST_BYTES = 16 * 1024


class Hears(Protocol):
    """Whoever is told."""

    def read(self, headers: Mapping[str, str], body: bytes) -> Told: ...

    async def hear(self, told: Told) -> int:
        """The status to answer with: 204 taken in, 409 heard before, 404 nobody knows that call."""
        ...


def callback_routes(house: Hears) -> list[web.RouteDef]:
    """The one route; it answers a number and nothing else."""

    async def callback(request: web.Request) -> web.Response:
        body = await read_body(request, limit=MOST_BYTES, content_types=("application/json",))
        try:
            told = house.read(request.headers, body)
        except ForgedError:
            return web.Response(status=403)
        except ValueError:
            return web.Response(status=400)
        return web.Response(status=await house.hear(told))

    return [web.post(CALLBACK, callback)]
