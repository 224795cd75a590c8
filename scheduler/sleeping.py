"""How long the clocks may sleep, and whether somebody has set the wall's clock back: two rules without a clock."""

from datetime import datetime, timedelta
from typing import Final

LONGEST: Final = 30.0  # seconds: another process may have written something that no wake-up told of
LEFT_BEHIND: Final = 1.0  # rows that were due and stayed: another worker has them, or they failed
JUMP: Final = timedelta(seconds=2)  # what a time server puts right in small steps is no jump


def pause(moment: datetime | None, ran_at: datetime, now: datetime) -> float:
    """Seconds until the next run: exactly until `moment`, the next one at which something falls due.

    A row that fell due after the run began (`ran_at`) is not waited for at all.
    """
    if moment is None:
        return LONGEST
    if moment <= ran_at:
        return LEFT_BEHIND
    return min(max((moment - now).total_seconds(), 0.0), LONGEST)


def went_back(before: datetime, after: datetime, steady_seconds: float) -> bool:
    """Whether the wall's clock lost time against one that only runs forward."""
    return after - before < timedelta(seconds=steady_seconds) - JUMP
