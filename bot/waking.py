"""Waking sleepers after a commit: by an event in this process; polling is the safety net for the others."""

import asyncio
from collections.abc import Iterable


class Waking:
    """Sleepers wait on a name beyond a version they saw: a wake between looking and sleeping is never lost."""

    def __init__(self) -> None:
        self._versions: dict[str, int] = {}
        self._events: dict[str, asyncio.Event] = {}

    def version(self, name: str) -> int:
        """How often this name was woken."""
        return self._versions.get(name, 0)

    def wake(self, names: Iterable[str]) -> None:
        """Wake everybody who sleeps on one of these names."""
        for name in names:
            self._versions[name] = self.version(name) + 1
            event = self._events.pop(name, None)
            if event is not None:
                event.set()

    async def wait(self, name: str, version: int, seconds: float) -> None:
        """Sleep until the name is woken beyond that version, at most so many seconds."""
        if self.version(name) > version:
            return
        event = self._events.setdefault(name, asyncio.Event())
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
