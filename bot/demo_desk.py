"""The demo's board over the real tables, and its clock: moved on, everything due on the way happens in order."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot import sample
from bot.clock import MovedClock
from bot.house import House
from bot.web.links import Links
from conversations.menus import menu_of
from desk.alerting import sitting
from desk.board import board
from texts.say import render, say

MOST_STEPS = 2000
STEP = timedelta(microseconds=1)


class DemoDesk:
    """See `bot.web.ports.Demo`."""

    def __init__(self, house: House, links: Links, clock: MovedClock) -> None:
        self._house = house
        self._links = links
        self._clock = clock

    async def people(self) -> list[dict[str, object]]:
        now = self._clock.now()
        return [
            {
                "name": one.name,
                "role": one.role.value,
                "role_label": render(say(f"role.{one.role.value}"), "zh"),
                "school": one.school,
                "menu": menu_of([one.role], "zh"),
                "token": self._links.make(one.account, now + timedelta(days=365)),
            }
            for one in sample.PLAYERS
        ]

    async def board(self) -> dict[str, object]:
        return await self._house.work.read(self._board)

    def _board(self, session: Session) -> dict[str, object]:
        now = self._clock.now()
        return {"now": now.isoformat(), "tickets": board(sitting(session, self._house.rulebook, now))}

    async def advance(self, seconds: int) -> None:
        """Move on from one due moment to the next, so that alarms come in their order and at their time."""
        target = self._clock.now() + timedelta(seconds=seconds)
        for _ in range(MOST_STEPS):
            due_at = await self._house.next_due()
            if due_at is None or due_at > target:
                break
            self._to(due_at)
            await self._house.settle()
        self._to(target)
        await self._house.settle()

    def _to(self, moment: datetime) -> None:
        ahead = (moment + STEP - self._clock.now()).total_seconds()
        if ahead > 0:
            self._clock.advance(ahead)
