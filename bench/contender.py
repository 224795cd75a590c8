"""What takes part in a measurement: a server that can be started, and the requests it is sent.

Servers run in the measuring process, the load in a second one (`bench/load.py`): a client that shares the
server's loop measures itself. Everything a contender gives to the load must therefore be picklable.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from aiohttp import web


@dataclass(frozen=True)
class Request:
    """One HTTP POST."""

    path: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


class MakeRequest(Protocol):
    """A function at the top of a module: the request of this number on this connection, never the same."""

    def __call__(self, connection: int, number: int) -> Request: ...


@dataclass(frozen=True)
class Contender:
    """`start` opens the server for the length of the block."""

    name: str
    start: Callable[[], AbstractAsyncContextManager["Started"]]
    make_request: MakeRequest


async def at_rest() -> None:
    """For a server that does nothing between requests."""


@dataclass(frozen=True)
class Started:
    """A server that listens on these ports of 127.0.0.1, one for each process; `rest` returns when its background
    work is done.

    Called after each of its rounds, else what it still does slows the next contender.
    """

    ports: tuple[int, ...]
    rest: Callable[[], Awaitable[None]] = at_rest


@dataclass(frozen=True)
class Round:
    """One contender under load once. Latencies in milliseconds; `failed` counts answers other than 2xx."""

    answered: int
    failed: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


@dataclass
class Result:
    """All rounds of one contender; figures are medians over the rounds."""

    name: str
    rounds: list[Round] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return median(one.rate for one in self.rounds)

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return median(one.p50 for one in self.rounds)

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return median(one.p99 for one in self.rounds)

    @property
    def failed(self) -> int:
        """Answers that were errors, over all rounds: above 0 the other figures mean nothing."""
        return sum(one.failed for one in self.rounds)


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[int]:
    """Serve the application on a free port of 127.0.0.1."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(runner.cleanup)
        yield runner.addresses[0][1]
