"""From the start of the program to a page that answers, and the memory it takes then: `python -m bot` on SQLite."""

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
TARGETS = {"ready s": 1.0, "RSS MB": 110.0}


@dataclass(frozen=True)
class Start:
    """Seconds to the first answer of /healthz, and megabytes in memory after it."""

    seconds: float
    megabytes: float


def starts() -> Start:
    """The median of several starts over a database that is there, as after a restart."""
    with tempfile.TemporaryDirectory(prefix="yn-bench-") as folder:
        _start(Path(folder))  # makes the database
        found = [_start(Path(folder)) for _ in range(RUNS)]
    return Start(median(one.seconds for one in found), median(one.megabytes for one in found))


def _start(folder: Path) -> Start:
    port = free_port()
    given = {
        **os.environ,
        "YINGNUO_DATABASE_URL": f"sqlite:///{folder}/desk.db",
        "YINGNUO_MEDIA_DIR": str(folder),
        "YINGNUO_PORT": str(port),
        "YINGNUO_SECRET_KEY": "only-for-measuring-only-for-measuring",
    }
    began = time.perf_counter()
    desk = subprocess.Popen([sys.executable, "-m", "bot"], env=given, stderr=subprocess.DEVNULL)
    try:
        _answered(f"http://127.0.0.1:{port}/healthz", desk)
        return Start(time.perf_counter() - began, _resident(desk.pid) / 2**20)
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
