"""The cells of a form, read from TOML one after the other: what each is, how wide its row is by then."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from agreement.toml_lines import Table
from agreement.words import Role
from records.cells import Field, Kind
from records.forms import UNITS, Band, Cut, Entry, LabelIn, Letter, Mark, Part
from records.forms import Table as TablePart

OneOf = TypeVar("OneOf", bound=StrEnum)
PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
LEAST_MM, MOST_MM = 5.0, 120.0


@dataclass
class _Reading:
    """The hand that goes down the cells: what it has seen, and how wide the row is so far."""

    fields: Mapping[str, Field]
    seen: set[str]
    width: int = 0

    def part(self, cell: Table) -> Part:
        name = cell.any_string("kind") or "entry"
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
            mark=_one_of(cell, "mark", Mark.WHERE_IT_APPLIES),
            owed=_one_of(cell, "owed", Role.ENGINEER),
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
            mark=_one_of(cell, "mark", Mark.WHERE_IT_APPLIES),
            owed=_one_of(cell, "owed", Role.ENGINEER),
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
        align = cell.any_string("align") or "left"
        if align not in {"left", "right"}:
            raise cell.error("align", f"should be left or right, not {align!r}")
        self.seen |= wanted
        return Letter(
            paragraphs=paragraphs,
            labels={name: labels.string(name) for name in labels.values},
            owed=_one_of(cell, "owed", Role.ENGINEER),
            align=align,
        )

    def cut(self, cell: Table) -> Part:
        cell.only(("kind", "label"))
        return Cut(label=cell.any_string("label"))


READERS: Final[Mapping[str, Callable[[_Reading, Table], Part]]] = {
    "entry": _Reading.entry,
    "table": _Reading.table,
    "band": _Reading.band,
    "letter": _Reading.letter,
    "cut": _Reading.cut,
}


def parts(top: Table, fields: Mapping[str, Field]) -> tuple[Part, ...]:
    """The parts of a form, from its [[cell]] tables in their order. Raises PolicyError."""
    reading = _Reading(fields, set())
    cells = top.tables("cell")
    found = tuple(reading.part(cell) for cell in cells)
    if reading.width:
        raise cells[-1].error("units", f"end the last row at {reading.width} of {UNITS} units")
    return found


def _height(cell: Table) -> float:
    value = cell.values.get("height", 8.5)
    if isinstance(value, bool) or not isinstance(value, int | float) or not LEAST_MM <= value <= MOST_MM:
        raise cell.error("height", f"should be millimetres from {LEAST_MM} to {MOST_MM}, not {value!r}")
    return float(value)


def _label_in(cell: Table, heads: Collection[str]) -> LabelIn:
    """A head bears the label only where the form says so: an older form may have such a head below its band."""
    found = _one_of(cell, "label_in", LabelIn.BAND)
    if found is LabelIn.HEAD and cell.string("label") not in heads:
        raise cell.error("label_in", f"says head, and none of the heads is {cell.string('label')}")
    return found


def _one_of(cell: Table, key: str, otherwise: OneOf) -> OneOf:
    """A word of that kind; where none is written, the one given."""
    kind = type(otherwise)
    written = cell.any_string(key) or otherwise.value
    if written not in set(kind):
        raise cell.error(key, f"should be one of {', '.join(kind)}, not {written!r}")
    return kind(written)


def _options(cell: Table, field: Field) -> dict[str, str]:
    if field.kind is not Kind.CHOICE:
        if "options" in cell.values:
            raise cell.error("options", "stand only in a cell that is a choice")
        return {}
    options = cell.table("options")
    if set(options.values) != set(field.options):
        raise cell.error("options", f"should print exactly {', '.join(field.options)}")
    return {key: options.string(key) for key in options.values}
