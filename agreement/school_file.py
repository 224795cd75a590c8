"""A school as a file (TOML) that a person writes: its rooms and the systems delivered to it, by all their names.

[[school]]
name = "第一中学"
rooms = ["302教室 / 302 / 三楼302", "机房"]           (the name, then what people call it besides)
systems = ["成绩系统 / 成绩管理系统 / 查分系统"]
"""

from dataclasses import dataclass
from typing import Final

from agreement.toml_lines import PolicyError, Table, parse

KEYS: Final = ("name", "rooms", "systems")
Names = tuple[str, ...]  # the name, then the others


@dataclass(frozen=True, kw_only=True)
class SchoolLine:
    """One school of the file."""

    name: str
    rooms: tuple[Names, ...]
    systems: tuple[Names, ...]


def read_schools(text: str, source: str) -> tuple[SchoolLine, ...]:
    """The schools of the file. Raises PolicyError that names the line."""
    top = parse(text, source)
    top.only(("school",))
    tables = top.any_tables("school")
    if not tables:
        raise PolicyError(source, None, "should have at least one [[school]]")
    lines = tuple(_line(one) for one in tables)
    for place, one in enumerate(lines):
        if one.name in {other.name for other in lines[:place]}:
            raise tables[place].error("name", "is that of another school of this file")
    return lines


def _line(table: Table) -> SchoolLine:
    table.only(KEYS)
    return SchoolLine(name=table.string("name").strip(), rooms=_named(table, "rooms"), systems=_named(table, "systems"))


def _named(table: Table, key: str) -> tuple[Names, ...]:
    if key not in table.values:
        return ()
    found = tuple(tuple(part.strip() for part in one.split("/")) for one in table.strings(key))
    if any(not part for names in found for part in names):
        raise table.error(key, 'should be names such as "302教室 / 302", none of them empty')
    if len({names[0] for names in found}) != len(found):
        raise table.error(key, "should name each only once")
    return found
