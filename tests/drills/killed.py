"""The desk as a process of its own that can be killed at any moment: the real program, its real clock."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
LOOK_SECONDS = 0.02


def free_port() -> int:
    """A port that nobody listens on, kept by the caller over every restart."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Desk:
    """One installation: settings, a place to run in, and the process while it lives."""

    settings: Mapping[str, str]
    place: Path
    port: int = field(default_factory=free_port)
    starts: list[float] = field(default_factory=list)  # seconds from start to ready
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start and wait until it listens. Raises RuntimeError when it does not come up."""
        given = {
            **self.settings,
            "YINGNUO_PORT": str(self.port),
            "YINGNUO_MEDIA_DIR": str(self.place / "media"),
        }
        began = time.monotonic()
        with (self.place / "desk.log").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                cwd=self.place,
                stdout=log,
                stderr=log,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **given},
            )
        await self._until_ready(began)
        self.starts.append(time.monotonic() - began)

    async def _until_ready(self, began: float) -> None:
        async with ClientSession() as session:
            while time.monotonic() - began < PATIENCE_SECONDS:
                try:
                    async with session.get(self.url + "/healthz"):
                        return
                except ClientError:
                    await asyncio.sleep(LOOK_SECONDS)
                if self.process is not None and self.process.returncode is not None:
                    break
        raise RuntimeError(f"the desk does not come up; its last words:\n{self.last_words()}")

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """As an operator would."""
        await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(how)
            await self.process.wait()

    def last_words(self) -> str:
        """The end of its log; whole when it broke."""
        return (self.place / "desk.log").read_text(errors="replace")[-3000:]

    def errors(self) -> list[str]:
        """Lines of its log that tell of a bug: a killed process writes none."""
        lines = (self.place / "desk.log").read_text(errors="replace").splitlines()
        return [line for line in lines if " ERROR " in line or line.startswith("Traceback")]
