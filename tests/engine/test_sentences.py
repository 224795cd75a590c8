"""The engine names its sentences; they stand in both languages with the same fields."""

import re
import string
from pathlib import Path

import pytest

import conversations.engine
from texts.say import sentences

ENGINE = Path(conversations.engine.__file__).parent
SAID = re.compile(r'"((?:dialog|label)\.[a-z_0-9]+)"')
KEYS = sorted({key for path in ENGINE.glob("*.py") for key in SAID.findall(path.read_text(encoding="utf-8"))})


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", KEYS)
def test_every_sentence_is_worded_in_both_languages(key: str) -> None:
    """What the engine can say is worded in Chinese and in English, with the same fields."""
    assert fields(sentences("zh")[key]) == fields(sentences("en")[key])
