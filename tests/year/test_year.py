"""A small year comes out the same by the product and by the oracle; and where a rule is broken, the oracle tells."""

import ast
import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agreement import clocks, terms
from agreement.segments import Segment, SegmentKind
from desk.rulebook import Rulebook
from tests.databases import fresh_sqlite
from tests.year.comparing import Difference
from tests.year.inline import alone
from tests.year.reckoning import DEEDS as LEDGER
from tests.year.year import YEAR, Result, Size, judge, simulate

ORACLE = Path(__file__).parent / "oracle"
RARE = {"merged", *(f"ledger: {name}" for name in LEDGER if name != "claim")}  # in so small a year
ALLOWED = {"collections", "dataclasses", "datetime", "typing", "zoneinfo"}


def test_the_oracle_imports_nothing_of_the_project() -> None:
    """A second opinion that borrows a rule is no second opinion."""
    found = {name for file in ORACLE.glob("*.py") for name in _imports(ast.parse(file.read_text("utf-8")))}
    strange = {name for name in found if name.split(".")[0] not in ALLOWED}
    assert all(name.startswith("tests.year.oracle") for name in strange), strange


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


async def test_a_year_on_postgresql_comes_out_the_same(postgres_url: str) -> None:
    """The same acts and the same scheduler on the other database."""
    result = await simulate(postgres_url, Size(requests=12, schools=4, engineers=6, seed=5))
    assert not result.differences, str(result.differences[0])


Year = tuple[str, Result]


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Year:
    """One year on SQLite, simulated once for all tests here."""
    url = fresh_sqlite(sqlite_template, tmp_path_factory.mktemp("year"))
    size = Size(requests=90, schools=12, engineers=12, seed=3)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return url, apart.submit(asyncio.run, simulate(url, size)).result()


def test_a_year_comes_out_the_same(year: Year) -> None:
    """Every due time, breach and entitlement of a year, those in the books as well, recomputed from the log alone."""
    _, result = year
    assert not result.differences, str(result.differences[0])
    assert len(result.books.promises) > 150
    assert result.books.breaches
    assert result.books.entitlements


def test_a_year_has_seen_everything(year: Year) -> None:
    """Outages, two editions of the calendar, leave, silence, refusals, re-sorting and the ledger: none is missing."""
    _, result = year
    assert result.seen["outages of 3 h"] == 2
    assert not [name for name, count in result.seen.items() if not count and name not in RARE]


def first_day_counts(patch: pytest.MonkeyPatch) -> None:
    after = terms._days_after
    patch.setattr(terms, "_days_after", lambda day: after(day - timedelta(days=1)))


def nothing_is_undone(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(clocks.STEP, SegmentKind.UNKEPT, lambda course, _: course)


def the_due_instant_is_late(patch: pytest.MonkeyPatch) -> None:
    kept = clocks.STEP[SegmentKind.KEPT]

    def late(course: clocks._Course, segment: Segment) -> clocks._Course:
        is_due = segment.at == course.due(segment.at).at
        return kept(
            course, replace(segment, at=segment.at + timedelta(microseconds=1)) if is_due else segment
        )

    patch.setitem(clocks.STEP, SegmentKind.KEPT, late)


def what_is_broken_may_be_withdrawn(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(clocks, "_passed", lambda course, _: course)


BREAKS = (
    first_day_counts,
    nothing_is_undone,
    the_due_instant_is_late,
    what_is_broken_may_be_withdrawn,
)


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: str(one.__name__))
def test_a_broken_rule_is_seen(
    year: Year, broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break one rule of the agreement's code and the comparison tells."""
    url, _ = year
    broken(monkeypatch)
    assert asyncio.run(_differences(url))


async def _differences(url: str) -> list[Difference]:
    work = alone(url)
    try:
        return (await work.read(lambda session: judge(session, Rulebook(), YEAR.ends_at)))[1]
    finally:
        await work.close()
