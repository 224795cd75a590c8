"""`python -m tests.year`: a simulated year of a district, every promise of it recomputed by the oracle.

python -m tests.year --requests 20000 --database postgres --seed 7
"""

import argparse
import asyncio
import sys
import time

from tests.databases import KINDS, Kind, fresh_database
from tests.year.year import Result, Size, simulate

SHOWN = 20  # differences printed in full


def main() -> int:
    """Exit 1 where anything differs."""
    given = _arguments()
    size = Size(requests=given.requests, schools=given.schools, engineers=given.engineers, seed=given.seed)
    kinds = KINDS if given.database == "both" else (given.database,)
    results = [asyncio.run(_year(kind, size)) for kind in kinds]
    return 1 if any(one.differences for one in results) else 0


async def _year(kind: Kind, size: Size) -> Result:
    begun = time.monotonic()
    async with fresh_database(kind) as url:
        result = await simulate(url, size)
    print(f"{kind}: {result} seconds={time.monotonic() - begun:.0f}", flush=True)
    for one in result.differences[:SHOWN]:
        print(one)
    return result


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--schools", type=int, default=200)
    parser.add_argument("--engineers", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=[*KINDS, "both"], default="both")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
