"""A sheet as DOCX, for whoever must edit it; the PDF is the record. The same sheet gives the same bytes.

Tables are written as XML: `cell.merge` of python-docx takes ten times as long. Fonts are named, not shipped: 宋体 and
黑体 are on every office machine, and a DOCX carries none.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml.etree import _Element as Element

from records.codes import qr_png
from records.conventions import word
from records.grid import Box, CutLine, Grid, Ink, Prose, Row, Sheet

NS: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SONG, HEI, LATIN, SIGNS = "宋体", "黑体", "Times New Roman", "Segoe UI Symbol"
UNIT: Final = 390  # twentieths of a point: 165 mm / 24
TWIPS_PER_MM: Final = 56.7
KEPT_STYLES: Final = frozenset({"Normal", "Header", "Footer", "TableNormal", "DefaultParagraphFont"})
STYLE_ID: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId"
SMALL, NORMAL, LETTER, TITLE = 18, 21, 24, 44  # half points
GREY: Final = "EBEBEB"
TICKS: Final = re.compile(r"([☑□✓])")
NO_XML: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of a ZIP: a moment before which none is (1980-01-01), and a directory's entry with the lengths of what follows it.
NO_TIME: Final = b"\x00\x00\x21\x00"
ENTRY: Final = struct.Struct("<28sHHH12x")
TOGETHER: Final = "<w:keepNext/>"  # of a paragraph: on one page with the next
CENTRED: Final = frozenset({Ink.LABEL, Ink.HEAD, Ink.BAND})


def docx(sheet: Sheet) -> bytes:
    """The record as a Word file."""
    document = Document(io.BytesIO(_template()))
    _properties(document, sheet)
    _page(document, sheet)
    body = document.element.body
    end = body.sectPr
    for element in _elements(sheet):
        end.addprevious(element)
    if sheet.verify_url:
        _qr(document, sheet.verify_url)
    return _steady(document)


@cache
def _template() -> bytes:
    """The library's own empty document with only the styles that we use: a tenth of its size, and of the time."""
    document = Document()
    styles = document.styles.element
    for one in list(styles):
        kept = one.tag.endswith("}docDefaults") or one.get(STYLE_ID) in KEPT_STYLES
        if not kept:
            styles.remove(one)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _properties(document: Docx, sheet: Sheet) -> None:
    made = datetime.combine(sheet.made_on, time(), UTC)
    properties = document.core_properties
    properties.title, properties.author = _clean(f"{sheet.title} {sheet.number}"), _clean(sheet.vendor)
    properties.last_modified_by, properties.comments = "", ""
    properties.created = properties.modified = made
    properties.revision = 1


