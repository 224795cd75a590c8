"""Pages on a phone: what a style hides there, it hides with its heading and nowhere else."""

import re

from console.pages import HERE, STATIC

ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)


def test_a_column_is_hidden_with_its_heading() -> None:
    """By one mark on both. By its place alone the heads page lost the heading of its digests."""
    narrow = re.findall(r"([^{}]*)\{ display: none; \}", (STATIC / "paper.css").read_text(encoding="utf-8"))
    assert [one.strip() for one in narrow] == [".list .words", ".screen"]
    rows = ROW.findall((HERE / "templates" / "evidence.html").read_text(encoding="utf-8"))
    marked = [re.findall(r"<(t[hd]) class=\"words\"", row) for row in rows]
    assert [one for one in marked if one] == [["td"], ["th"]]
