"""The HTTP server: routes of the channels, and errors that show nobody a traceback."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

log = logging.getLogger(__name__)

ENCODINGS = frozenset({"", "identity"})
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


@web.middleware
async def plain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A body with a Content-Encoding is refused at every door rather than unpacked: nobody whom we talk to packs one,
    and one that lies makes a parser fail deep inside."""
    if request.body_exists and request.headers.get("Content-Encoding", "").strip().lower() not in ENCODINGS:
        reference = secrets.token_hex(4)  # so that whoever was refused can name the line
        log.warning("request %s to %s refused: content encoding", reference, request.match_info.route.resource)
        raise web.HTTPUnsupportedMediaType(text="content encoding", headers={"X-Request-Id": reference})
    return await handler(request)


class Discreet(logging.Filter):
    """What the HTTP library could not read, or a client that broke off, is one line with a number.

    The library's own line is a traceback that quotes the request at fault, with the token or the phone in it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Changes the record; always lets it through."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError | ConnectionError):
            record.msg, record.args = "request %s refused: %s", (secrets.token_hex(4), type(error).__name__)
            record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
        return True


def application(routes: Sequence[web.RouteDef]) -> web.Application:
    """The application with these routes."""
    app = web.Application(middlewares=[calm, plain], client_max_size=MOST_BYTES)
    app.add_routes(list(routes))
    return app


def runner(routes: Sequence[web.RouteDef], *, goodbye_seconds: float) -> web.AppRunner:
    """What serves these routes. It unpacks no body (see `plain`): the library would do so before any wall is asked, and
    log what cannot be unpacked with a traceback of its own."""
    library = logging.getLogger("yingnuo.http")
    library.filters = [Discreet()]
    return web.AppRunner(
        application(routes),
        logger=library,
        access_log=None,
        shutdown_timeout=goodbye_seconds,
        auto_decompress=False,
    )
