"""Lets time pass: what falls due on the way happens at its own moment, the last instant included."""

from datetime import datetime

from tests.storyline.moments import written
from tests.storyline.play_state import UnmetError
from tests.storyline.stage import Stage

AT_ONE_MOMENT = 50  # rounds of work at one instant; more means that something falls due for ever


async def let_pass(stage: Stage, until: datetime) -> None:
    """Turn the clock to `until` by way of each due moment. Raises UnmetError when work never ends."""
    rounds = 0
    while (due := await stage.next_due()) is not None and due <= until:
        rounds = rounds + 1 if due <= stage.now else 0
        if rounds > AT_ONE_MOMENT:
            raise UnmetError(f"the desk to come to rest; something stays due at {written(due)}")
        stage.set_clock(max(due, stage.now))
        await stage.settle()
    stage.set_clock(until)
    await stage.settle()
