"""Two processes on one PostgreSQL wake each other after a commit."""

from pathlib import Path

from bot.clock import RealClock
from bot.house import House
from storage.work import wake

SECONDS = 10.0


async def test_a_commit_in_one_process_wakes_the_other(postgres_url: str, tmp_path: Path) -> None:
    """Well before the safety poll would have looked."""
    houses = [_house(postgres_url, tmp_path) for _ in range(2)]
    for house in houses:
        await house.start("127.0.0.1", 0)
    first, second = houses
    seen = 0
    while second.waking.version("delivery") == 0:  # the listener may still be connecting: tell again
        await first.work.run(lambda session: wake(session, "delivery"))
        await second.waking.wait("delivery", 0, SECONDS / 50)
        seen += 1
        assert seen < 50, "the other process was never woken"
    for house in houses:
        await house.stop()


def _house(url: str, directory: Path) -> House:
    return House(
        database_url=url, secret_key="k" * 32, media_dir=directory, clock=RealClock(), release="test"
    )
