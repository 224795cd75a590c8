"""归档文件目录 as PDF/A-2a: a cover, then a list on A4 across with its heads on every page.

It is printed seldom, so its typesetter is made when it is asked for and kept nowhere.
"""

from pathlib import Path
from typing import Final

from records.catalogue import Catalogue
from records.glyphs import Setting, long_runs
from records.typesetting import Typesetter

# Letters without a place to break that each column takes, of the kind that stands there: digits in numbers, W in words.
RUNS: Final = (5, 24, 20, 9, 20, 9, 5, 5, 8)


def pdf(one: Catalogue, fonts_folder: Path | None = None) -> bytes:
    """The same catalogue gives the same bytes."""
    typesetter = Typesetter("catalogue.typ", fonts_folder)
    setting = typesetter.setting()
    data = _as_json(one, setting)
    setting.report(one.title)
    return typesetter.pdf(data)


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
