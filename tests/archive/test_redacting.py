"""Whoever is erased is gone from every text, and nobody and nothing else is touched."""

import json

import pytest

from desk.redacting import GONE, redaction


@pytest.mark.parametrize(
    ("words", "others", "text", "left"),
    [
        (["李建"], ["李建国"], "李建国接单，李建报修", f"李建国接单，{GONE}报修"),
        (["李建"], [], "李建国", f"{GONE}国"),
        (["Ann Li"], [], "Ann Li, Joann Lisa; Ann Li老师", f"{GONE}, Joann Lisa; {GONE}老师"),
        (["13812348000"], [], "电话13812348000，单号113812348000", f"电话{GONE}，单号113812348000"),
        (["8012", "20"], [], "2026-11-20 14:20 转8012", "2026-11-20 14:20 转8012"),
        (["20"], [], "20", GONE),
        (["李", ""], [], "李树下", "李树下"),
        ([], [], "谁也没有", "谁也没有"),
        (["a.b(c"], [], "a.b(c axb(c", f"{GONE} axb(c"),
    ],
)
def test_only_what_names_the_person_goes(words: list[str], others: list[str], text: str, left: str) -> None:
    """Not a part of another's name, of a word, of a number or of a date."""
    assert redaction(words, others).text(text) == left


def test_what_is_kept_as_json_stays_json() -> None:
    """Keys, numbers and the form of the text stay; a digest that another record has now is named anew."""
    found = redaction(["by", "500000", '引"号'], [])
    content = {"by": '引"号来', "fen": 500000, "n": [None, True, "abc"]}
    kept = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    made = found.canonical(kept, {"abc": "def"})
    assert made == f'{{"by":"{GONE}来","fen":500000,"n":[null,true,"def"]}}'
    assert found.canonical(made, {}) == made
