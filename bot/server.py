"""The HTTP server: routes of the channels, and errors that show nobody a traceback."""

import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = logging.getLogger(__name__)

MOST_BYTES = 11 * 2**20  # uploads have 10 MiB; every other route caps its own body far lower (bot/guards.py)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def calm(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What no route caught: a log line, and an answer without a traceback."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except ConnectionResetError:
        raise
    except (web.RequestPayloadError, HttpProcessingError):  # a body that is not what its own headers say
        return web.json_response({"error": "body"}, status=400)
    except Exception as error:
        log.error("request to %s failed", request.match_info.route.resource, exc_info=error)
        return web.json_response({"error": "internal"}, status=500)


def application(routes: Sequence[web.RouteDef]) -> web.Application:
    """The application with these routes."""
    app = web.Application(middlewares=[calm], client_max_size=MOST_BYTES)
    app.add_routes(list(routes))
    return app
