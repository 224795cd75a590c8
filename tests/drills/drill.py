"""One drill: a crowd writes, the desk is killed again and again, then the tables are read."""

import asyncio
import random
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from agreement.words import Role
from bot.clock import RealClock
from bot.house import open_work
from bot.waking import Waking
from desk import seeding
from desk.alerting import sitting
from desk.rulebook import Rulebook
from storage.work import Work
from tests.doubles.platform import Sequence as Counter
from tests.doubles.telegram import TelegramPlatform
from tests.drills.crowd import Crowd
from tests.drills.killed import Desk
from tests.drills.proof import Proof, prove, stuck

TEACHERS, ENGINEERS = 12, 4
LIVES_SECONDS = (0.3, 1.5)  # of the desk, from ready to killed
SETTLES_SECONDS = 240  # a lease of a minute, and what is sent again after another
TICK_SECONDS = 0.05


@dataclass(frozen=True)
class Result:
    """What is printed."""

    kills: int
    proof: Proof
    starts: Sequence[float]
    errors: Sequence[str]

    @property
    def holds(self) -> bool:
        return self.proof.holds and not self.errors and self.proof.reports > 0


async def drill(database_url: str, place: Path, *, kills: int, seed: int) -> Result:
    """Kill the desk so often under load, on this database of empty tables. `place` keeps its log and files."""
    chance = random.Random(seed)
    clock = RealClock()
    platform = TelegramPlatform(Counter())
    platform.set_clock(clock.now())
    await platform.start()
    desk = Desk(
        {
            "YINGNUO_DATABASE_URL": database_url,
            "YINGNUO_SECRET_KEY": "drill" * 8,
            "YINGNUO_PUBLIC_URL": "https://desk.example",
            **platform.settings(),
        },
        place,
    )
    platform.connect(desk.url)
    work = open_work(database_url, Waking())
    try:
        crowd = Crowd(platform, chance)
        deeds = await _people(work, platform, crowd)
        await desk.start()
        tasks = [asyncio.create_task(one) for one in [*deeds, _telegram(platform)]]
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(*LIVES_SECONDS))
            await desk.kill()
            await desk.start()
        crowd.going_on = False
        await asyncio.gather(*tasks[:-1])
        await _settle(work, platform)
        tasks[-1].cancel()
        await desk.stop()
        proof = await work.read(
            lambda session: prove(
                session, sitting(session, Rulebook(), clock.now()), crowd.answered, clock.now()
            )
        )
        return Result(kills, proof, desk.starts, desk.errors())
    finally:
        await desk.kill()
        await work.close()
        await platform.stop()


async def _telegram(platform: TelegramPlatform) -> None:
    """Its clock runs, and what the desk did not take is pushed again."""
    while True:
        platform.set_clock(RealClock().now())
        await platform.look()
        await asyncio.sleep(TICK_SECONDS)


async def _people(work: Work, platform: TelegramPlatform, crowd: Crowd) -> list[Coroutine[None, None, None]]:
    """Accounts in the tables, and what each of them will do."""
    teachers = [await platform.enrol(f"老师{at}") for at in range(TEACHERS)]
    engineers = [await platform.enrol(f"工程师{at}") for at in range(ENGINEERS)]
    await work.run(partial(_seed, teachers=teachers, engineers=engineers))
    return [*map(crowd.teach, teachers), *map(crowd.engineer, engineers)]


def _seed(session: Session, teachers: Sequence[str], engineers: Sequence[str]) -> None:
    now = RealClock().now()
    school = seeding.school(session, now, "第一中学")
    for role, at, accounts in ((Role.TEACHER, school, teachers), (Role.ENGINEER, None, engineers)):
        for number, account in enumerate(accounts):
            person = seeding.person(session, now, f"{role.value}{number}")
            seeding.member(session, now, person, role, at)
            seeding.account(session, now, person, channel="telegram", external=account)
            if role is Role.ENGINEER:
                day = timedelta(days=1)
                seeding.shift(session, person, starts_at=now - day, ends_at=now + day)


async def _settle(work: Work, platform: TelegramPlatform) -> None:
    """Until every message is answered and everything that can leave has left, or long enough.

    What is still busy then is not waited for: the proof names it as stuck.
    """
    for _ in range(SETTLES_SECONDS):
        if not await _is_busy(work, platform):
            return
        await asyncio.sleep(1.0)


async def _is_busy(work: Work, platform: TelegramPlatform) -> bool:
    """Also what waits for its second sending is still on its way."""
    soon = RealClock().now() + timedelta(minutes=3)
    left = await work.read(lambda session: stuck(session, soon))
    return bool(left or platform.updates.waiting)
