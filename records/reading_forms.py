"""Reading forms from TOML: every complaint names the file, the line and what should stand there.

`Forms` holds all that this house can print: the shipped ones and, in a folder of the settings, a customer's own.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from agreement.toml_lines import PolicyError, Table, parse
from agreement.words import Record, Role
from records.cells import Field, Kind
from records.fields import FIELDS
from records.forms import MARGINS, UNITS, Band, Cut, Entry, Form, LabelIn, Letter, Mark, Part
from records.forms import Table as TablePart

VERSION: Final = re.compile(r"[A-Z]/\d{1,3}")
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
HEAD: Final = ("record", "number", "version", "title", "secrecy", "kept", "copies", "margins", "cell")
LEAST_MM, MOST_MM = 5.0, 120.0
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
    shipped = [
        read(one.read_text(encoding="utf-8"), one.name)
        for one in sorted(files("records").joinpath("forms").iterdir(), key=lambda one: one.name)
        if one.name.endswith(".toml")
    ]
    if folder is None:
        return Forms(shipped)
    own = [read(_text(one), str(one)) for one in sorted(folder.glob("*.toml"))]
    if not own:
        raise PolicyError(str(folder), None, "should hold at least one form, a file that ends in .toml")
    return Forms(shipped, own)


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
        copies=_optional(top, "copies"),
        parts=_parts(top, FIELDS[record]),
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


def _optional(table: Table, key: str) -> str:
    return table.string(key) if key in table.values else ""


@dataclass
class _Reading:
    """The hand that goes down the cells: what it has seen, and how wide the row is so far."""

    fields: Mapping[str, Field]
    seen: set[str]
    width: int = 0

    def part(self, cell: Table) -> Part:
        name = cell.string("kind") if "kind" in cell.values else "entry"
        reader = READERS.get(name)
        if reader is None:
            raise cell.error("kind", f"should be one of {', '.join(READERS)}, not {name!r}")
        if name != "entry" and self.width:
            raise cell.error("kind", f"begins while the row before it is {self.width} of {UNITS} units wide")
        return reader(self, cell)

    def field(self, cell: Table, *kinds: Kind) -> Field:
        """What the key stands for; each key once."""
        key = cell.string("key")
        found = self.fields.get(key)
        if found is None or found.kind not in kinds:
            fitting = [name for name, one in self.fields.items() if one.kind in kinds]
            raise cell.error("key", f"should be one of {', '.join(fitting)}, not {key!r}")
        if key in self.seen:
            raise cell.error("key", f"{key} stands in this form already")
        self.seen.add(key)
        return found

    def entry(self, cell: Table) -> Part:
        cell.only(("kind", "label", "key", "units", "height", "mark", "owed", "options"))
        field = self.field(cell, Kind.TEXT, Kind.PHONE, Kind.CHOICE, Kind.SIGNATURE)
        units = cell.numbers("units", 0, UNITS)
        if len(units) != 2 or units[1] == 0:
            raise cell.error("units", "should be two numbers: the width of the label and that of the value")
        self.width += sum(units)
        if self.width > UNITS:
            raise cell.error("units", f"make this row {self.width} units wide; a row has {UNITS}")
        self.width %= UNITS
        return Entry(
            label=cell.string("label"),
            key=cell.string("key"),
            label_units=units[0],
            units=units[1],
            height=_height(cell),
            mark=_mark(cell),
            owed=_owed(cell),
            options=_options(cell, field),
        )

    def table(self, cell: Table) -> Part:
        cell.only(("kind", "label", "key", "heads", "units", "mark", "owed", "ticks", "label_in"))
        field = self.field(cell, Kind.TABLE)
        heads, units = cell.strings("heads"), cell.numbers("units", 1, UNITS)
        if len(heads) != field.columns:
            raise cell.error("heads", f"should be {field.columns} heads, not {len(heads)}")
        if len(units) != len(heads) or sum(units) != UNITS:
            raise cell.error(
                "units", f"should be one width for each head, {UNITS} together, not {sum(units)}"
            )
        return TablePart(
            label=cell.string("label"),
            key=cell.string("key"),
            heads=heads,
            units=units,
            mark=_mark(cell),
            owed=_owed(cell),
            label_in=_label_in(cell, heads),
            ticks=cell.strings("ticks") if "ticks" in cell.values else (),
        )

    def band(self, cell: Table) -> Part:
        cell.only(("kind", "label"))
        return Band(label=cell.string("label"))

    def letter(self, cell: Table) -> Part:
        cell.only(("kind", "paragraphs", "labels", "owed", "align"))
        labels = cell.table("labels") if "labels" in cell.values else Table({}, "", "", "")
        paragraphs = cell.strings("paragraphs")
        wanted = {name for one in paragraphs for name in PLACEHOLDER.findall(one)}
        if any(brace in PLACEHOLDER.sub("", one) for one in paragraphs for brace in "{}"):
            raise cell.error("paragraphs", "hold a { or } that is not around a key like {reason}")
        for name in sorted(wanted | set(labels.values)):
            if name not in self.fields or self.fields[name].kind not in {Kind.TEXT, Kind.PHONE}:
                raise cell.error("paragraphs", f"fill in {{{name}}}, which is nothing that this record knows")
            if name not in labels.values or name not in wanted:
                raise cell.error("labels", f"should name exactly what the paragraphs fill in; see {name}")
        align = _optional(cell, "align") or "left"
        if align not in {"left", "right"}:
            raise cell.error("align", f"should be left or right, not {align!r}")
        self.seen |= wanted
        return Letter(
            paragraphs=paragraphs,
            labels={name: labels.string(name) for name in labels.values},
            owed=_owed(cell),
            align=align,
        )

    def cut(self, cell: Table) -> Part:
        cell.only(("kind", "label"))
        return Cut(label=_optional(cell, "label"))


READERS: Final[Mapping[str, Callable[[_Reading, Table], Part]]] = {
    "entry": _Reading.entry,
    "table": _Reading.table,
    "band": _Reading.band,
    "letter": _Reading.letter,
    "cut": _Reading.cut,
}


def _parts(top: Table, fields: Mapping[str, Field]) -> tuple[Part, ...]:
    reading = _Reading(fields, set())
    cells = top.tables("cell")
    parts = tuple(reading.part(cell) for cell in cells)
    if reading.width:
        raise cells[-1].error("units", f"end the last row at {reading.width} of {UNITS} units")
    return parts


def _height(cell: Table) -> float:
    value = cell.values.get("height", 8.5)
    if isinstance(value, bool) or not isinstance(value, int | float) or not LEAST_MM <= value <= MOST_MM:
        raise cell.error("height", f"should be millimetres from {LEAST_MM} to {MOST_MM}, not {value!r}")
    return float(value)


def _label_in(cell: Table, heads: Collection[str]) -> LabelIn:
    """A head bears the label only where the form says so: an older form may have such a head below its band."""
    written = _optional(cell, "label_in") or LabelIn.BAND.value
    if written not in set(LabelIn):
        raise cell.error("label_in", f"should be one of {', '.join(LabelIn)}, not {written!r}")
    if written == LabelIn.HEAD and cell.string("label") not in heads:
        raise cell.error("label_in", f"says head, and none of the heads is {cell.string('label')}")
    return LabelIn(written)


def _mark(cell: Table) -> Mark:
    written = _optional(cell, "mark") or Mark.WHERE_IT_APPLIES.value
    if written not in set(Mark):
        raise cell.error("mark", f"should be one of {' '.join(Mark)}, not {written!r}")
    return Mark(written)


def _owed(cell: Table) -> Role:
    written = _optional(cell, "owed") or Role.ENGINEER.value
    if written not in set(Role):
        raise cell.error("owed", f"should be one of {', '.join(Role)}, not {written!r}")
    return Role(written)


def _options(cell: Table, field: Field) -> dict[str, str]:
    if field.kind is not Kind.CHOICE:
        if "options" in cell.values:
            raise cell.error("options", "stand only in a cell that is a choice")
        return {}
    options = cell.table("options")
    if set(options.values) != set(field.options):
        raise cell.error("options", f"should print exactly {', '.join(field.options)}")
    return {key: options.string(key) for key in options.values}
