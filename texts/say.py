"""A sentence as a value: its key and what fills it. Rendered late, in the language of the reader.

Flows and acts never write a sentence; they name one. The sentences stand in `zh.toml` and `en.toml`, one table
per subject, with `str.format` fields; a counted noun is `{days:day|days}`. A field may itself be a `Say`, a moment, or
several `Say`s (joined by a dot).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import cast

from texts.formats import end, moment

LANGUAGES = ("zh", "en")
ENDS = frozenset({"due_at", "until_at"})  # fields that name the end of a term
Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True)
class Say:
    """One sentence to be said: a key like "report.filed" and the values of its fields."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def say(key: str, /, **values: object) -> Say:
    """Shorthand: `say("report.filed", number=1)`."""
    return Say(key, values)


def render(one: Say, language: str, now: datetime | None = None) -> str:
    """The sentence in that language, times as seen at `now`. Raises KeyError for an unknown key or value."""
    filled = {
        name: end(value, now) if name in ENDS and isinstance(value, datetime) else _written(value, language, now)
        for name, value in one.values.items()
    }
    sentence = sentences(language)[one.key]
    return COUNTING.vformat(sentence, (), filled) if "|" in sentence else sentence.format(**filled)


class _Counting(Formatter):
    """Reads `{days:day|days}`: the number with its noun, as of one or of several."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, several = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return f"{value} {one if str(value) == '1' else several}"


COUNTING = _Counting()


def _written(value: object, language: str, now: datetime | None) -> object:
    if isinstance(value, Say):
        return render(value, language, now)
    if isinstance(value, datetime):
        return moment(value, now)
    if isinstance(value, list | tuple):
        return " · ".join(str(_written(one, language, now)) for one in value)
    return value


def to_json(value: object) -> Json:
    """A value of a sentence as JSON: `Say`s and moments keep what they are."""
    if isinstance(value, Say):
        return {"say": value.key, "values": {name: to_json(one) for name, one in value.values.items()}}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, list | tuple):
        return [to_json(one) for one in value]
    return cast(Json, value)


def from_json(value: Json) -> object:
    """The inverse of `to_json`."""
    if isinstance(value, dict):
        if "say" in value:
            values = cast(Mapping[str, Json], value["values"])
            return Say(str(value["say"]), {name: from_json(one) for name, one in values.items()})
        if "at" in value:
            return datetime.fromisoformat(str(value["at"]))
        return {name: from_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [from_json(one) for one in value]
    return value


@cache
def sentences(language: str) -> Mapping[str, str]:
    """All sentences of a language, flat: "table.key" → text. Read once; the files are part of the code."""
    tables = tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text(encoding="utf-8"))
    return dict(_flat(tables, ""))


def _flat(table: Mapping[str, object], prefix: str) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            rows.extend(_flat(value, f"{prefix}{name}."))
        else:
            rows.append((prefix + name, str(value)))
    return rows
