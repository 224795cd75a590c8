"""`python -m tests.drills`: kill the desk under load, on each database, and count what was lost.

python -m tests.drills --kills 100 --database both --seed 1
"""

import argparse
import asyncio
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.databases import KINDS, Kind, fresh_database
from tests.drills.drill import Result, drill


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when nothing was lost, doubled, stuck or wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.drills", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(arguments)
    kinds = KINDS if wanted.database == "both" else (wanted.database,)
    results = [asyncio.run(run(kind, kills=wanted.kills, seed=wanted.seed)) for kind in kinds]
    return 0 if all(one.holds for one in results) else 1


async def run(kind: Kind, *, kills: int, seed: int) -> Result:
    """One drill, printed."""
    with tempfile.TemporaryDirectory(prefix="yn-drill-") as place:
        async with fresh_database(kind) as url:
            result = await drill(url, Path(place), kills=kills, seed=seed)
    print(report(kind, result), flush=True)
    return result


def report(kind: str, result: Result) -> str:
    """The line, and below it what each number stands for."""
    starts = sorted(result.starts)
    lines = [
        f"drill {kind}: kills={result.kills} {result.proof}",
        f"  start to ready: median {statistics.median(starts):.2f} s, worst {starts[-1]:.2f} s",
    ]
    lines += [f"  unsure {why}: {count}" for why, count in sorted(result.proof.unsure.items())]
    for name in ("lost", "doubled", "stuck", "differences"):
        lines += [f"  {name}: {one}" for one in getattr(result.proof, name)[:20]]
    return "\n".join([*lines, *(f"  log: {line}" for line in result.errors[:20])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
