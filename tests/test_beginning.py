"""A start that cannot be: the port is taken, the database is away. One line names the variable, and no traceback."""

import asyncio
import os
import socket
import sys
from collections.abc import Iterator

import pytest


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens at."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


async def bot(*words: str, **variables: str) -> tuple[int, str]:
    """The exit code and everything that was printed."""
    environment = os.environ | {"YINGNUO_SECRET_KEY": "only-for-tests-only-for-tests-only"} | variables
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()


async def test_a_port_that_is_taken_is_named(taken: int, tmp_path: object) -> None:
    """Another Yingnuo is still running, mostly."""
    url = f"sqlite:///{tmp_path}/a.db"
    code, printed = await bot("run", YINGNUO_PORT=str(taken), YINGNUO_DATABASE_URL=url)
    assert (code, "Traceback" in printed) == (2, False), printed
    assert "YINGNUO_PORT should be a port that is free" in printed


@pytest.mark.parametrize("words", [("run",), ("invite", "engineer"), ("check",)])
async def test_a_database_that_is_away_is_named(words: tuple[str, ...], taken: int) -> None:
    """Nobody answers as a database there; `check` says so as well, with what else is to mend."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listened at: a connection is refused
        url = f"postgresql://user:password@127.0.0.1:{nobody.getsockname()[1]}/name"
        code, printed = await bot(*words, YINGNUO_PORT=str(taken), YINGNUO_DATABASE_URL=url)
    assert code == (1 if words == ("check",) else 2), printed
    assert "Traceback" not in printed
    assert "YINGNUO_DATABASE_URL should name a database that answers" in printed
    assert "password" not in printed
