"""归档文件目录 as XLSX (DA/T 22): a cover, then a list on A4 across with its heads on every page."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from agreement.archive import ArchiveRules
from desk.catalogue import Filed
from records.cells_archive import term_said
from records.conventions import word
from records.grid import written
from records.papers import paper_of
from records.writing_xlsx import OPTIONS, plain

A4: Final = 9
HEADS: Final = ("order", "file_number", "number", "responsible", "name", "day", "secrecy", "pages", "remark")
WIDTHS: Final = (6, 28, 20, 20, 52, 11, 8, 7, 24)


def catalogue(
    found: Sequence[Filed], rules: ArchiveRules, *, vendor: str, since: date, until: date, made_on: date
) -> bytes:
    """The catalogue of these days."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": word("catalogue.title"), "created": datetime.combine(made_on, time(), UTC)})
    _cover(book, found, rules, vendor, f"{since} — {until}")
    _list(book, found, vendor, f"{since} — {until}")
    book.close()
    return made.getvalue()


def _cover(book: Workbook, found: Sequence[Filed], rules: ArchiveRules, vendor: str, period: str) -> None:
    page = _page(book, word("catalogue.cover"), landscape="no")
    title = book.add_format({"bold": True, "font_size": 22, "align": "center"})
    label = book.add_format({"bold": True, "font_size": 12, "align": "right"})
    value = book.add_format({"font_size": 12, "text_wrap": True})
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 60)
    page.merge_range(2, 0, 2, 1, word("catalogue.title"), title)
    rows = {
        "fonds": rules.fonds,
        "fonds_name": vendor,
        "category": rules.category,
        "period": period,
        "terms": "、".join(sorted({one.term for one in found if one.term})),
        "count": str(len(found)),
    }
    for row, (key, text) in enumerate(rows.items(), start=5):
        page.write_string(row, 0, word(f"catalogue.{key}"), label)
        page.write_string(row, 1, plain(text), value)


def _list(book: Workbook, found: Sequence[Filed], vendor: str, period: str) -> None:
    page = _page(book, word("catalogue.title"), landscape="yes")
    page.repeat_rows(0)
    page.freeze_panes(1, 2)
    page.set_header(f"&L{vendor[:60]}&C{word('catalogue.title')}&R{period}")
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for column, (key, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, word(f"catalogue.{key}"), head)
    for row, one in enumerate(found, start=1):
        _write(page, row, _texts(row, one), cell)


def _write(page: Worksheet, row: int, texts: Sequence[str], cell: Format) -> None:
    for column, text in enumerate(texts):
        page.write_string(row, column, plain(text), cell)


def _texts(row: int, one: Filed) -> tuple[str, ...]:
    """Title, pages and whose they are as the case's own cover has them."""
    cells = paper_of(one.cover).cells if one.cover else {}
    title, responsible, pages = (
        written(cells[key]) if key in cells else "" for key in ("title", "responsible", "pages")
    )
    kept = term_said(one.term, one.kept_until) if one.term else ""
    day = f"{one.archived_on:%Y%m%d}"
    return (str(row), one.file_number, one.number, responsible, title, day, one.secrecy, pages, kept)


def _page(book: Workbook, name: str, *, landscape: str) -> Worksheet:
    page = book.add_worksheet(name)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页　共 &N 页")
    if landscape == "yes":
        page.set_landscape()
    return page
