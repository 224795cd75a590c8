"""A sheet as PDF/A-2a or as pictures: the same sheet gives the same bytes, on every machine.

One press per process and folder of fonts; at some 15 ms a record that is enough. Call it from `asyncio.to_thread`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from records.codes import qr_svg
from records.conventions import word
from records.glyphs import Setting, long_runs
from records.grid import Block, Box, CutLine, Grid, Ink, Prose, Row, Sheet
from records.typesetting import Typesetter

PREVIEW_PPI: Final = 110.0
UNIT_MM: Final = 6.875
INSET_MM: Final = 3.2
ITEM_INSET_MM: Final = 1.6  # in a table below heads, whose words are set smaller
WIDEST_MM: Final = 3.6  # of one sign without a place to break: W in 10.5 pt
WIDEST_DIGIT_MM: Final = 2.364  # b
ITEM_SIZE: Final = 9 / 10.5
COUNT: Final = re.compile(rb"/Type/Pages/Count (\d+)")


class Press:
    """Sets sheets with our fonts, and perhaps a customer's."""

    def __init__(self, fonts_folder: Path | None = None) -> None:
        self._typesetter = Typesetter("record.typ", fonts_folder)

    def pdf(self, sheet: Sheet) -> bytes:
        """The record as an archive keeps it."""
        return self._typesetter.pdf(self._data(sheet))

    def png(self, sheet: Sheet, ppi: float = PREVIEW_PPI) -> list[bytes]:
        """One picture a page, for a chat or a page that shows it."""
        return self._typesetter.png(self._data(sheet), ppi)

    def _data(self, sheet: Sheet) -> dict[str, object]:
        setting = self._typesetter.setting()
        data = _as_json(sheet, setting)
        setting.report(sheet.number)
        return data


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
