"""归档文件目录 as XLSX: a cover, then a list on A4 across with its heads on every page."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from records.catalogue import Catalogue
from records.conventions import word
from records.writing_xlsx import OPTIONS, plain

A4: Final = 9
WIDTHS: Final = (6, 28, 20, 20, 52, 11, 8, 7, 24)


def xlsx(one: Catalogue) -> bytes:
    """The same catalogue gives the same bytes."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": one.title, "created": datetime.combine(one.made_on, time(), UTC)})
    _cover(book, one)
    _list(book, one)
    book.close()
    return made.getvalue()


def _cover(book: Workbook, one: Catalogue) -> None:
    page = _page(book, word("catalogue.cover"))
    title = book.add_format({"bold": True, "font_size": 22, "align": "center"})
    label = book.add_format({"bold": True, "font_size": 12, "align": "right"})
    value = book.add_format({"font_size": 12, "text_wrap": True})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 60)
    page.merge_range(2, 0, 2, 1, one.title, title)
    for row, (name, text) in enumerate(one.cover, start=5):
        page.write_string(row, 0, name, label)
        page.write_string(row, 1, plain(text), value)


def _list(book: Workbook, one: Catalogue) -> None:
    page = _page(book, one.title)
    page.set_landscape()
    page.repeat_rows(0)
    page.freeze_panes(1, 2)
    page.set_header(f"&L{one.vendor[:60]}&C{one.title}&R{one.period}")
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(one.heads, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, name, head)
    for row, texts in enumerate(one.lines, start=1):
        _write(page, row, texts, cell)


def _write(page: Worksheet, row: int, texts: Sequence[str], cell: Format) -> None:
    for column, text in enumerate(texts):
        page.write_string(row, column, plain(text), cell)


def _page(book: Workbook, name: str) -> Worksheet:
    page = book.add_worksheet(name)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页　共 &N 页")
    return page
