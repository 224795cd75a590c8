"""A published calendar from a file: which of the three forms it is, and the CSV and JSON ones.

CSV: a head `date,name,isOffDay`, then a line a day. JSON as holiday-cn has it: `{"year": 2026, "days": [{"date",
"name", "isOffDay"}]}`, or the list alone. Only days that differ from their weekday need to stand there.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from agreement.announced import Announced, AnnouncedError
from agreement.calendar import SATURDAY
from agreement.holiday_notice import read_notice

HEAD: Final = ("date", "name", "isoffday")
ROW: Final = re.compile(r"^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s*[,;\t]", re.MULTILINE)  # of a table; a notice has none
YES: Final = frozenset({"true", "1", "yes", "休"})
NO: Final = frozenset({"false", "0", "no", "班"})


def read_days(text: str, year: int | None = None) -> Announced:
    """The announced days in whatever form. `year` is needed only where the text does not say it.

    Raises AnnouncedError naming the line, the entry or the words.
    """
    stripped = text.lstrip("\ufeff").strip()
    if stripped.startswith(("{", "[")):
        return _json(stripped, year)
    first = stripped.partition("\n")[0].replace(" ", "").strip().lower()
    if tuple(first.split(",")) == HEAD:
        return _csv(stripped, year)
    if not stripped:
        return _announced([], year)
    if ROW.search(stripped):
        raise AnnouncedError(f'line 1: a table should begin with date,name,isOffDay, not with "{first}"')
    return read_notice(stripped)


def _json(text: str, year: int | None) -> Announced:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise AnnouncedError(f"line {error.lineno}: is no JSON: {error.msg}") from error
    entries = whole.get("days") if isinstance(whole, dict) else whole
    if isinstance(whole, dict) and isinstance(whole.get("year"), int):
        year = whole["year"]
    if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
        raise AnnouncedError('"days" should be a list of {"date", "name", "isOffDay"}')
    return _announced([_entry(number, one) for number, one in enumerate(entries, 1)], year)


def _entry(number: int, one: Mapping[str, object]) -> tuple[date, bool, str]:
    is_off = one.get("isOffDay")
    if not isinstance(is_off, bool):
        raise AnnouncedError(f'day {number}: "isOffDay" should be true or false, not {is_off!r}')
    return _date(f"day {number}", str(one.get("date"))), is_off, str(one.get("name") or "")


def _csv(text: str, year: int | None) -> Announced:
    rows = []
    for number, row in enumerate(csv.reader(text.splitlines()), 1):
        if number == 1 or not any(one.strip() for one in row):
            continue
        if len(row) != len(HEAD):
            raise AnnouncedError(f"line {number}: should have date,name,isOffDay, not {len(row)} fields")
        day, name, off = (one.strip() for one in row)
        if off.lower() not in YES | NO:
            raise AnnouncedError(f'line {number}: isOffDay should be true or false, not "{off}"')
        rows.append((_date(f"line {number}", day), off.lower() in YES, name))
    return _announced(rows, year)


def _date(where: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AnnouncedError(f'{where}: "{text}" is no date like 2027-01-01') from error


def _announced(rows: Iterable[tuple[date, bool, str]], year: int | None) -> Announced:
    days = list(rows)
    twice = [day for number, (day, _, _) in enumerate(days) if day in {one for one, _, _ in days[:number]}]
    if twice:
        raise AnnouncedError(f"{twice[0]} stands there twice")
    years = {day.year for day, _, _ in days}
    if year is None and len(years) != 1:
        raise AnnouncedError("the year is not said: give it with --year")
    return Announced(
        year=year if year is not None else years.pop(),
        off={day: name for day, is_off, name in days if is_off and (name or day.weekday() < SATURDAY)},
        work={day: name for day, is_off, name in days if not is_off and day.weekday() >= SATURDAY},
    )
