"""What a text must hold for a pattern is read from the pattern itself, so that most need not be searched."""

import json
import re
from pathlib import Path

import pytest

from conversations.understanding.folding import plain
from conversations.understanding.needed import alternatives_of, needs_of
from conversations.understanding.table import rows, under

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("用着", ("用", "着")),
        ("坏$", ("坏",)),
        ("差(?:了)?\\d", ("差",)),
        ("没(?:有)?人(?:来)?(?:修|报)过", ("没", "人", "过", "修报")),
        ("小?坏+了*", ("坏",)),
        ("[慢快](?:分钟|天)", ("慢快", "分天")),
        ("提示[^,。]{0,6}(?:错|不对)", ("提", "示", "错不")),
        ("(?:急|快)|老(?:跳|断)", ("老急快",)),
        ("(?:急|不?)", ()),
        ("(?<!没)(?:修|来){1,2}过(?!了)", ("过", "修来")),
        ("(?P<verb>[一-龥])不(?P=verb)", ("不",)),
        ("#\\d{1,6}|[a-z.]+", ()),
        ("(?:错{0,2}误){0}", ()),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: tuple[str, ...]) -> None:
    """One character of each set; of alternatives any, of what may be missing none."""
    got = needs_of(pattern)
    assert sorted("".join(sorted(one)) for one in got) == sorted("".join(sorted(one)) for one in needs)
    assert [len(one) for one in got] == sorted(len(one) for one in got)


@pytest.mark.parametrize(
    ("pattern", "alternatives"),
    [
        ("坏了", ("坏了",)),
        ("(?:急|快)|[|]老(?:跳|断)|\\|", ("(?:急|快)", "[|]老(?:跳|断)", "\\|")),
        ("(?<!一|二)修(?=好|完)|^催", ("(?<!一|二)修(?=好|完)", "^催")),
    ],
)
def test_a_pattern_is_found_where_one_of_its_alternatives_is(pattern: str, alternatives: tuple[str, ...]) -> None:
    """Only those of the whole pattern, not of a group in it."""
    assert alternatives_of(pattern) == alternatives


@pytest.mark.parametrize("pattern", ["坏)了", "(?:坏"])
def test_a_pattern_that_is_none_is_refused(pattern: str) -> None:
    """A bracket too many or too few would make a part of it be overlooked."""
    with pytest.raises(ValueError, match="bracket"):
        needs_of(pattern)


def test_no_sentence_is_passed_over_in_which_a_pattern_stands() -> None:
    """Of every sentence that is kept here and every pattern of a cue."""
    lines = [line for file in HERE.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    texts = [plain(json.loads(line)["sentence"]) for line in lines]
    patterns = [row for cue in under("cues") for row in rows(f"cues.{cue}.re")]
    assert len(texts) > 3000
    assert len(patterns) > 200
    for pattern in patterns:
        found = re.compile(pattern)
        needs = [needs_of(one) for one in alternatives_of(pattern)]
        for text in filter(found.search, texts):
            held = [all(not some.isdisjoint(text) for some in one) for one in needs]
            assert any(held), (pattern, text)
