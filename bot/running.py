"""A house kept going: jobs that tick, and a sleeper for each thing that a commit can wake.

Every run of a job is timed and its last state kept in the tables, where `/healthz` reads it.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import RealClock
from bot.house import House
from bot.retrying import retry_failed
from scheduler.jobs import schedule, tick_anew
from scheduler.sleeping import pause, went_back
from storage import jobs
from storage.jobs import Ran

log = logging.getLogger(__name__)

NOTED_EVERY = timedelta(seconds=15)  # a job that finds nothing is noted this often, not at every tick
PING_SECONDS = 10
FINISH_SECONDS = 20  # for what is on its way when the house stops
MINDED_EVERY = 5


class Running:
    """The background of one process."""

    def __init__(self, house: House, dead_man_url: str = "") -> None:
        self._house = house
        self._dead_man_url = dead_man_url
        self._noted: dict[str, datetime] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._busy: dict[str, asyncio.Lock] = {}
        self._runs: set[asyncio.Task[None]] = set()
        self._scheduler = schedule(
            {
                "clocks": self._job("clocks", self._clocks),
                "delivery": self._job("delivery", house.delivery.go),
                "media": self._job("media", house.fetching.drain),
                "records": self._job("records", house.closing.drain),
                "voice": self._job("voice", house.ring),
                "heartbeat": self._job("heartbeat", self._heartbeat),
                "failed_messages": self._job("failed_messages", self._failed_messages),
                "daily": self._job("daily", self._daily),
            }
        )

    async def start(self) -> None:
        """Begin ticking, and sleep on what commits wake."""
        await self._job("heartbeat", self._heartbeat)()
        self._scheduler.start()
        self._tasks = [
            asyncio.create_task(self._whenever("delivery", "delivery", self._house.delivery.go)),
            asyncio.create_task(self._to_the_moment()),
            asyncio.create_task(self._mind_the_clock()),
            asyncio.create_task(self._whenever("records", "records", self._house.closing.drain)),
            asyncio.create_task(self._whenever("voice", "voice", self._house.ring)),
        ]

    async def stop(self) -> None:
        """Stop ticking; what runs is finished first, and what is being sent lands."""
        self._scheduler.shutdown(wait=False)
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FINISH_SECONDS):
                await asyncio.gather(*self._runs)
                await self._house.delivery.land()

    async def _whenever(self, woken_by: str, name: str, body: Callable[[], Awaitable[int]]) -> None:
        job = self._job(name, body)
        while True:
            version = self._house.waking.version(woken_by)
            await job()
            await self._house.waking.wait(woken_by, version, 30)

    async def _to_the_moment(self) -> None:
        """The clocks: run, then sleep until the next row falls due, or a commit brings a sooner one."""
        job = self._job("clocks", self._clocks)
        while True:
            version = self._house.waking.version("alarms")
            ran_at = self._house.clock.now()
            await job()
            await self._house.waking.wait("alarms", version, await self._pause(ran_at))

    async def _pause(self, ran_at: datetime) -> float:
        try:
            moment = await self._house.runner.next_of_rows()
        except Exception as problem:  # a database that is away for a moment must not end the sleeper
            log.error("the next moment cannot be read", exc_info=problem)
            moment = ran_at
        return pause(moment, ran_at, self._house.clock.now())

    async def _mind_the_clock(self) -> None:
        """APScheduler waits by the wall's clock: one that is set back would stop every job till it is made up."""
        wall = RealClock()
        while True:
            before, steady = wall.now(), time.monotonic()
            await asyncio.sleep(MINDED_EVERY)
            if went_back(before, wall.now(), time.monotonic() - steady):
                log.warning("the clock was set back: the jobs tick anew")
                tick_anew(self._scheduler)

    def _job(self, name: str, body: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[None]]:
        async def one() -> None:
            async with self._busy.setdefault(name, asyncio.Lock()):
                await self._timed(name, body)

        async def run() -> None:
            """Whoever waits for it may be stopped; the run itself is not cut off in the middle of a sending."""
            task = asyncio.create_task(one())
            self._runs.add(task)
            task.add_done_callback(self._runs.discard)
            await asyncio.shield(task)

        return run

    async def _timed(self, name: str, body: Callable[[], Awaitable[int]]) -> None:
        """Run once; an error is the job's state, not the end of the job."""
        started_at, started, error, done = self._house.clock.now(), time.monotonic(), "", 0
        try:
            done = await body()
        except Exception as problem:
            error = type(problem).__name__
            log.error("job %s failed", name, exc_info=problem)
        noted = self._noted.get(name)
        if done or error or noted is None or abs(started_at - noted) >= NOTED_EVERY:
            self._noted[name] = started_at
            ran = Ran(
                name=name,
                started_at=started_at,
                error=error,
                backlog=0,
                milliseconds=int((time.monotonic() - started) * 1000),
            )
            await self._note(ran)

    async def _note(self, ran: Ran) -> None:
        try:
            await self._house.work.run(lambda session: jobs.record(session, ran))
        except Exception as problem:  # a database that is away ends no sleeper: the next run is noted
            log.error("the state of job %s cannot be kept", ran.name, exc_info=problem)

    async def _clocks(self) -> int:
        return await self._house.runner.run(self._house.clock.now())

    async def _heartbeat(self) -> int:
        await self._house.runner.beat(self._house.clock.now())
        if self._dead_man_url:
            await self._ping()
        return 0

    async def _ping(self) -> None:
        try:
            async with ClientSession(timeout=ClientTimeout(total=PING_SECONDS)) as web:
                await web.get(self._dead_man_url)
        except (ClientError, TimeoutError) as error:
            log.warning("dead-man ping failed: %s", type(error).__name__)

    async def _failed_messages(self) -> int:
        now = self._house.clock.now()
        return await self._house.work.run(lambda session: retry_failed(session, self._house.reader, now))

    async def _daily(self) -> int:
        return await self._house.days.run(self._house.clock.now())
