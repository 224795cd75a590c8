"""A customer's fonts beside ours: what they have is printed, and one that is no use stops no record."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from agreement.words import Record
from records.cells import Words
from records.forms import Form
from records.grid import Sheet
from records.papers import project
from records.sheets import sheet
from records.writing_pdf import Press
from tests.records import cases
from tests.records.fonts import RARE, rare_font
from tests.records.test_printing import OFFICE, printing

FORM: Form = OFFICE.forms.current(Record.REGISTER)


def named(name: str) -> Sheet:
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    desk.leave()
    return sheet(replace(paper, cells={**paper.cells, "contact": Words(name)}), FORM, printing())


def text_by(press: Press, one: Sheet) -> str:
    document = pypdfium2.PdfDocument(press.pdf(one))
    text = str(document[0].get_textpage().get_text_range())
    document.close()
    return text


@pytest.mark.parametrize("weight", ["", "Medium"])
def test_a_name_in_a_rare_character_is_printed_in_the_customers_font(tmp_path: Path, weight: str) -> None:
    """Without it the character reads 〓; one weight of a large family is found by the name of that family."""
    one = named(f"李{RARE}")
    assert "李〓" in text_by(Press(), one)
    rare_font(tmp_path, weight=weight)
    assert f"李{RARE}" in text_by(Press(tmp_path), one)


def test_a_font_without_a_name_is_none_to_print_with(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Its characters are not there to print, and a record that has one is printed with 〓 as without the font."""
    rare_font(tmp_path, family="")
    assert "李〓" in text_by(Press(tmp_path), named(f"李{RARE}"))
    assert "font rare.otf" in caplog.text


def test_a_font_with_a_table_missing_is_named_in_the_log_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It opens, and breaks where it is read."""
    with TTFont(rare_font(tmp_path)) as font:
        del font["name"]
        font.save(tmp_path / "nameless.otf")
    (tmp_path / "rare.otf").unlink()
    assert "李〓" in text_by(Press(tmp_path), named(f"李{RARE}"))
    assert "font nameless.otf cannot be read" in caplog.text


def test_a_font_that_is_none_is_named_in_the_log_and_stops_no_record(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that came down broken is one line for whoever runs the house, not a case that can never be closed."""
    whole = rare_font(tmp_path).read_bytes()
    (tmp_path / "none.otf").write_bytes(b"no font at all")
    (tmp_path / "rare.otf").unlink()
    (tmp_path / "half.otf").write_bytes(whole[: len(whole) // 2])
    assert "李〓" in text_by(Press(tmp_path), named(f"李{RARE}"))
    assert [one.getMessage().split(" cannot")[0] for one in caplog.records][:2] == ["font half.otf", "font none.otf"]
