"""`python -m tests.dues` answers rows of promises and starts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dues import answer

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("promise", "start", "due", "provisional"),
    [
        ("fault-response", "2026-12-31T23:55:00+08:00", "2027-01-01T00:05:00+08:00", False),
        ("urgent-fix-plan", "2026-09-30T16:00:00+08:00", "2026-10-11T00:00:00+08:00", False),
        ("urgent-fix-plan", "2026-09-30T08:00:00Z", "2026-10-11T00:00:00+08:00", False),
        ("usability", "2026-09-24T18:00", "2026-10-09T00:00:00+08:00", False),
        ("urgent-contingency", "2026-12-31T10:00:00+08:00", "2027-01-02T00:00:00+08:00", True),
        ("plan-step", "2026-11-23T14:00:00+08:00", None, False),
    ],
)
def test_a_row_is_answered(promise: str, start: str, due: str | None, provisional: bool) -> None:
    """The row comes back with its due time in Shanghai, 24:00 as 00:00 of the next day."""
    row = {"promise": promise, "start": start}
    assert answer(row) == {**row, "due": due, "provisional": provisional}


def test_rows_go_through_a_pipe_and_a_bad_one_is_named() -> None:
    """As a program: one answer a line, and exit 2 with the number of the line that says too little."""
    rows = '{"promise": "usability", "start": "2026-11-23T08:00:00+08:00", "id": 7}\n\n{"promise": "soon"}\n'
    done = subprocess.run(
        [sys.executable, "-m", "tests.dues"],
        input=rows,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert json.loads(done.stdout)["id"] == 7
    assert (done.returncode, done.stderr.split(":")[0]) == (2, "line 3")
