"""The floors of the house as a picture: import-linter's contract, in each package's own words."""

import tomllib
from importlib.util import find_spec
from pathlib import Path

from docs.shapes import arrow, box, picture, words

HOUSE = Path(__file__).resolve().parent.parent
WIDTH, MARGIN, GAP, HEIGHT, STEP, LINE = 920, 20, 12, 76, 100, 16


def layers() -> list[list[str]]:
    """The floors from the top down; the packages of one floor do not know each other."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [[name.strip() for name in floor.split("|")] for floor in floors]


def sentence(package: str) -> str:
    """The first line of the package's docstring, without its full stop."""
    found = find_spec(package)
    assert found
    assert found.origin, f"{package} is no package of the house"
    return Path(found.origin).read_text(encoding="utf-8").split('"""')[1].splitlines()[0].rstrip(".")


def svg() -> str:
    """The picture, a box a package."""
    shapes = []
    floors = layers()
    for row, floor in enumerate(floors):
        top = MARGIN + row * STEP
        shapes += _floor(floor, top)
        if row + 1 < len(floors):
            shapes.append(arrow(f"M{WIDTH // 2} {top + HEIGHT}v{STEP - HEIGHT - 2}"))
    height = MARGIN * 2 + STEP * len(floors) - (STEP - HEIGHT)
    return picture(WIDTH, height, "The floors: imports go downwards only", shapes)


def _floor(floor: list[str], top: int) -> list[str]:
    shapes = []
    width = (WIDTH - 2 * MARGIN - GAP * (len(floor) - 1)) // len(floor)
    for column, package in enumerate(floor):
        left = MARGIN + column * (width + GAP)
        shapes += [box(left, top, width, HEIGHT), words(left + width // 2, top + 23, package, "name")]
        for number, line in enumerate(_lines(sentence(package), width // 6)):
            shapes.append(words(left + width // 2, top + 42 + number * LINE, line, "small"))
    return shapes


def _lines(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], joined] if len(joined) <= width else [*lines, word]
    return lines
