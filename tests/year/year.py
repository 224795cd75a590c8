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
from tests.year.comparing import Difference, compare
from tests.year.district import District, Founding
from tests.year.inline import alone
from tests.year.log import Line, export
from tests.year.oracle.books import Books, read
from tests.year.simulation import Simulation, Span

YEAR = Span(datetime(2026, 1, 4, 16, tzinfo=UTC), datetime(2026, 12, 30, 16, tzinfo=UTC))


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

    def __str__(self) -> str:
        return (
            f"requests={self.requests} promises={len(self.books.promises)} breaches={len(self.books.breaches)} "
            f"entitlements={len(self.books.entitlements)} differences={len(self.differences)}"
        )


async def simulate(database_url: str, size: Size) -> Result:
    """Let the year go by on this database of empty tables, and compare at its end."""
    chance = random.Random(size.seed)
    work, rulebook = alone(database_url), Rulebook()
    try:
        district = await work.run(lambda session: _found(session, chance, size))
        simulation = Simulation(work, rulebook, district, chance, YEAR)
        simulation.fill(size.requests)
        await simulation.run_until(YEAR.ends_at)
        books, differences = await work.read(lambda session: judge(session, rulebook, YEAR.ends_at))
        return Result(books, differences, simulation.counts, len(simulation.requests))
    finally:
        await work.close()


def _found(session: Session, chance: random.Random, size: Size) -> District:
    seeding.calendar(session, published(range(2025, 2027)), "the first")
    return Founding(session, chance, YEAR.begins_at).found(
        size.schools, size.engineers, YEAR.ends_at + timedelta(days=1)
    )


def judge(session: Session, rulebook: Rulebook, now: datetime) -> tuple[Books, list[Difference]]:
    """What the oracle makes of the log now, and where the product says otherwise."""
    log: list[Line] = export(session)
    books = read(log, now)
    return books, compare(session, sitting(session, rulebook, now), books)
