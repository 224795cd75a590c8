"""What is tried only where something begins, or only once per message, is found as if it had been tried everywhere."""

import json
from pathlib import Path

import pytest

from conversations.understanding import Named, Surroundings, said_without_names, understand
from conversations.understanding.folding import fold
from conversations.understanding.matching import NOWHERE
from conversations.understanding.matters import system_as_said
from conversations.understanding.places import place_as_said
from conversations.understanding.table import phrases, words

HERE = Path(__file__).parent
UNSAID = Surroundings((Named("1", "摘星阁"),), (Named("1", "缥缈峰"),))


@pytest.mark.parametrize("noun", [*words("places.nouns"), *phrases("places.english")])
def test_every_noun_of_a_place_is_one(noun: str) -> None:
    """Whatever character it begins with."""
    assert place_as_said(f"!{noun}!") != NOWHERE


@pytest.mark.parametrize("building", words("places.buildings"))
def test_every_building_is_a_place(building: str) -> None:
    """Whatever character it begins with."""
    assert place_as_said(f"!{building}楼!") != NOWHERE


@pytest.mark.parametrize("device", [*words("systems.devices"), *phrases("systems.english")])
def test_every_device_is_named(device: str) -> None:
    """Whatever character it begins with."""
    assert system_as_said(f"! {device} !") != NOWHERE


def test_names_that_are_not_said_change_nothing() -> None:
    """Of every sentence that is kept here."""
    lines = [line for file in HERE.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    for sentence in [json.loads(line)["sentence"] for line in lines][::10]:
        assert understand(sentence, UNSAID) == said_without_names(sentence), sentence


@pytest.mark.parametrize(
    ("text", "folded", "starts", "ends"),
    [
        ("网好3号楼12", "网好3号楼12", (0, 1, 2, 3, 3, 5, 6), (1, 2, 3, 5, 5, 6, 7)),
        ("a三〇二b", "a302b", (0, 1, 1, 1, 4), (1, 4, 4, 4, 5)),
        ("45 67卡", "45-67卡", (0, 1, 3, 3, 4, 5), (1, 2, 4, 4, 5, 6)),
    ],
)
def test_a_folded_text_knows_the_way_back(
    text: str, folded: str, starts: tuple[int, ...], ends: tuple[int, ...]
) -> None:
    """Of each character where it stood, also within a stretch that stays as it is."""
    got = fold(text)
    assert (got.text, got.starts, got.ends) == (folded, starts, ends)
