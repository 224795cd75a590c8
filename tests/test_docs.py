"""The docs tell what the code does: drawn pictures are of today, and what a page names exists."""

import re
from pathlib import Path

from agreement.words import State
from bot.settings import VARIABLES
from docs.draw import drawn
from docs.lifecycle import PLACES, edges
from tests.source import HOUSE, committed


def test_the_pictures_are_those_of_today() -> None:
    """Whoever changes a floor or the lifecycle runs `make pictures`."""
    old = [
        str(path.relative_to(HOUSE))
        for path, wanted in drawn().items()
        if not path.exists() or path.read_text(encoding="utf-8") != wanted
    ]
    assert not old, "run `make pictures`"


def test_every_state_has_a_place_of_its_own_in_the_picture() -> None:
    """A new state cannot be forgotten or hidden behind another."""
    assert set(PLACES) == set(State)
    assert len(set(PLACES.values())) == len(State)
    assert {state for edge in edges() for state in edge} == set(State)


def pages() -> list[tuple[Path, str]]:
    """Every page with its text."""
    return [(path, path.read_text(encoding="utf-8")) for path in committed() if path.suffix == ".md"]


def test_no_link_of_a_page_leads_nowhere() -> None:
    """Files and pictures that a page points to are in the house."""
    found = [
        f"{path.name}: {link}"
        for path, text in pages()
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text)
        if not (path.parent / link).exists()
    ]
    assert not found


def test_every_variable_that_a_page_names_is_read_by_the_desk() -> None:
    """Whoever copies a name from a page must not be refused at the start."""
    named = {name for _, text in pages() for name in re.findall(r"YINGNUO_[A-Z_]*[A-Z]", text)}
    assert named - VARIABLES == set()


def test_the_example_names_exactly_the_variables_that_are_read() -> None:
    """A variable that is read but not shown is one that nobody finds."""
    example = (HOUSE / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#?(YINGNUO_\w+)=", example, re.MULTILINE)) == VARIABLES


def test_every_command_that_a_page_names_is_in_the_makefile() -> None:
    """`make something` in a page can be typed as it stands."""
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for _, text in pages() for name in re.findall(r"`make ([a-z]+)", text)}
    assert named - targets == set()
