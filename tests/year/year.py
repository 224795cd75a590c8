"""One simulated year on one database, and what the oracle says of it."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bot.workdays import published
from desk import seeding
from desk.alerting import sitting
from desk.rulebook import Rulebook
from storage.work import Work
from tests.year.comparing import Difference, compare
from tests.year.district import District, Founding
from tests.year.inline import alone
from tests.year.log import Line, export
from tests.year.notices import NOTICES, publish
from tests.year.oracle.books import Books, read
from tests.year.reckoning import DAYS, reckon
from tests.year.seen import things_seen
from tests.year.simulation import Simulation, Span

YEAR = Span(datetime(2026, 6, 30, 16, tzinfo=UTC), datetime(2027, 6, 29, 16, tzinfo=UTC))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a year is."""

    requests: int = 2000
    schools: int = 200
    engineers: int = 60
    seed: int = 1


@dataclass(frozen=True)
class Result:
    """What is printed."""

    books: Books
    differences: Sequence[Difference]
    counts: Counter[str]
    requests: int
    seen: Counter[str]  # what of the things that a year must have was in it

    def __str__(self) -> str:
        seen = "".join(f"\n  {name}: {count}" for name, count in self.seen.items())
        return (
            f"requests={self.requests} promises={len(self.books.promises)} breaches={len(self.books.breaches)} "
            f"entitlements={len(self.books.entitlements)} differences={len(self.differences)}{seen}"
        )


async def simulate(database_url: str, size: Size) -> Result:
    """Let the year go by on this database of empty tables, and compare at its end."""
    chance = random.Random(size.seed)
    work, rulebook = alone(database_url), Rulebook()
    try:
        district = await work.run(lambda session: _found(session, rulebook, chance, size))
        simulation = Simulation(work, rulebook, district, chance, YEAR)
        simulation.fill(size.requests, before=NOTICES[0].at)
        # A chance of its own: what is said about the ledger changes nothing else in the year.
        reckoned = await _go_by(simulation, work, rulebook, district, random.Random(size.seed))
        books, differences = await work.read(lambda session: judge(session, rulebook, YEAR.ends_at))
        seen = await work.read(lambda session: things_seen(session, simulation, reckoned))
        return Result(books, differences, simulation.counts, len(simulation.requests), seen)
    finally:
        await work.close()


async def _go_by(
    simulation: Simulation, work: Work, rulebook: Rulebook, district: District, chance: random.Random
) -> Counter[str]:
    """The year with its notices and its days of reckoning. Returns what was done about the ledger."""
    reckoned: Counter[str] = Counter()
    notices = {one.at: one for one in NOTICES}
    for at in sorted({*notices, *DAYS}):
        await simulation.run_until(at)
        if at in notices:
            await work.run(lambda session, at=at: publish(session, rulebook, notices[at]))  # type: ignore[misc]
        else:
            reckoned += await work.run(lambda session, at=at: reckon(session, rulebook, district, chance, at))  # type: ignore[misc]
    await simulation.run_until(YEAR.ends_at)
    return reckoned


def _found(session: Session, rulebook: Rulebook, chance: random.Random, size: Size) -> District:
    seeding.calendar(session, published(range(2025, 2027)), "the first")
    return Founding(session, rulebook, chance, YEAR.begins_at).found(
        size.schools, size.engineers, YEAR.ends_at + timedelta(days=1)
    )


def judge(session: Session, rulebook: Rulebook, now: datetime) -> tuple[Books, list[Difference]]:
    """What the oracle makes of the log now, and where the product says otherwise."""
    log: list[Line] = export(session)
    books = read(log, now)
    return books, compare(session, sitting(session, rulebook, now), books)
