"""People who go on with their day while the desk is killed under them: teachers report, engineers take tickets."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.doubles.platform import Said, Shown
from tests.doubles.telegram import TelegramPlatform

AFTER_SECONDS = (0.02, 0.4)  # between one deed and the next
LOOKS = 40  # for a button that the desk may have died before showing


@dataclass
class Crowd:
    """`answered`: marks of reports whose confirmation the desk answered with 200."""

    platform: TelegramPlatform
    chance: random.Random
    answered: list[str] = field(default_factory=list)
    taken: int = 0
    going_on: bool = True
    _numbers: int = 0

    async def teach(self, account: str) -> None:
        """One teacher: report, describe, confirm; then the next matter."""
        while self.going_on:
            self._numbers += 1
            mark = f"编号{self._numbers:05d}"
            await self.platform.insist(account, Said(text="报修"))
            await self.platform.insist(account, Said(text=f"打印机卡纸了，{mark}"))
            await self._confirm(account, mark)
            self.answered.append(mark)
            await self._pause()

    async def _confirm(self, account: str, mark: str) -> None:
        """By the button where it came, by its label where the desk was killed before it showed one."""
        for _ in range(LOOKS if self.chance.random() < 0.5 else 0):
            shown = _with_button(self.platform.screen(account), "确认提交", mark)
            if shown is not None:
                await self._tap(account, shown, "确认提交")
                return
            await asyncio.sleep(0.05)
        await self.platform.insist(account, Said(text="确认提交"))

    async def engineer(self, account: str) -> None:
        """One engineer: takes whatever card offers it."""
        seen = 0
        while self.going_on:
            screen = self.platform.screen(account)
            for shown in screen[seen:]:
                if any(one.label == "接单" for one in shown.buttons):
                    await self._tap(account, shown, "接单")
                    self.taken += 1
            seen = len(screen)
            await self._pause()

    async def _tap(self, account: str, shown: Shown, label: str) -> None:
        button = next(one for one in shown.buttons if one.label == label)
        await self.platform.insist(account, Said(tap=button, tap_message_id=shown.message_id))

    async def _pause(self) -> None:
        await asyncio.sleep(self.chance.uniform(*AFTER_SECONDS))


def _with_button(screen: Sequence[Shown], label: str, mark: str) -> Shown | None:
    return next(
        (one for one in reversed(screen) if mark in one.text and any(b.label == label for b in one.buttons)),
        None,
    )
