"""The drill, small: a few kills on each database. `make drill` kills a hundred times and prints the counts."""

import asyncio
from pathlib import Path

from tests.drills.drill import Result, drill

KILLS = 4


async def test_a_killed_desk_loses_nothing_and_says_nothing_twice(
    sqlite_url: str, postgres_url: str, tmp_path: Path
) -> None:
    """Both at once: most of the time is the minute that a lease of the killed process lasts."""
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
    results: list[Result] = await asyncio.gather(
        *(
            drill(url, place, kills=KILLS, seed=seed)
            for seed, (url, place) in enumerate(zip((sqlite_url, postgres_url), places, strict=True))
        )
    )
    for result in results:
        assert result.errors == []
        assert result.proof.holds, (
            str(result.proof),
            result.proof.stuck,
            result.proof.lost,
            result.proof.differences,
        )
        assert result.proof.reports > 0