def _page(document: Docx, sheet: Sheet) -> None:
    """A4 with the margins of the PDF; header and footer as there, pages as fields."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom = sheet.margins
    section.top_margin, section.right_margin = Mm(top), Mm(20)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(25)
    section.header_distance, section.footer_distance = Mm(13), Mm(10)
    tabs = '<w:tabs><w:tab w:val="clear" w:pos="4320"/><w:tab w:val="clear" w:pos="8640"/>{}</w:tabs>'
    right = tabs.format('<w:tab w:val="right" w:pos="9360"/>')
    both = tabs.format('<w:tab w:val="center" w:pos="4680"/><w:tab w:val="right" w:pos="9360"/>')
    below = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1"/></w:pBdr>'
    above = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1"/></w:pBdr>'
    head = _runs(sheet.vendor, SMALL) + _tab() + _runs(sheet.form_line, SMALL)
    number = word("paper.number", number=sheet.number) if sheet.number else ""
    pages = (
        _runs("第 ", SMALL)
        + _field("PAGE")
        + _runs(" 页　共 ", SMALL)
        + _field("NUMPAGES")
        + _runs(" 页", SMALL)
    )
    foot = _runs(sheet.kept, SMALL) + _tab() + pages + _tab() + _runs(number, SMALL)
    _replace(section.header, f"<w:p {NS}><w:pPr>{below}{right}</w:pPr>{head}</w:p>")
    _replace(section.footer, f"<w:p {NS}><w:pPr>{above}{both}</w:pPr>{foot}</w:p>")


def _replace(part: object, xml: str) -> None:
    element = part._element  # type: ignore[attr-defined]
    for old in list(element):
        element.remove(old)
    element.append(parse_xml(xml))


def _elements(sheet: Sheet) -> Iterator[Element]:
    """Title, numbers, the blocks, the lines below."""
    yield _paragraph(_runs(sheet.title, TITLE, font=HEI, spacing=110), align="center", after=120)
    tab = '<w:tabs><w:tab w:val="right" w:pos="8200"/></w:tabs>'
    yield _paragraph(_runs(sheet.number_line, 20) + _tab() + _runs(sheet.case_line, 20), more=tab, after=60)
    for block in sheet.blocks:
        match block:
            case Grid(rows, is_whole):
                yield parse_xml(_table(rows, TOGETHER if is_whole else ""))
                yield _paragraph("", after=0, line=20)  # two tables that touch would become one
            case Prose(paragraphs, align):
                for one in paragraphs:
                    yield _paragraph(_runs(one, LETTER), align=align, after=60, line=400)
            case CutLine(label):
                dashed = '<w:pBdr><w:bottom w:val="dashed" w:sz="4" w:space="1"/></w:pBdr>'
                yield _paragraph(_runs(label, SMALL), align="center", more=dashed, after=120)
    for one in sheet.under:
        yield _paragraph(_runs(one, SMALL), after=0)


def _table(rows: Iterable[Row], together: str) -> str:
    grid = f'<w:gridCol w:w="{UNIT}"/>' * 24
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>'
    layout = f'<w:tblW w:w="{UNIT * 24}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
    head = f'<w:tblPr>{layout}<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl {NS}>{head}{''.join(_row(row, together) for row in rows)}</w:tbl>"


def _row(row: Row, together: str) -> str:
    """`together`: what its paragraphs say so that the row stays with the next; heads always do."""
    height = round(row.height * TWIPS_PER_MM)
    marks = "<w:cantSplit/>" if row.is_whole or row.repeats else ""
    marks += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    marks += "<w:tblHeader/>" if row.repeats else ""
    cells = "".join(_cell(box, TOGETHER if row.repeats else together) for box in row.boxes)
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(box: Box, together: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{GREY}"/>' if box.ink is Ink.BAND else ""
    place = "top" if box.ink is Ink.SIGNATURE else "center"
    properties = (
        f'<w:tcPr><w:tcW w:w="{UNIT * box.units}" w:type="dxa"/><w:gridSpan w:val="{box.units}"/>'
        f'{shade}<w:vAlign w:val="{place}"/></w:tcPr>'
    )
    return f"<w:tc>{properties}{_content(box, together)}</w:tc>"


def _content(box: Box, together: str) -> str:
    if box.ink is Ink.SIGNATURE:
        return (
            _p(_runs(box.text, SMALL, font=HEI), more=together)
            + _p("", more=together)
            + _p(_runs(box.name, NORMAL), align="center", more=together)
            + _p(_runs(box.how, SMALL), align="center", more=together)
            + _p(_runs(box.day, SMALL), align="right", more=together)
        )
    font = HEI if box.ink in CENTRED else SONG
    size = SMALL if box.ink is Ink.ITEM else NORMAL
    align = "center" if box.ink in CENTRED else "left"
    return _p(_runs(box.line(), size, font=font), align=align, more=together)


def _p(runs: str, *, align: str = "left", more: str = "", after: int = 0, line: int = 240) -> str:
    spacing = f'<w:spacing w:before="0" w:after="{after}" w:line="{line}" w:lineRule="{_rule(line)}"/>'
    return f'<w:p><w:pPr>{more}{spacing}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _rule(line: int) -> str:
    return "auto" if line == 240 else "exact"


def _paragraph(runs: str, *, align: str = "left", more: str = "", after: int = 0, line: int = 240) -> Element:
    made = _p(runs, align=align, more=more, after=after, line=line)
    return parse_xml(made.replace("<w:p>", f"<w:p {NS}>", 1))


def _runs(text: str, size: int, *, font: str = SONG, spacing: int = 0) -> str:
    """Runs of one look; a box with or without a tick has a font of its own, so that both are as large."""
    space = f'<w:spacing w:val="{spacing}"/>' if spacing else ""
    made = []
    for part in TICKS.split(_clean(text)):
        if part:
            east, latin = (SIGNS, SIGNS) if TICKS.fullmatch(part) else (font, LATIN)
            fonts = f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'
            look = f'<w:rPr>{fonts}{space}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
            made.append(f"<w:r>{look}{_text(part)}</w:r>")
    return "".join(made)


def _text(part: str) -> str:
    lines = part.split("\n")
    return "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)


def _tab() -> str:
    return "<w:r><w:tab/></w:r>"


def _field(name: str) -> str:
    look = f'<w:rPr><w:sz w:val="{SMALL}"/></w:rPr>'
    return f'<w:fldSimple w:instr="{name}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'


def _clean(text: str) -> str:
    """What XML cannot hold is gone already where words come in; this keeps a file whole whatever else happens."""
    return NO_XML.sub("", text)


def _qr(document: Docx, url: str) -> None:
    """At the right of the number line's paragraph, so that it takes no line of its own."""
    document.paragraphs[1].add_run().add_picture(io.BytesIO(qr_png(url)), width=Mm(16))


def _steady(document: Docx) -> bytes:
    """The same document as the same bytes: an archive remembers when its members were written."""
    made = io.BytesIO()
    document.save(made)
    raw = bytearray(made.getvalue())
    with zipfile.ZipFile(made) as archive:
        members, directory = archive.infolist(), archive.start_dir
    for one in members:
        raw[one.header_offset + 10 : one.header_offset + 14] = NO_TIME
    for _ in members:
        raw[directory + 12 : directory + 16] = NO_TIME
        directory += ENTRY.size + sum(ENTRY.unpack_from(raw, directory)[1:])
    return bytes(raw)
