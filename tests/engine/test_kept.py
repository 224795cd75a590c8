"""Dialogs that earlier releases stored, replayed with today's code: each ends in a question or a result."""

import json
from pathlib import Path

import pytest

from tests.engine.player import Player
from tests.engine.recording import DIALOGS, KEPT

FILES = sorted(KEPT.glob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_kept_dialog_goes_on(path: Path) -> None:
    """It is read, shows its question, and takes an answer without an exception."""
    stored = path.read_text(encoding="utf-8")
    person = Player(stored=stored).again()
    is_open = bool(json.loads(stored).get("frames"))
    assert bool(person.last.prompts or person.last.ended) is is_open
    person.wait(3600).say("1")
    if is_open:
        assert person.last.prompts or person.last.ended
    person.photo("late").say("返回").say("取消")


@pytest.mark.parametrize("name", DIALOGS)
def test_the_recording_is_what_is_stored_today(name: str) -> None:
    """This release's files are what its code stores; a difference is a change that needs a new recording."""
    newest = max(path for path in FILES if path.stem.endswith(f"-{name}"))
    assert json.loads(newest.read_text(encoding="utf-8")) == json.loads(DIALOGS[name]().stored)


def test_unknown_fields_and_missing_ones_are_borne() -> None:
    """A field that a later release adds or drops does not make a dialog unreadable."""
    stored = json.loads(Player().open("report").stored)
    stored["colour"] = "blue"
    stored["frames"][0]["weather"] = 3
    del stored["frames"][0]["shown"]
    assert Player(stored=json.dumps(stored)).say("你好").question == "what"
