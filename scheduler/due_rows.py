"""The kinds of row that fall due, as one table: what is done when their moment has come, and where it stands.

To add one: a column with a partial index, its row in `storage/falling_due.py` and its claim in `storage/due.py`, an act
over a sitting of the clock that does at most a hundred of them and returns how many it had, and a row here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desk import calendar_editions, gaps, shift_change, swapping, talk_untaken
from desk.alarming import ring_what_is_due
from desk.calls import show_what_is_due
from desk.following_up import ask_what_is_due
from desk.remembering import remember_what_is_due
from desk.sitting import Sitting
from storage import falling_due
from storage.falling_due import Due

Tick = Callable[[Sitting], int]


@dataclass(frozen=True)
class DueRows:
    """One kind. `tick` claims some that are due and does them, in one transaction; 0 when nothing is due."""

    name: str
    tick: Tick
    rows: Due


DUE_ROWS: Final[tuple[DueRows, ...]] = (
    DueRows("editions", calendar_editions.count_anew, falling_due.EDITIONS),
    DueRows("gaps", gaps.tell_due, falling_due.GAPS),
    DueRows("swaps", swapping.remind_due, falling_due.SWAPS),
    DueRows("talks", talk_untaken.tell_due, falling_due.TALKS),
    DueRows("shifts", shift_change.tell_due, falling_due.SHIFTS),
    DueRows("reminders", remember_what_is_due, falling_due.REMINDERS),
    DueRows("follow_ups", ask_what_is_due, falling_due.FOLLOW_UPS),
    DueRows("calls", show_what_is_due, falling_due.CALLS),
    DueRows("alarms", ring_what_is_due, falling_due.PROMISES),
)
# What other jobs than the clocks' attend to: they count for the next moment only.
ELSEWHERE: Final[tuple[Due, ...]] = (falling_due.LANES, falling_due.MEDIA, falling_due.RECORDS, falling_due.VOICE)
