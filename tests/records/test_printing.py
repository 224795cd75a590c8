"""Records on paper: nothing missing, nothing over the edge, the same bytes whenever and wherever they are printed."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pytest

from agreement.words import Record
from records.cells import Words
from records.grid import Copy, Grid, Printing, Sheet
from records.letterhead import Letterhead
from records.office import Office
from records.papers import Edition, Paper, attempts, project
from records.sheets import sheet
from records.writing_pdf import pages, press
from tests.records import cases

OFFICE = Office(letterhead=Letterhead(vendor="应诺软件技术（江州）有限公司", hotline="400-800-1234"))
LEFT, RIGHT, WIDTH = 25.0, 20.0, 210.0  # millimetres
MM = 72 / 25.4
CASES = ("settled_at_once", "deep_with_a_failed_acceptance", "not_needed")


@dataclass(frozen=True)
class Printed:
    """One record of a case as it left the press."""

    sheet: Sheet
    pdf: bytes
    text: str


def printing(number: int = 1) -> Printing:
    edition = Edition(number=number, reason="更正", by="欧阳慕雪", made_at=cases.NOW)
    return Printing(
        at=cases.NOW,
        edition=edition,
        verify_url="https://desk.example.com/v/WHRW-2026-000001-1-4f5a6b7c",
        under=("电子确认：客户代表 王秀兰（微信，账号已绑定）于 2026-11-23 15:52:07（UTC+8）确认本单第1版",),
    )


def sheet_of(paper: Paper, how: Printing) -> Sheet:
    return sheet(paper, OFFICE.forms.current(paper.record), how)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found.replace("\r\n", "").replace("\u200b", "")


@pytest.fixture(scope="module", params=CASES)
def printed(request: pytest.FixtureRequest) -> Iterator[list[Printed]]:
    """Every record of that case, closed."""
    desk = cases.office()
    case = desk.file(getattr(cases, request.param)(desk))
    made = []
    for record in Record:
        for attempt in attempts(record, case):
            one = sheet_of(project(record, attempt, case, OFFICE), printing())
            pdf = press().pdf(one)
            made.append(Printed(one, pdf, text_of(pdf)))
    yield made
    desk.session.close()


def written(one: Sheet) -> Iterator[str]:
    """Every text that should be on the paper."""
    yield from (one.vendor, one.form_line, one.number, one.kept, *one.under)
    for block in one.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for box in row.boxes:
                    yield from (box.text, box.name, box.how, *(label for _, label in box.options))


def test_everything_that_was_said_can_be_read_from_the_file(printed: list[Printed]) -> None:
    """No glyph is missing, no line is cut: each text of the sheet is in the text layer, spaces aside."""
    for one in printed:
        found = _bare(one.text)
        for text in written(one.sheet):
            for line in text.split("\n"):
                assert _bare(line) in found or _across_pages(_bare(line), found), line


HYPHENS = str.maketrans(
    "", "", "-\x02\ufffe"
)  # one at the end of a line is no hyphen to the reader of the file


def _bare(text: str) -> str:
    return "".join(text.split()).replace("☑", "□✓").translate(HYPHENS)


def _across_pages(line: str, found: str) -> bool:
    """A text that goes on over a page has the foot and the head of pages in its midst."""
    half = len(line) // 2
    return (
        len(line) > 40 and (line[:20] in found) and (line[-20:] in found or line[half : half + 10] in found)
    )


def test_no_sign_stands_outside_the_margins(printed: list[Printed]) -> None:
    """Long names, long numbers and long plans stay inside their page."""
    for one in printed:
        document = pypdfium2.PdfDocument(one.pdf)
        for page in document:
            textpage = page.get_textpage()
            boxes = [textpage.get_charbox(place) for place in range(textpage.count_chars())]
            inked = [box for box in boxes if box[2] > box[0]]
            assert min(box[0] for box in inked) >= (LEFT - 0.5) * MM
            assert max(box[2] for box in inked) <= (WIDTH - RIGHT + 0.5) * MM
        document.close()


def test_every_page_says_which_of_how_many_it_is(printed: list[Printed]) -> None:
    """Also where there is one page only."""
    for one in printed:
        total = pages(one.pdf)
        assert total == len(pypdfium2.PdfDocument(one.pdf))
        for number in range(1, total + 1):
            assert f"第{number}页共{total}页" in _bare(one.text)


def test_it_is_an_archive_file_with_its_fonts_inside(printed: list[Printed]) -> None:
    """PDF/A-2a, tagged; nothing but our two families is named."""
    for one in printed:
        assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in one.pdf
        assert b"/MarkInfo" in one.pdf
        names = {part.split(b"/")[0] for part in one.pdf.split(b"/FontName/")[1:]}
        assert names
        assert all(b"NotoS" in name for name in names)


def test_the_same_record_is_the_same_file_in_another_process_too() -> None:
    """The hash of the file is kept: a reprint must equal it, or nobody could check anything."""
    desk = cases.office()
    case = desk.file(cases.not_needed(desk))
    one = sheet_of(project(Record.RECEIPT, 1, case, OFFICE), printing())
    here = press().pdf(one)
    assert press().pdf(one) == here
    program = (
        "import sys, hashlib\n"
        "from tests.records import cases, test_printing as t\n"
        "desk = cases.office()\n"
        "case = desk.file(cases.not_needed(desk))\n"
        "one = t.sheet_of(t.project(t.Record.RECEIPT, 1, case, t.OFFICE), t.printing())\n"
        "sys.stdout.buffer.write(t.press().pdf(one))\n"
    )
    there = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert there.stdout == here


HOSTILE = {
    "a formula": "=1+1",
    "code of the typesetter": '#panic("x") *b* $x$ @ref <l> #import "/etc/passwd" \\ ` ~ [ ] { }',
    "emoji": "好的👍🏽👨‍👩‍👧 谢谢❤️ ☎️ 1️⃣ 🇨🇳",
    "characters of rare names": "䶮㛃𫖮喆堃镕 𠮷 𰻝 𱁬",
    "right to left": "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd",
    "control": "a\x00b\x07c\x1bd\x7f",
    "one long word": "W" * 300 + "1234567890" * 40,
    "ten thousand characters": "成绩录入超时，请尽快处理。" * 770,
    "many lines": "\n".join(f"第{number}行" for number in range(400)),
    "spaces": "　　 \t　a　\t b \u00a0 ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_customer_writes_harms_nothing(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """It is set as text, inside the margins, with a sign for what no font has, and the log holds no word of it."""
    desk = cases.office()
    case = replace(desk.file(desk.report("x")), text=HOSTILE[name])
    paper = project(Record.REGISTER, 1, case, OFFICE)
    assert paper.cells["text"] == Words(HOSTILE[name])
    with caplog.at_level(logging.WARNING):
        pdf = press().pdf(sheet_of(paper, printing()))
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        textpage = page.get_textpage()
        boxes = [textpage.get_charbox(place) for place in range(textpage.count_chars())]
        assert max(box[2] for box in boxes) <= (WIDTH - RIGHT + 0.5) * MM
    document.close()
    assert HOSTILE[name][:20] not in caplog.text
    shown = _bare(text_of(pdf))
    expected = {
        "a formula": "=1+1",
        "code of the typesetter": "#panic",
        "emoji": "好的[表情][表情]谢谢[表情]☎1[表情]",
        "characters of rare names": "䶮㛃𫖮喆堃镕〓〓〓",
    }
    assert expected.get(name, "登记表") in shown.replace("客户咨询/反馈", "")


def test_a_copy_that_leaves_the_house_shows_no_whole_phone_number() -> None:
    """138****8000; the vendor's own copy has it all."""
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    house = text_of(press().pdf(sheet_of(paper, printing())))
    outside = text_of(press().pdf(sheet_of(paper, replace(printing(), copy=Copy.OUTSIDE))))
    assert "13812348000" in house
    assert "138****8000" in outside
    assert "13812348000" not in outside


def test_an_open_record_says_so_and_a_later_edition_says_why() -> None:
    """Nobody takes a print of today for the record that was closed."""
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    now = Printing(at=cases.NOW)
    assert "（办理中2026112314:02）" in _bare(text_of(press().pdf(sheet_of(paper, now))))
    second = _bare(text_of(press().pdf(sheet_of(paper, printing(2)))))
    assert "编号：ZXFK2026000001第2版" in second
    assert "第2版：更正（欧阳慕雪，2026112314:02）" in second


def test_a_preview_is_a_picture_of_each_page() -> None:
    """For a chat: the same call, as PNG."""
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    made = press().png(sheet_of(paper, printing()))
    assert [one[:8] for one in made] == [b"\x89PNG\r\n\x1a\n"]
