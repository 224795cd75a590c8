"""The register of a period as XLSX: one sheet for each kind of record, one line for each record.

Whatever a customer wrote is a string and stays one: "=1+1" is never a formula, a link never a link.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from agreement.words import Record
from records.cell_words import shown
from records.cells import Blank, Chosen
from records.conventions import word
from records.forms import Entry, Form
from records.grid import Copy, Printing
from records.reading_forms import Forms
from records.register_lines import Line

A3: Final = 8
MOST: Final = 32_000  # characters; a cell takes 32,767
NARROW, WIDE, LONG = 14, 24, 48  # characters of a column
LONG_HEIGHT: Final = 18.0  # millimetres in the form from which a cell is meant for whole sentences
OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
FORBIDDEN: Final = str.maketrans("/\\?*[]:", "、、　　　　　")
MOST_NAME: Final = 31
KEPT_BY_EXCEL: Final = "history"  # of its own sheet of changes


def register(
    lines: Iterable[Line], forms: Forms, *, period: str, made_on: date, copy: Copy = Copy.HOUSE
) -> bytes:
    """The records given, sheet by sheet in the agreement's order; a kind without records has an empty sheet."""
    made = io.BytesIO()
    by_record: dict[Record, list[Line]] = {record: [] for record in Record}
    for line in lines:
        by_record[line.paper.record].append(line)
    book = xlsxwriter.Workbook(made, OPTIONS)
    book.set_properties({"title": period, "created": datetime.combine(made_on, time(), UTC)})
    looks = _Looks(
        head=book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}),
        cell=book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
    )
    taken: set[str] = set()
    for record, found in by_record.items():
        form = forms.current(record)
        page = book.add_worksheet(_sheet_name(form, taken))
        _page(page, form, period)
        _fill(page, form, found, looks, copy)
    book.close()
    return made.getvalue()


@dataclass(frozen=True)
class _Looks:
    head: Format
    cell: Format


def _sheet_name(form: Form, taken: set[str]) -> str:
    """The form's title so far as Excel takes it; where a customer's forms bear one title, their numbers tell them
    apart."""
    title = form.title.translate(FORBIDDEN).strip("' 　")
    every = [_cut(one).strip("'") for one in (title, f"{form.number} {title}", f"{len(taken) + 1} {title}")]
    name = next(one for one in every if one and one.lower() not in {*taken, KEPT_BY_EXCEL})
    taken.add(name.lower())
    return name


def _cut(name: str) -> str:
    """31 units of UTF-16, as Excel counts; half an emoji is none."""
    return name.encode("utf-16-le")[: 2 * MOST_NAME].decode("utf-16-le", "ignore")


def _page(page: Worksheet, form: Form, period: str) -> None:
    """A3 across, as wide as it is; the heads on every page, which page of how many below."""
    page.set_landscape()
    page.set_paper(A3)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.freeze_panes(1, 1)
    page.set_header(_header(f"&L{period}&C{word('paper.register_of', record=form.title)}&R{form.number}"))
    page.set_footer("&C第 &P 页　共 &N 页")


def _header(text: str) -> str:
    """At most 255 characters, or the file would not open."""
    return text[:255]


def _fill(page: Worksheet, form: Form, lines: Sequence[Line], looks: _Looks, copy: Copy) -> None:
    labels = form.labels()
    heads = [word("register.number"), word("register.case"), word("register.edition"), *labels.values()]
    for column, head in enumerate(heads):
        page.write_string(0, column, head, looks.head)
    widths = _widths(form)
    page.set_column(0, 2, WIDE - 4)
    for column, key in enumerate(labels, start=3):
        page.set_column(column, column, widths.get(key, LONG))
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(_texts(form, line, copy)):
            page.write_string(row, column, plain(text), looks.cell)
    page.autofilter(0, 0, max(1, len(lines)), len(heads) - 1)


def _widths(form: Form) -> Mapping[str, int]:
    entries = [part for part in form.parts if isinstance(part, Entry)]
    return {
        one.key: LONG if one.height >= LONG_HEIGHT else WIDE if one.units > 4 else NARROW for one in entries
    }


def _texts(form: Form, line: Line, copy: Copy) -> list[str]:
    edition = line.edition
    still = word("register.void") if line.is_void else word("register.open")
    state = word("cell.edition", edition=edition.number) if edition else still
    options = {part.key: part.options for part in form.parts if isinstance(part, Entry)}
    how = Printing(at=line.at, edition=edition, copy=copy)
    texts = [line.paper.number, line.paper.case_number, state]
    for key in form.labels():
        cell = line.paper.cells.get(key, Blank.OPEN)
        ticked = [options[key][one] for one in cell.keys] if isinstance(cell, Chosen) else []
        texts.append("　".join(part for part in (*ticked, shown(line.paper, form, key, how)) if part))
    return texts


def plain(text: str) -> str:
    """As much as a cell takes, without what XML cannot hold."""
    kept = "".join(
        one for one in text if one in "\n\t" or (ord(one) >= 0x20 and not 0xD800 <= ord(one) < 0xE000)
    )
    return kept if len(kept) <= MOST else kept[: MOST - 1] + "…"
