"""`make run` is one command for two lives: the demo, and the platforms once `.env` connects one."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.source import HOUSE

STAMP = ".venv/run.stamp"  # made: nothing is installed here


def served(folder: Path, env: str, *words: str) -> str:
    """What `make run` would have Python do beside this `.env`."""
    shutil.copy(HOUSE / "Makefile", folder)
    (folder / ".env").write_text(env, encoding="utf-8")
    stub = folder / "bin" / "python"
    stub.parent.mkdir(exist_ok=True)
    stub.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    stub.chmod(0o755)
    command = ["make", "-s", "-o", STAMP, "run", f"BIN={stub.parent}", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize(
    ("env", "words", "says"),
    [
        ("", (), "-m bot demo"),
        ("YINGNUO_TELEGRAM_TOKEN=\n", (), "-m bot demo"),
        ("YINGNUO_TELEGRAM_TOKEN=123:abc\n", (), "-m bot"),
        ("YINGNUO_WECHAT_APP_ID=wx1\n", (), "-m bot"),
        ("YINGNUO_WECHAT_APP_ID=wx1\n", ("MODE=demo",), "-m bot demo"),
        ("", ("MODE=",), "-m bot"),
    ],
)
def test_what_is_connected_is_served(tmp_path: Path, env: str, words: tuple[str, ...], says: str) -> None:
    """A page on which anybody may play anybody is not beside real people."""
    assert served(tmp_path, env, *words) == says
