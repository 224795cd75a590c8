"""A roster as a file (TOML) that a person writes: who takes turns, who is away, who is resident, when schools rest.

[[rotation]]                 [[leave]]                  [[resident]]
name = "热线"                 person = "李工"             project = "第一中学"
members = ["李工", "张工"]    since = 2026-12-07          person = "王工"
first = 2026-12-01T08:00:00  until = 2026-12-09         place = "机房"
turn = "1 week"                                         title = "高级工程师"
                             [[override]]               witness = "刘主任"
[[shift]]                    rotation = "热线"           phone = "13800000002"
person = "张工"               person = "王工"             since = 2026-09-01
since = …  until = …         since = …  until = …
                                                        [[break]]
[[named]]                    (a date as `until` counts  name = "寒假"
project = "第一中学"           to its 24:00)              first = 2027-01-23
people = ["李工"]                                        last = 2027-02-21
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from agreement.quiet import Break
from agreement.rosters import Duty, Rotation, Span
from agreement.terms import Term, Unit
from agreement.toml_lines import Table, parse

TABLES: Final = ("rotation", "shift", "leave", "override", "named", "resident", "break")
HOURS: Final = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.WEEKS: 24 * 7}


@dataclass(frozen=True)
class Names:
    """Ids by name: engineers, and projects and schools by the school's name. A name of two people has none."""

    people: Mapping[str, int]
    projects: Mapping[str, int]
    schools: Mapping[str, int]
    of_two: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NamedRotation:
    """A rotation with its name; `project_id` None is the vendor's hotline."""

    name: str
    project_id: int | None
    rule: Rotation


@dataclass(frozen=True)
class Given:
    """Hours of a rotation that belong to somebody else."""

    rotation: str
    duty: Duty


@dataclass(frozen=True, kw_only=True)
class ResidentEngineer:
    """驻点, as the agreement wants it recorded; the last day counts."""

    project_id: int
    person_id: int
    place: str
    title: str
    witness: str
    witness_phone: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class SchoolBreak:
    """A break of one school, or (None) of all."""

    school_id: int | None
    days: Break


@dataclass(frozen=True, kw_only=True)
class RosterFile:
    """Everything the file says."""

    rotations: tuple[NamedRotation, ...]
    shifts: tuple[Duty, ...]
    leaves: tuple[Duty, ...]
    overrides: tuple[Given, ...]
    named: Mapping[int, tuple[int, ...]]  # project → engineers
    residents: tuple[ResidentEngineer, ...]
    breaks: tuple[SchoolBreak, ...]


def read_roster(text: str, source: str, names: Names, zone: ZoneInfo) -> RosterFile:
    """The file, every name looked up. Raises PolicyError that names the line and what it should be."""
    top = parse(text, source)
    top.only(TABLES)
    reader = _Reader(names, zone)
    rotations = tuple(reader.rotation(one) for one in top.any_tables("rotation"))
    known = {one.name for one in rotations}
    for place, one in enumerate(rotations):
        if one.name in {other.name for other in rotations[:place]}:
            raise top.any_tables("rotation")[place].error(
                "name", f'"{one.name}" is the name of another rotation'
            )
    return RosterFile(
        rotations=rotations,
        shifts=tuple(reader.duty(one) for one in top.any_tables("shift")),
        leaves=tuple(reader.duty(one) for one in top.any_tables("leave")),
        overrides=tuple(reader.given(one, known) for one in top.any_tables("override")),
        named={reader.project(one): tuple(reader.people(one, "people")) for one in top.any_tables("named")},
        residents=tuple(reader.resident(one) for one in top.any_tables("resident")),
        breaks=tuple(reader.a_break(one) for one in top.any_tables("break")),
    )


@dataclass(frozen=True)
class _Reader:
    names: Names
    zone: ZoneInfo

    def rotation(self, table: Table) -> NamedRotation:
        table.only(("name", "project", "members", "first", "turn"))
        name = table.string("name")
        project = self.project(table) if "project" in table.values else None
        try:
            rule = Rotation(
                tuple(self.people(table, "members")),
                table.since("first", self.zone),
                _hours(table),
                self.zone,
            )
        except ValueError as error:
            raise table.error("members", f"is wrong: {error}") from error
        return NamedRotation(name, project, rule)

    def duty(self, table: Table) -> Duty:
        table.only(("person", "since", "until"))
        return self._duty(table)

    def given(self, table: Table, rotations: set[str]) -> Given:
        table.only(("rotation", "person", "since", "until"))
        if table.string("rotation") not in rotations:
            raise table.error(
                "rotation", f'names "{table.string("rotation")}", which is no [[rotation]] here'
            )
        return Given(table.string("rotation"), self._duty(table))

    def resident(self, table: Table) -> ResidentEngineer:
        table.only(("project", "person", "place", "title", "witness", "phone", "since", "until"))
        since, until = table.day("since"), table.day("until") if "until" in table.values else None
        if until is not None and until < since:
            raise table.error("until", "should not be earlier than since")
        return ResidentEngineer(
            project_id=self.project(table),
            person_id=self.person(table, "person"),
            place=table.string("place"),
            title=table.string("title"),
            witness=table.string("witness"),
            witness_phone=table.string("phone"),
            since_on=since,
            until_on=until,
        )

    def a_break(self, table: Table) -> SchoolBreak:
        table.only(("school", "name", "first", "last"))
        first, last = table.day("first"), table.day("last")
        if not first <= last <= first + timedelta(days=120):
            raise table.error("last", "should be the last day of the break, at most 120 days after first")
        school = None
        if "school" in table.values:
            school = self._looked_up(table, "school", self.names.schools)
        return SchoolBreak(school, Break(first, last, table.string("name")))

    def project(self, table: Table) -> int:
        return self._looked_up(table, "project", self.names.projects)

    def people(self, table: Table, key: str) -> list[int]:
        return [self._person(table, key, name) for name in table.strings(key)]

    def person(self, table: Table, key: str) -> int:
        return self._person(table, key, table.string(key))

    def _duty(self, table: Table) -> Duty:
        since, until = table.since("since", self.zone), table.until("until", self.zone)
        if since >= until:
            raise table.error("until", "should be later than since")
        return Duty(self.person(table, "person"), Span(since, until))

    def _person(self, table: Table, key: str, name: str) -> int:
        if name in self.names.of_two:
            raise table.error(key, f'names "{name}", and two engineers are called so')
        if name not in self.names.people:
            raise table.error(key, f'names "{name}", who is no engineer of this desk')
        return self.names.people[name]

    def _looked_up(self, table: Table, key: str, known: Mapping[str, int]) -> int:
        name = table.string(key)
        if name not in known:
            raise table.error(key, f'names "{name}", which is no school of this desk')
        return known[name]


def _hours(table: Table) -> int:
    try:
        term = Term.parse(table.string("turn"))
    except ValueError as error:
        raise table.error("turn", f"is wrong: {error}") from error
    if term.unit not in HOURS:
        raise table.error("turn", f'should be hours, days or weeks, not "{table.string("turn")}"')
    return term.amount * HOURS[term.unit]
