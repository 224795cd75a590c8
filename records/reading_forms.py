"""Reading forms from TOML: every complaint names the file, the line and what should stand there.

`Forms` holds all that this house can print: the shipped ones and, in a folder of the settings, a customer's own.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from agreement.toml_lines import PolicyError, Table, parse
from agreement.words import Record
from records.fields import FIELDS
from records.forms import MARGINS, Form
from records.reading_cells import parts

VERSION: Final = re.compile(r"[A-Z]/\d{1,3}")
HEAD: Final = ("record", "number", "version", "title", "secrecy", "kept", "copies", "margins", "cell")
LEAST_MARGIN, MOST_MARGIN = 20, 40  # less is no page of an office (records §1)


class Forms:
    """Every form by number and version, and the one that each record is printed with today."""

    def __init__(self, shipped: Iterable[Form], own: Iterable[Form] = ()) -> None:
        self._all: dict[tuple[str, str], Form] = {}
        self._current: dict[Record, Form] = {}
        for group in (shipped, own):  # a customer's own wording wins over the shipped one
            for form in sorted(group, key=lambda one: _age(one.version)):
                self._keep(form)

    def _keep(self, form: Form) -> None:
        known = self._all.setdefault((form.number, form.version), form)
        if known is not form:
            raise PolicyError(form.source, None, f"{form.number} {form.version} stands in {known.source} too")
        self._current[form.record] = form

    def current(self, record: Record) -> Form:
        """What this record is printed with today."""
        return self._current[record]

    def of(self, record: Record, number: str, version: str) -> Form:
        """The form that an edition was made with; today's where that one is gone from the folder."""
        return self._all.get((number, version)) or self._current[record]


def load(folder: Path | None = None) -> Forms:
    """The shipped forms and those of the folder. Raises PolicyError for the first wrong one."""
    if folder is None:
        return Forms(_shipped())
    own = [read(_text(one), str(one)) for one in sorted(folder.glob("*.toml"))]
    if not own:
        raise PolicyError(str(folder), None, "should hold at least one form, a file that ends in .toml")
    return Forms(_shipped(), own)


@cache
def _shipped() -> tuple[Form, ...]:
    """They come with the program: read once, however many houses a test opens."""
    return tuple(
        read(one.read_text(encoding="utf-8"), one.name)
        for one in sorted(files("records").joinpath("forms").iterdir(), key=lambda one: one.name)
        if one.name.endswith(".toml")
    )


def _text(path: Path) -> str:
    """What a customer's editor wrote: some put a mark before UTF-8, some write GBK."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PolicyError(str(path), None, "should be saved as UTF-8") from error


def read(text: str, source: str) -> Form:
    """One form. Raises PolicyError."""
    top = parse(text, source)
    top.only(HEAD)
    record = _record(top)
    return Form(
        record=record,
        number=top.string("number"),
        version=_version(top),
        title=top.string("title"),
        secrecy=top.string("secrecy"),
        kept=top.string("kept"),
        copies=top.any_string("copies"),
        parts=parts(top, FIELDS[record]),
        margins=_margins(top),
        source=source,
    )


def _record(top: Table) -> Record:
    written = top.string("record")
    if written not in set(Record):
        raise top.error("record", f"should be one of {'、'.join(Record)}, not {written!r}")
    return Record(written)


def _version(top: Table) -> str:
    written = top.string("version")
    if not VERSION.fullmatch(written):
        raise top.error("version", f"should be a letter, a slash and a number like A/0, not {written!r}")
    return written


def _margins(top: Table) -> tuple[int, int]:
    if "margins" not in top.values:
        return MARGINS
    found = top.numbers("margins", LEAST_MARGIN, MOST_MARGIN)
    if len(found) != 2:
        raise top.error("margins", "should be two numbers: the millimetres at the top and at the bottom of the page")
    return found[0], found[1]


def _age(version: str) -> tuple[str, int]:
    letter, _, number = version.partition("/")
    return letter, int(number)
