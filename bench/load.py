"""The load: a second process of many connections, each sending its next request when the last is answered.

The client is a few lines over asyncio's streams: a full HTTP client would cost more than a floor's server.
"""

import asyncio
import gc
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from time import perf_counter

from bench.contender import Contender, MakeRequest, Request, Result, Round


@dataclass(frozen=True)
class Load:
    """How hard: so many connections for so many seconds, after a warm-up that is not counted."""

    connections: int = 16
    seconds: float = 3.0
    warm_up: float = 0.5
    rounds: int = 3


async def measure(contenders: list[Contender], load: Load) -> list[Result]:
    """Start all contenders, then load them in turn, round by round, so that a slow minute hits each alike."""
    results = [Result(one.name) for one in contenders]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as second:
        async with AsyncExitStack() as stack:
            started = [await stack.enter_async_context(one.start()) for one in contenders]
            gc.collect()
            gc.freeze()  # as `python -m bot` does when it is up
            for turn in range(load.rounds):
                for contender, server, result in zip(contenders, started, results, strict=True):
                    firing = second.submit(fire, server.ports, contender.make_request, load, turn)
                    result.rounds.append(await asyncio.wrap_future(firing))
                    await server.rest()
    return results


def fire(ports: tuple[int, ...], make_request: MakeRequest, load: Load, turn: int) -> Round:
    """One round, in the second process. Requests of different rounds have different numbers."""
    return asyncio.run(_fire(ports, make_request, load, turn * 10_000_000))


async def _fire(ports: tuple[int, ...], make_request: MakeRequest, load: Load, first: int) -> Round:
    began = perf_counter() + load.warm_up
    ends = began + load.seconds
    talks = [
        _talk(ports[one % len(ports)], make_request, one, first, began, ends) for one in range(load.connections)
    ]
    spoken = await asyncio.gather(*talks)
    took = sorted(one for took, _ in spoken for one in took)
    return Round(
        answered=len(took), failed=sum(failed for _, failed in spoken), seconds=load.seconds,
        p50=_percentile(took, 0.50), p99=_percentile(took, 0.99),
    )


async def _talk(
    port: int, make_request: MakeRequest, connection: int, number: int, began: float, ends: float
) -> tuple[list[float], int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    took: list[float] = []
    failed = 0
    while (sent := perf_counter()) < ends:
        writer.write(_written(make_request(connection, number)))
        status = await _status(reader)
        answered = perf_counter()
        if began <= sent and answered <= ends:
            took.append((answered - sent) * 1000)
        failed += not 200 <= status < 300
        number += 1
    writer.close()
    await writer.wait_closed()
    return took, failed


def _written(request: Request) -> bytes:
    lines = [f"POST {request.path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(request.body)}"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    return "\r\n".join([*lines, "", ""]).encode() + request.body


async def _status(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
    if length:
        await reader.readexactly(length)
    return int(head.split(" ", 2)[1])


def _percentile(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")
