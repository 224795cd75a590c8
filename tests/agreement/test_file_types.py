"""Which names of files are those of programs and scripts."""

import pytest

from agreement.file_types import PROGRAM, could_run

RUNS = ["x.exe", "X.EXE", "发票.pdf.exe", ".exe", "x.exe.", "x.js. ", "a.hta", "a.lnk", "a.sh", "a.apk", "a.dmg"]
DOES_NOT = ["exe", "a.png", "a.exe.png", "日志.txt", "a.json", "", "v1.2 说明.docx"]


@pytest.mark.parametrize("name", RUNS)
def test_the_ending_of_a_program_is_one(name: str) -> None:
    """As a system reads it that opens the file: capitals, dots and blanks behind it make no difference."""
    assert could_run(name, "text/plain")


@pytest.mark.parametrize("name", DOES_NOT)
def test_any_other_ending_is_none(name: str) -> None:
    """Only the last ending counts, and a word is no ending."""
    assert not could_run(name, "text/plain")
    assert could_run(name, PROGRAM)
