"""投诉 is a flag beside whatever else the words say."""

import pytest

from agreement.words import Kind
from conversations.understanding import IsReport, Surroundings, understand


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
