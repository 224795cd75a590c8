"""Asking for updates, for a machine that Telegram cannot call: an update is confirmed only after its commit.

The library's own loop confirms what it has only in memory: a crash loses up to a hundred (fact sheet §4).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.telegram.reading import KINDS

log = logging.getLogger(__name__)

BACK_OFF_SECONDS = 3.0
NOTHING_CAME_SECONDS = 0.5  # a server that answers at once instead of waiting is not asked without end
LONGER_SECONDS: Mapping[type[Exception], float] = {Conflict: 30.0, InvalidToken: 60.0}

Take = Callable[[Mapping[str, object]], Awaitable[None]]
Sleep = Callable[[float], Awaitable[None]]


class Polling:
    """One poller; a second one on the same token ends in a conflict, and the older gives way for a while."""

    def __init__(self, bot: Bot, take: Take, seconds: int, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._take = take
        self._seconds = seconds
        self._sleep = sleep
        self._offset = 0

    async def run(self) -> None:
        """Until cancelled. What fails is asked again: nothing was confirmed."""
        while True:
            try:
                await self.once()
            except TelegramError as error:
                log.warning("telegram: polling failed: %s", type(error).__name__)
                await self._sleep(LONGER_SECONDS.get(type(error), BACK_OFF_SECONDS))
            except Exception as error:
                log.error("telegram: an update could not be taken", exc_info=error)
                await self._sleep(BACK_OFF_SECONDS)

    async def once(self) -> None:
        """Ask once and commit one by one; the next question confirms what is committed."""
        updates = await self._ask()
        for one in updates:
            await self._take(one)
            self._offset = int(str(one["update_id"])) + 1
        if not updates:
            # All is confirmed. After a silent week numbers may begin anew, lower: hold on to none.
            self._offset = 0
            await self._sleep(NOTHING_CAME_SECONDS)

    async def _ask(self) -> Sequence[Mapping[str, object]]:
        answer = await self._bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": self._offset, "timeout": self._seconds, "allowed_updates": list(KINDS)},
        )
        return answer if isinstance(answer, list) else []
