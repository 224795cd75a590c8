"""投诉 is a flag beside whatever else the words say."""

import json
from pathlib import Path

import pytest

from agreement.words import Kind
from conversations.understanding import IsReport, Surroundings, complains, understand

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("words", "complaint", "kind"),
    [
        ("我要投诉，教务系统又打不开了", True, Kind.FAULT),
        ("登录太繁琐了，再不改就投诉", True, Kind.USABILITY),
        ("I want to file a complaint, the grades page is down", True, Kind.FAULT),
        ("请问怎么投诉", False, Kind.CONSULTATION),
        ("302教室的投影打不开", False, Kind.FAULT),
    ],
)
def test_a_complaint_keeps_its_kind(words: str, complaint: bool, kind: Kind) -> None:
    """Who only asks how to complain has not complained."""
    read = understand(words, Surroundings((), ()))
    assert (read.complaint, read.kind) == (complaint, kind)


def test_a_complaint_alone_is_a_report() -> None:
    """Nothing broken is named, and still somebody must hear it."""
    assert understand("我要投诉你们", Surroundings((), ())).is_report is IsReport.YES


def test_what_need_not_be_read_complains_of_nothing() -> None:
    """The quick look and the whole reading answer alike, of every sentence that is kept here and of made-up ones."""
    lines = [line for file in HERE.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    told = [json.loads(line)["sentence"] for line in lines]
    words = ("投诉", "I COMPLAIN", "怎么投诉？", "讨个说法")
    made = [f"{one[:8]}{word}{one[8:]}" for one in told[:60] for word in words]
    assert len(told) > 300
    for one in (*told, *made):
        assert complains(one) is understand(one, Surroundings((), ())).complaint, one
