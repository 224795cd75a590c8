"""A sheet as PDF/A-2a or as pictures, set by typst: the same sheet gives the same bytes, on every machine.

One compiler per process behind a lock, since it is not made for threads; at some 15 ms a record that is enough. Call
it from `asyncio.to_thread`. The exact version of typst is pinned: a new one is a new printing of everything.
"""

import json
import re
import threading
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from records.codes import qr_svg
from records.conventions import word
from records.glyphs import Fonts, Setting, fonts, long_runs
from records.grid import Block, Box, CutLine, Grid, Ink, Prose, Row, Sheet

TEMPLATE: Final = "record.typ"
STANDARD: Final = "a-2a"
PREVIEW_PPI: Final = 110.0
UNIT_MM: Final = 6.875
INSET_MM: Final = 3.2
ITEM_INSET_MM: Final = 1.6  # in a table below heads, whose words are set smaller
WIDEST_MM: Final = 3.6  # of one sign without a place to break: W in 10.5 pt
WIDEST_DIGIT_MM: Final = 2.364  # b
ITEM_SIZE: Final = 9 / 10.5
COUNT: Final = re.compile(rb"/Type/Pages/Count (\d+)")


class Press:
    """typst with our fonts, and perhaps a customer's."""

    def __init__(self, fonts_folder: Path | None = None) -> None:
        self._fonts: Fonts = fonts(fonts_folder)
        self._lock = threading.Lock()
        folder = Path(str(files("records")))
        self._compiler = typst.Compiler(
            str(folder / TEMPLATE),
            root=str(folder),
            font_paths=list(self._fonts.folders),
            ignore_system_fonts=True,
        )

    def pdf(self, sheet: Sheet) -> bytes:
        """PDF/A-2a: tagged, fonts embedded."""
        inputs = self._inputs(sheet)
        with self._lock:
            made = self._compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs=inputs)
        return made if isinstance(made, bytes) else b"".join(made or ())

    def png(self, sheet: Sheet, ppi: float = PREVIEW_PPI) -> list[bytes]:
        """One picture a page, for a chat or a page that shows it."""
        inputs = self._inputs(sheet)
        with self._lock:
            made = self._compiler.compile(format="png", ppi=ppi, sys_inputs=inputs)
        return [made] if isinstance(made, bytes) else list(made or ())

    def _inputs(self, sheet: Sheet) -> dict[str, str]:
        setting = Setting(self._fonts)
        data = _as_json(sheet, setting) | {"further": list(self._fonts.further)}
        setting.report(sheet.number)
        return {"sheet": json.dumps(data, ensure_ascii=False)}


@cache
def press(fonts_folder: Path | None = None) -> Press:
    """The one press of this process for that folder."""
    return Press(fonts_folder)


def pages(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    found = COUNT.search(pdf)
    return int(found[1]) if found else 0


def _as_json(sheet: Sheet, setting: Setting) -> dict[str, object]:
    say = setting.printable
    return {
        "title": say(sheet.title),
        "vendor": say(sheet.vendor),
        "form_line": say(sheet.form_line),
        "kept": say(sheet.kept),
        "number": say(sheet.number),
        "footer": word("paper.number", number=sheet.number) if sheet.number else "",
        "number_line": say(sheet.number_line),
        "case_line": say(sheet.case_line),
        "qr": qr_svg(sheet.verify_url),
        "qr_alt": word("paper.qr"),
        "under": [_fitting(say(one), 24) for one in sheet.under],
        "made_on": [sheet.made_on.year, sheet.made_on.month, sheet.made_on.day],
        "margins": list(sheet.margins),
        "blocks": [_block(one, setting) for one in sheet.blocks],
    }


def _block(block: Block, setting: Setting) -> dict[str, object]:
    match block:
        case Grid(rows, is_whole):
            return {"kind": "grid", "whole": is_whole, "rows": [_row(row, setting) for row in rows]}
        case Prose(paragraphs, align):
            shown = [_fitting(setting.printable(one), 20) for one in paragraphs]
            return {"kind": "prose", "paragraphs": shown, "align": align}
        case CutLine(label):
            return {"kind": "cut", "label": setting.printable(label)}


def _row(row: Row, setting: Setting) -> dict[str, object]:
    return {
        "height": row.height,
        "whole": row.is_whole,
        "repeats": row.repeats,
        "boxes": [_box(box, setting) for box in row.boxes],
    }


def _box(box: Box, setting: Setting) -> dict[str, object]:
    say = setting.printable
    text = say(box.text) if box.ink is Ink.BAND else _fitting(say(box.text), box.units, box.ink)
    return {
        "ink": box.ink.value,
        "units": box.units,
        "text": text,
        "options": [[on, say(label)] for on, label in box.options],
        "name": _fitting(say(box.name), box.units),
        "how": say(box.how),
        "day": say(box.day),
    }


def _fitting(text: str, units: int, ink: Ink = Ink.VALUE) -> str:
    """A run of letters that may be wider than its cell may break anywhere."""
    room, digit = units * UNIT_MM - INSET_MM, WIDEST_DIGIT_MM
    most = max(1, int(room / WIDEST_MM))
    if ink is Ink.ITEM:
        room, digit = units * UNIT_MM - ITEM_INSET_MM, WIDEST_DIGIT_MM * ITEM_SIZE
    return long_runs(text, most, int(room / digit))
