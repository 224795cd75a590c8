"""A sentence as a value: its key and what fills it. Rendered late, in the language of the reader.

Flows and acts never write a sentence; they name one. The sentences stand in `zh.toml` and `en.toml`,
one table per subject, with `str.format` fields. A field that is itself a `Say` is rendered first.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Say:
    """One sentence to be said: a key like "report.filed" and the values of its fields."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)


def say(key: str, /, **values: object) -> Say:
    """Shorthand: `say("report.filed", number=1)`."""
    return Say(key, values)


def render(one: Say, language: str) -> str:
    """The sentence in that language. Raises KeyError for an unknown key or a missing value."""
    filled = {
        name: render(value, language) if isinstance(value, Say) else value
        for name, value in one.values.items()
    }
    return sentences(language)[one.key].format(**filled)


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
