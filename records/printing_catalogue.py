"""归档文件目录 as PDF/A-2a: a cover, then a list on A4 across with its heads on every page.

It is printed once a year, so its compiler is made when it is asked for and kept nowhere.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Final

import typst

from records.catalogue import Catalogue
from records.glyphs import Setting, fonts, long_runs
from records.writing_pdf import STANDARD

TEMPLATE: Final = "catalogue.typ"
# Letters without a place to break that each column takes, of the kind that stands there: digits in numbers, W in words.
RUNS: Final = (5, 24, 20, 9, 20, 9, 5, 5, 8)


def pdf(one: Catalogue, fonts_folder: Path | None = None) -> bytes:
    """The same catalogue gives the same bytes."""
    known = fonts(fonts_folder)
    folder = Path(str(files("records")))
    compiler = typst.Compiler(
        str(folder / TEMPLATE), root=str(folder), font_paths=list(known.folders), ignore_system_fonts=True
    )
    setting = Setting(known)
    data = _as_json(one, setting) | {"further": list(known.further)}
    setting.report(one.title)
    inputs = {"catalogue": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs=inputs)
    return made if isinstance(made, bytes) else b"".join(made or ())


def _as_json(one: Catalogue, setting: Setting) -> dict[str, object]:
    say = setting.printable
    return {
        "title": say(one.title),
        "vendor": say(one.vendor),
        "period": one.period,
        "made_on": [one.made_on.year, one.made_on.month, one.made_on.day],
        "cover": [[say(name), say(text)] for name, text in one.cover],
        "heads": list(one.heads),
        "lines": [
            [long_runs(say(text), most, most) for text, most in zip(line, RUNS, strict=True)] for line in one.lines
        ],
    }
