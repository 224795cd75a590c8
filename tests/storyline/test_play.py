"""The command: its exit codes, and that nothing is played when one file is no story."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.play import FAILED, HELD, REFUSED, main, play_all, read_all
from tests.storyline.fakes import FakeStage
from tests.storyline.transcript import silent

TRUE = (
    "# t\ncast\n  王老师  teacher  第一中学\nstory\n@ 2026-11-23 14:00\n王老师> 停电\nbot → 王老师: *停电*\n"
)


def written(directory: Path, **texts: str) -> list[Path]:
    files = [directory / f"{name}.txt" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


async def played(files: list[Path]) -> tuple[int, str]:
    out: list[str] = []
    stories = read_all(files, out.append)
    assert stories is not None
    code = await play_all(stories, "web", lambda: nullcontext(FakeStage()), silent(), out.append)
    return code, "\n".join(out)


async def test_it_is_0_when_every_line_of_every_file_held(tmp_path: Path) -> None:
    assert (await played(written(tmp_path, a=TRUE, b=TRUE)))[0] == HELD


async def test_it_is_1_when_a_line_of_any_file_did_not_hold_and_the_others_are_played(tmp_path: Path) -> None:
    code, out = await played(written(tmp_path, a=TRUE + "bot → 王老师: *\n", b=TRUE))
    assert code == FAILED
    assert f"{tmp_path}/a.txt:8: this line did not hold" in out
    assert f"{tmp_path}/b.txt: every line held on web" in out


def test_it_is_2_when_a_file_is_no_story(tmp_path: Path) -> None:
    files = written(tmp_path, a=TRUE, b=TRUE + "王老师\n", c="")
    out: list[str] = []
    names = [str(file) for file in [*files, tmp_path / "none.txt"]]
    assert main([*names, "--channel", "web", "--database", "sqlite://"], out.append) == REFUSED
    places = [Path(row.split(": ")[0]).name for row in out]
    assert places == ["b.txt:8", "c.txt:1", "none.txt:1"]


@pytest.mark.parametrize(
    "arguments", [[], ["a.txt"], ["a.txt", "--channel", "fax", "--database", "sqlite://"]]
)
def test_it_is_2_when_the_command_is_wrong(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments, print)
    assert end.value.code == REFUSED
