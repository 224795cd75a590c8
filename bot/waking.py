"""Waking sleepers after a commit: by an event in this process, by NOTIFY (elsewhere) in the others."""

import asyncio
from collections.abc import Iterable


class Waking:
    """Sleepers wait on a name; whoever commits work for that name wakes them. A wake before the wait is not lost."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = {}

    def wake(self, names: Iterable[str]) -> None:
        """Wake everybody who sleeps on one of these names."""
        for name in names:
            self._event(name).set()

    async def wait(self, name: str, seconds: float) -> None:
        """Sleep until woken, at most so many seconds: polling is the safety net."""
        event = self._event(name)
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            event.clear()

    def _event(self, name: str) -> asyncio.Event:
        return self._events.setdefault(name, asyncio.Event())
