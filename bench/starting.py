"""From the start of the program to a page that answers, and the memory it takes then: `python -m bot` on SQLite.

Most of a start is reading libraries, and how long that takes is the machine's: so beside it, in turn with it, the
floor, an interpreter that imports all of them and ends. The target was set where that took 0.352 s.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

RUNS = 5
PAGE_BYTES = 4096
TARGETS = {"ready s": 1.0, "of floor": 1.0 / 0.352, "RSS MB": 110.0}
LIBRARIES = (
    "sqlalchemy.ext.asyncio", "sqlalchemy.orm", "asyncpg", "alembic.command", "aiohttp.web",
    "apscheduler.schedulers.asyncio", "telegram", "wechatpy", "wechatpy.crypto",
)  # fmt: skip


@dataclass(frozen=True)
class Start:
    """Seconds to the first answer of /healthz, and megabytes in memory after it; seconds of the bare libraries."""

    seconds: float
    megabytes: float
    floor: float


def starts() -> Start:
    """The median of several starts over a database that is there, as after a restart."""
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
        _start(Path(folder))  # makes the database
        found = [(*_start(Path(folder)), _floor()) for _ in range(RUNS)]
    return Start(*(median(each) for each in zip(*found, strict=True)))


def _floor() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {', '.join(LIBRARIES)}"], check=True)
    return time.perf_counter() - began


def _start(folder: Path) -> tuple[float, float]:
    port = free_port()
    given = {
        **os.environ,
        "YINGNUO_DATABASE_URL": f"sqlite:///{folder}/desk.db",
        "YINGNUO_MEDIA_DIR": str(folder),
        "YINGNUO_PORT": str(port),
        "YINGNUO_SECRET_KEY": "only-for-measuring-only-for-measuring",
    }
    began = time.perf_counter()
    desk = subprocess.Popen(
        [sys.executable, "-m", "bot"], env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _answered(f"http://127.0.0.1:{port}/healthz", desk)
        return time.perf_counter() - began, _resident(desk.pid) / 2**20
    finally:
        desk.terminate()
        desk.wait()


def _answered(url: str, desk: subprocess.Popen[bytes]) -> None:
    while desk.poll() is None:
        try:
            urlopen(url, timeout=1).close()
        except (URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"the desk ended with {desk.returncode} before it answered")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES
